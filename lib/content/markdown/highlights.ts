/** `==marked==`, as Obsidian, Typora and others write it. */
import type { TokenizerAndRendererExtension } from "marked";
import type { Addition } from "./addition.ts";
import { indexFrom, lineRead } from "./reading.ts";

/** Letters and digits of code (`a==b`); Chinese has no blanks around a mark. */
const OF_CODE = /[\w)\]'"]/;

interface Highlights {
  /** Where they begin, in their order, and where the marks after them begin. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

const highlights: TokenizerAndRendererExtension = {
  name: "highlight",
  level: "inline",
  // Only where there is one: elsewhere two signs may be part of an address.
  start(rest) {
    const line = lineRead();
    const from = line.positionOf(rest);
    const { starts } = line.once(highlightsIn);
    const start = starts[indexFrom(starts, from)];
    return start === undefined ? undefined : start - from;
  },
  tokenizer(rest) {
    if (!rest.startsWith("==")) return undefined;
    const line = lineRead();
    const at = line.positionOf(rest);
    const { starts, ends } = line.once(highlightsIn);
    const index = indexFrom(starts, at);
    if (starts[index] !== at) return undefined;
    const text = line.text.slice(at + 2, ends[index]);
    return { type: "highlight", raw: `==${text}==`, text, tokens: this.lexer.inlineTokens(text) };
  },
  renderer({ tokens = [] }) {
    return `<mark>${this.parser.parseInline(tokens)}</mark>`;
  },
};

function highlightsIn(text: string): Highlights {
  const starts: number[] = [];
  const ends: number[] = [];
  for (let at = text.indexOf("=="); at !== -1; ) {
    const end = text.indexOf("==", at + 2);
    if (end === -1) break;
    const isMarked = mayOpen(text, at) && mayClose(text, end) && hasWholeCode(text.slice(at + 2, end));
    if (isMarked) {
      starts.push(at);
      ends.push(end);
    }
    at = isMarked ? text.indexOf("==", end + 2) : end;
  }
  return { starts, ends };
}

const mayOpen = (text: string, at: number): boolean =>
  text.charAt(at - 1) !== "=" && !OF_CODE.test(text.charAt(at - 1)) && /[^\s=]/.test(text.charAt(at + 2));

const mayClose = (text: string, at: number): boolean =>
  /\S/.test(text.charAt(at - 1)) && !/[\w=]/.test(text.charAt(at + 2));

const hasWholeCode = (text: string): boolean => text.split("`").length % 2 === 1;

const MAY_BE_MARKED = /==[^\s=]/;

export const markedText: Addition = {
  isNeeded: (markdown) => MAY_BE_MARKED.test(markdown),
  extension: { extensions: [highlights] },
};
