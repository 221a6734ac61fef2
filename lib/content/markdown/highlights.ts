/**
 * `==marked==`, as Obsidian, Typora and others write it, and `++inserted++` and `x^2^` of markdown-it, VitePress and
 * pandoc.
 */
import type { TokenizerAndRendererExtension } from "marked";
import type { Addition } from "./addition.ts";
import { indexFrom, lineRead } from "./reading.ts";

/** What may stand before a mark that opens, what it may hold, and what may stand behind the one that closes. */
type Kind = readonly [mark: string, element: string, isNeeded: RegExp, before: RegExp, within: RegExp, behind: RegExp];

/** A sign, or few letters and digits; faces are made of single ones. */
const RAISED = /^(?![oOvVwWuUωT]$)[+−-]?[\p{L}\p{N}(][\p{L}\p{N}+−.,/()-]{0,30}$|^[+−-]$/u;

/** `a==b` and `i++` are code, `a^b^c` and `^_^` no text above a line; Chinese has no blanks around a mark. */
const KINDS: readonly Kind[] = [
  ["==", "mark", /==[^\s=]/, /[^\w)\]'"=]|^$/, /^[^\s=](?:[\s\S]*\S)?$/, /[^\w=]|^$/],
  ["++", "ins", /\+\+[^\s+]/, /[^\w)\]'"+]|^$/, /^[^\s+](?:[\s\S]*\S)?$/, /[^\w+]|^$/],
  ["^", "sup", /[^\s[^]\^[^\s^[\]]{1,32}\^/, /[\p{L}\p{N})]/u, RAISED, /[^\w^{\\]|^$/],
];

interface Marked {
  /** Where they begin, in their order, and where the marks after them begin. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

function extensionOf(kind: Kind): TokenizerAndRendererExtension {
  const [mark, element] = kind;
  const markedIn = (text: string): Marked => partsIn(text, kind);
  return {
    name: element,
    level: "inline",
    // Only where there is one: elsewhere the signs may be part of an address.
    start(rest) {
      const line = lineRead();
      const from = line.positionOf(rest);
      const { starts } = line.once(markedIn);
      const start = starts[indexFrom(starts, from)];
      return start === undefined ? undefined : start - from;
    },
    tokenizer(rest) {
      if (!rest.startsWith(mark)) return undefined;
      const line = lineRead();
      const at = line.positionOf(rest);
      const { starts, ends } = line.once(markedIn);
      const index = indexFrom(starts, at);
      if (starts[index] !== at) return undefined;
      const text = line.text.slice(at + mark.length, ends[index]);
      return { type: element, raw: mark + text + mark, text, tokens: this.lexer.inlineTokens(text) };
    },
    renderer({ tokens = [] }) {
      return `<${element}>${this.parser.parseInline(tokens)}</${element}>`;
    },
  };
}

function partsIn(text: string, [mark, , , before, within, behind]: Kind): Marked {
  const { length } = mark;
  const starts: number[] = [];
  const ends: number[] = [];
  for (let at = text.indexOf(mark); at !== -1; ) {
    const end = text.indexOf(mark, at + length);
    if (end === -1) break;
    const part = text.slice(at + length, end);
    const isBetween = before.test(text.charAt(at - 1)) && behind.test(text.charAt(end + length));
    const isMarked = isBetween && within.test(part) && hasWholeCode(part) && !(mark === "++" && isOfOperands(part));
    if (isMarked) {
      starts.push(at);
      ends.push(end);
    }
    at = isMarked ? text.indexOf(mark, end + length) : end;
  }
  return { starts, ends };
}

const COUNTER = /^[ijkmnpqxy]$/;

/** `++i and j++`, `++count, count++`: what is between the signs of increments. */
function isOfOperands(text: string): boolean {
  const words = text.match(/\w+/g) ?? [];
  const [first = "", last = ""] = [words.at(0), words.at(-1)];
  return words.length > 1 && (first === last || (COUNTER.test(first) && COUNTER.test(last)));
}

const hasWholeCode = (text: string): boolean => text.split("`").length % 2 === 1;

export const markedTexts: readonly Addition[] = KINDS.map((kind) => ({
  isNeeded: (markdown) => markdown.includes(kind[0]) && kind[2].test(markdown),
  extension: { extensions: [extensionOf(kind)] },
}));
