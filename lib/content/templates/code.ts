/** Where a text shows code: what stands there is read neither as a template nor as Markdown. */
import { scan } from "./syntax/scan.ts";

/** Whether an offset is in code; offsets must be given in ascending order. */
export function codeFinder(text: string, isMdx: boolean): (at: number) => boolean {
  const codes = scan(text, { isMdx, readers: new Map(), shownCode: (code) => `${code} ` });
  let next = 0;
  return (at) => {
    while ((codes[next]?.end ?? Number.POSITIVE_INFINITY) <= at) next += 1;
    return (codes[next]?.start ?? Number.POSITIVE_INFINITY) <= at;
  };
}
