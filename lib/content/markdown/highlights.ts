/**
 * `==marked==`, as Obsidian, Typora and others write it, and `++inserted++` and `x^2^` of markdown-it, VitePress and
 * pandoc.
 */
import type { TokenizerAndRendererExtension } from "marked";
import type { Addition } from "./addition.ts";
import { indexFrom, lineRead } from "./reading.ts";

interface Kind {
  readonly mark: string;
  readonly element: string;
  /** What may stand before a mark that opens, what it may hold, and what may stand behind the one that closes. */
  readonly before: RegExp;
  readonly within: RegExp;
  readonly behind: RegExp;
  readonly isNeeded: RegExp;
}

/** Neither a letter nor a digit of code (`a==b`); Chinese has no blanks around a mark. */
const NO_CODE = "[^\\w)\\]'\"";

const KINDS: readonly Kind[] = [
  {
    mark: "==",
    element: "mark",
    before: new RegExp(`${NO_CODE}=]|^$`),
    within: /^[^\s=](?:[\s\S]*\S)?$/,
    behind: /[^\w=]|^$/,
    isNeeded: /==[^\s=]/,
  },
  {
    mark: "++",
    element: "ins",
    before: new RegExp(`${NO_CODE}+]|^$`),
    within: /^[^\s+](?:[\s\S]*\S)?$/,
    behind: /[^\w+]|^$/,
    isNeeded: /\+\+[^\s+]/,
  },
  // Short and without blanks, behind what it is above: neither faces, `T^T`, nor powers of powers, `a^b^c`.
  {
    mark: "^",
    element: "sup",
    before: /[\p{L}\p{N})]/u,
    within: /^(?![oOvVwWuUωT]$)[+−-]?[\p{L}\p{N}(][\p{L}\p{N}+−.,/()-]{0,30}$|^[+−-]$/u,
    behind: /[^\w^{\\]|^$/,
    isNeeded: /[^\s[^]\^[^\s^[\]]{1,32}\^/,
  },
];

interface Marked {
  /** Where they begin, in their order, and where the marks after them begin. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

function extensionOf(kind: Kind): TokenizerAndRendererExtension {
  const { mark, element } = kind;
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

function partsIn(text: string, { mark, before, within, behind }: Kind): Marked {
  const { length } = mark;
  const starts: number[] = [];
  const ends: number[] = [];
  for (let at = text.indexOf(mark); at !== -1; ) {
    const end = text.indexOf(mark, at + length);
    if (end === -1) break;
    const isMarked =
      before.test(text.charAt(at - 1)) &&
      behind.test(text.charAt(end + length)) &&
      within.test(text.slice(at + length, end)) &&
      hasWholeCode(text.slice(at + length, end));
    if (isMarked) {
      starts.push(at);
      ends.push(end);
    }
    at = isMarked ? text.indexOf(mark, end + length) : end;
  }
  return { starts, ends };
}

const hasWholeCode = (text: string): boolean => text.split("`").length % 2 === 1;

export const markedTexts: readonly Addition[] = KINDS.map((kind) => ({
  isNeeded: (markdown) => kind.isNeeded.test(markdown),
  extension: { extensions: [extensionOf(kind)] },
}));
