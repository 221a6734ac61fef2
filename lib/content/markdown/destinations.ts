/**
 * What many editors write and CommonMark leaves as text: a destination with spaces, `![图](my photo 1.png)`, and the size
 * of a picture behind its address, `![图](a.png =600x400)`, which a feed does not show, nor that in `![图|300](a.png)`.
 */
import { Lexer, Tokenizer } from "marked";
import { hasAt, matchAt, textAt } from "../match.ts";
import type { Addition } from "./addition.ts";
import { firstFrom, lineRead, type Reading, SHORT } from "./reading.ts";

/** The label, and a destination on one line that may contain parentheses, one level deep. */
const LINK =
  /^(!?)\[((?:\\.|[^\\[\]]|\[(?:\\.|[^\\[\]])*\])*)\]\(((?:<[^<>\n]*>)?(?:\\.|[^\\()\n<>]|\([^()\n<>]*\))+)\)/;
/** What CommonMark accepts itself: no space except before a title. */
const COMMON = /^(?:<[^<>]*>|\S*)(?:\s+(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\)))?$/;
/** kramdown reads quotes within a title. */
const TITLED = /^((?:[^ \t]|[ \t]+(?![ \t"']))*)[ \t]+(?:"(.*)"|'(.*)')[ \t]*$/;
/** `(b\)`: for kramdown, and for people, the parenthesis is closed. */
const ESCAPED_END = /\([^()]*\\\)/;

/** Text in parentheses after a link text is a destination only if it looks like one. */
const PATH = /^(?:\.{0,2}\/|https?:\/\/\S)/;
const FILE_NAME = /\.[a-z][a-z0-9]{0,4}(?:[?#]|$)/i;

const looksLikeFile = (destination: string): boolean =>
  PATH.test(destination) || FILE_NAME.test(destination.split(/\s/).at(-1) ?? "");

/** Followed by a blank or the end, so that `a =1x1.png` is a file. */
const SIZE = /[ \t]=(?:\d{1,5}%?(?:[x*](?:\d{1,5}%?)?)?|[x*]\d{1,5}%?)(?=[ \t]|$)/;
const SIZE_IN_LABEL = /\\?\|\d{1,5}(?:x\d{1,5})?$/;
const MAY_BE_SIZE = /(?<=[ \t])=(?:\d{1,5}%?[x*) \t]|x\d)/y;
/** Behind a size in the label, or with a quote in the address or the title. */
const MAY_BE_OTHER = /(?<=\|\d{1,5}(?:x\d{1,5})?)\]\(|\]\([^\s()"']+(?:["']|[ \t]{1,9}"[^"\n]*"(?![ \t]{0,9}\)))/y;

/** A destination to which none of this applies. */
const USUAL = /(?<!\d\]\()[^\s()"']*\)/y;

/** From the start of a destination to a space that is followed by more than a title, or to where there is none. */
const TO_SPACE = /[^)\n"' \u00a0\u3000]*(?:[ \u00a0\u3000]+(?![^\s"')])[^)\n"' \u00a0\u3000]*)*/y;

/** The longest link with such a destination. */
const LONGEST = 2_000;

function isUnusual(markdown: string): boolean {
  if (markdown.includes("\\))") || hasAt(markdown, "=", MAY_BE_SIZE, "0123456789x")) return true;
  for (let at = markdown.indexOf("]("), after = 0; at !== -1; at = markdown.indexOf("](", after)) {
    after = at + 2 + (textAt(USUAL, markdown, at + 2) ?? "").length;
    if (after > at + 2) continue;
    if (matchAt(MAY_BE_OTHER, markdown, at)) return true;
    after += (textAt(TO_SPACE, markdown, after) ?? "").length;
    if (/[ \u00a0\u3000]/.test(markdown.charAt(after))) return true;
  }
  return false;
}

export const spacedDestinations: Addition = {
  isNeeded: isUnusual,
  extension: {
    tokenizer: {
      link(text) {
        if (!/^!?\[/.test(text)) return false;
        const distance = lineRead().distance("](", text);
        if (distance === -1 || distance > LONGEST) return false;
        const [raw, bang = "", words = "", within = ""] = LINK.exec(text.slice(0, LONGEST)) ?? [];
        const [label, inside] = bang ? [words.replace(SIZE_IN_LABEL, ""), within.replace(SIZE, "")] : [words, within];
        const isCommon = COMMON.test(inside.trim()) && !(ESCAPED_END.test(inside) && text[raw?.length ?? 0] !== ")");
        if (raw === undefined || (isCommon && label === words && inside === within)) return false;
        const [, titled, double, single] = TITLED.exec(inside) ?? [];
        const destination = (titled ?? inside).trim();
        if (bang === "" && !looksLikeFile(destination)) return false;
        const title = double ?? single;
        const spaced = `<${destination}>${title === undefined ? "" : ` "${title.replace(/(?<!\\)"/g, "&quot;")}"`}`;
        const written = `${bang}[${label}](${isCommon ? inside : spaced})`;
        const token = Tokenizer.prototype.link.call(this, written);
        return token?.raw === written ? { ...token, raw } : false;
      },
    },
  },
};

/** marked's rule for links up to the destination. */
const { source } = Lexer.rules.inline.gfm.link;
const LABEL = new RegExp(`${source.slice(0, source.indexOf("\\]\\("))}\\]\\(`);

const END_OF_WORD = /[\x00-\x20]/g;
const END_OF_LINK = /[ \t\n]*\)/y;
const TITLE_IN_PARENTHESES = /[ \t\n]*\(/y;

/** The parentheses of a text that are not escaped. */
interface Parentheses {
  /** Where each one is closed, if that is in the same word. */
  readonly closedAt: ReadonlyMap<number, number>;
  /** Those that are not closed in their word, ascending. */
  readonly open: readonly number[];
  readonly closing: readonly number[];
}

function parenthesesIn(text: string): Parentheses {
  const closedAt = new Map<number, number>();
  const open: number[] = [];
  const closing: number[] = [];
  let inWord: number[] = [];
  for (const { 0: found, index } of text.matchAll(/\\[^\x00-\x20]|[()]|[\x00-\x20]+/g)) {
    if (found === "(") inWord.push(index);
    else if (found === ")") {
      closing.push(index);
      const start = inWord.pop();
      if (start !== undefined) closedAt.set(start, index);
    } else if (!found.startsWith("\\")) {
      for (const start of inWord) open.push(start);
      inWord = [];
    }
  }
  for (const start of inWord) open.push(start);
  return { closedAt, open, closing };
}

/**
 * How much of the rest of a line the link has at its start: all of it if that is not known, nothing if there is no link.
 * marked reads a destination to the end of its last word, and then looks for where it is closed.
 */
export function lengthOfLink(line: Reading, rest: string): number {
  const [start, label = ""] = LABEL.exec(rest) ?? [];
  if (start === undefined) return 0;
  if (/[`<]/.test(label) || /[\s<]/.test(rest.charAt(start.length))) return rest.length;
  const from = line.positionOf(rest);
  const paren = from + start.length - 1;
  const endOfWord = line.next(END_OF_WORD, paren);
  if (endOfWord - paren < SHORT && endOfParenthesis(line.text, endOfWord) === -1) return rest.length;
  const { closedAt, open, closing } = line.once(parenthesesIn);
  const end = closedAt.get(paren);
  if (end !== undefined) return end + 1 - from;
  if (firstFrom(open, paren + 1) < endOfWord) return 0;
  const title = endOfParenthesis(line.text, endOfWord);
  if (title === -1) return rest.length;
  END_OF_LINK.lastIndex = firstFrom(closing, title) + 1;
  return END_OF_LINK.test(line.text) ? rest.length : 0;
}

/** Behind the parenthesis that follows a position, possibly after spaces; -1 if none does. */
function endOfParenthesis(text: string, at: number): number {
  TITLE_IN_PARENTHESES.lastIndex = at;
  return TITLE_IN_PARENTHESES.test(text) ? TITLE_IN_PARENTHESES.lastIndex : -1;
}
