/** `==marked==`, as Obsidian, Typora and others write it. */
import type { TokenizerAndRendererExtension } from "marked";
import type { Addition } from "./addition.ts";
import { lineRead } from "./reading.ts";

/** Letters and digits of code (`a==b`); Chinese has no blanks around a mark. */
const OF_CODE = /[\w)\]'"]/;

const highlights: TokenizerAndRendererExtension = {
  name: "highlight",
  level: "inline",
  start: (rest) => lineRead().distance("==", rest),
  tokenizer(rest) {
    if (!rest.startsWith("==")) return undefined;
    const line = lineRead();
    const at = line.positionOf(rest);
    const [content, end] = [at + 2, line.next("==", at + 2)];
    if (end === Number.POSITIVE_INFINITY || end === content) return undefined;
    const before = line.text.charAt(at - 1);
    const after = line.text.charAt(end + 2);
    if (before === "=" || after === "=" || OF_CODE.test(before) || /\w/.test(after)) return undefined;
    const text = line.text.slice(content, end);
    if (/^[\s=]|\s$/.test(text) || text.split("`").length % 2 === 0) return undefined;
    return { type: "highlight", raw: `==${text}==`, text, tokens: this.lexer.inlineTokens(text) };
  },
  renderer({ tokens = [] }) {
    return `<mark>${this.parser.parseInline(tokens)}</mark>`;
  },
};

const MAY_BE_MARKED = /==[^\s=]/;

export const markedText: Addition = {
  isNeeded: (markdown) => MAY_BE_MARKED.test(markdown),
  extension: { extensions: [highlights] },
};
