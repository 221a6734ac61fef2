/** Text as a terminal shows it: how many columns it takes, cut to fit, and without anything that controls the terminal. */
import { graphemesOf } from "../base/text.ts";

/** Applies a style to text. */
export type Paint = (style: "bold" | "dim" | "red" | "yellow" | "cyan", text: string) => string;

/** Applies none. */
export const plain: Paint = (_, text) => text;

const PRINTABLE_ASCII = /^[ -~]*$/;

/** Columns of a terminal: a full-width character or an emoji takes two, a combining mark none. */
export async function columns(text: string): Promise<number> {
  if (PRINTABLE_ASCII.test(text)) return text.length;
  return (await loadWidths())(text);
}

/** Loading it takes longer than a run with nothing to do, so only text beyond ASCII loads it. */
const loadWidths = async () => (await import("string-width")).default;

/** UTF-16 units looked at for each column: one character may carry any number of combining marks. */
const UNITS_PER_COLUMN = 8;
const HALF_PAIR_AT_END = /[\ud800-\udbff]$/;

/** As much of one line as `width` columns hold; `…` stands for what is cut off. */
export async function cut(text: string, width: number): Promise<string> {
  if (PRINTABLE_ASCII.test(text)) return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
  const widthOf = await loadWidths();
  const start = text.slice(0, width * UNITS_PER_COLUMN).replace(HALF_PAIR_AT_END, "");
  let shown = "";
  let used = 0;
  let end = 0;
  for (const { segment, index } of graphemesOf(start)) {
    used += widthOf(segment);
    if (used > width) break;
    if (used < width) shown += segment; // a column is kept free for the `…`
    end = index + segment.length;
  }
  return end === text.length ? text : `${shown}…`;
}

/** C0 and C1 controls, lone surrogates, and characters that reorder, hide or break the text around them. */
const INVISIBLE =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]|\p{Cs}/gu;

/** One line in which every control character shows as a symbol (␛, ␊, `<U+202E>`) and every tab as two spaces. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, (char) => {
    const code = char.charCodeAt(0);
    if (char === "\t") return "  ";
    if (code === 0x7f) return "␡";
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
  });
}

/** The same of each line of a text. */
export const visibleLines = (text: string): string => text.split("\n").map(visible).join("\n");
