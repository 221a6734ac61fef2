/** Text as a terminal shows it: how wide it is, what fits, and nothing in it that the terminal would obey. */
import { graphemesOf } from "../base/text.ts";

/** What gives text its look; the plain one gives it none. */
export type Paint = (style: "bold" | "dim" | "red" | "yellow" | "cyan", text: string) => string;

export const plain: Paint = (_, text) => text;

/** UAX #11: East Asian wide and full-width, and what is drawn as an emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u;

const widthOf = (grapheme: string): number => (WIDE.test(grapheme) ? 2 : 1);

/** Columns of a terminal: a full-width character takes two. */
export function columns(text: string): number {
  let sum = 0;
  for (const { segment } of graphemesOf(text)) sum += widthOf(segment);
  return sum;
}

/** Characters for each column: a mountain of combining marks is one character wide and has no end. */
const MOST = 8;
const HALF_AT_END = /[\ud800-\udbff]$/;

/** As much of one line as `width` columns hold; what is cut off shows as `…`. */
export function cut(text: string, width: number): string {
  let shown = "";
  let used = 0;
  let whole = 0;
  for (const { segment, index } of graphemesOf(text.slice(0, width * MOST).replace(HALF_AT_END, ""))) {
    used += widthOf(segment);
    if (used > width) break;
    if (used < width) shown += segment; // a column is kept free for the `…`
    whole = index + segment.length;
  }
  return whole === text.length ? text : `${shown}…`;
}

/** C0 and C1 controls, lone surrogates, and what turns, hides or breaks the text around it. */
const UNSEEN =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]|\p{Cs}/gu;

/** One line in which every control character is to be seen (␛, ␊, `<U+202E>`) and every tab is two spaces. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (char) => {
    const code = char.charCodeAt(0);
    if (char === "\t") return "  ";
    if (code === 0x7f) return "␡";
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
  });
}
