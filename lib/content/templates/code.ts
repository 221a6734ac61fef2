/** Where a text shows code: what stands there is read neither as a template nor as Markdown. */
import { RAW_ELEMENT, scan } from "./syntax/scan.ts";

/** What every text with code has: ticks, tildes, blanks of a line that is indented far, a comment, an element that is read as it is. */
const MAY_HAVE_CODE = new RegExp(`\`|~~~| {4}|\\t|<!--|${RAW_ELEMENT.source}`, "i");

/** Whether an offset is in code; offsets must be given in ascending order. The text is read once it is asked for. */
export function codeFinder(text: string, isMdx: boolean): (at: number) => boolean {
  let codes: ReturnType<typeof scan> | undefined;
  let next = 0;
  return (at) => {
    codes ??= !MAY_HAVE_CODE.test(text)
      ? []
      : scan(text, { isMdx, readers: new Map(), shownCode: (code) => `${code} ` });
    while ((codes[next]?.end ?? Number.POSITIVE_INFINITY) <= at) next += 1;
    return (codes[next]?.start ?? Number.POSITIVE_INFINITY) <= at;
  };
}
