/** Where a text shows code: what stands there is read neither as a template nor as Markdown. */
import { RAW_ELEMENT, scan } from "./syntax/scan.ts";

/** What every text with code has: ticks, tildes, blanks of a line that is indented far, a comment, an element that is read as it is. */
const MAY_HAVE_CODE = new RegExp(`\`|~~~| {4}|\\t|<!--|${RAW_ELEMENT.source}`, "i");

/** Where the first line begins that may have code; `Infinity` if there is none. */
function firstLine(text: string): number {
  const mark = text.search(MAY_HAVE_CODE);
  return mark < 0 ? Number.POSITIVE_INFINITY : text.lastIndexOf("\n", mark) + 1;
}

/** Whether an offset is in code; offsets must be given in ascending order. The text is read once it is asked for. */
export function codeFinder(text: string, isMdx: boolean): (at: number) => boolean {
  let codes: ReturnType<typeof scan> | undefined;
  let first: number | undefined;
  let next = 0;
  return (at) => {
    first ??= firstLine(text);
    if (at < first) return false;
    codes ??= scan(text, { isMdx, readers: new Map(), shownCode: (code) => `${code} ` });
    while ((codes[next]?.end ?? Number.POSITIVE_INFINITY) <= at) next += 1;
    return (codes[next]?.start ?? Number.POSITIVE_INFINITY) <= at;
  };
}
