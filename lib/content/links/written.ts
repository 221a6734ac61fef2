/** The links to files of other posts that a text has in Markdown and HTML. */

import { present } from "../../base/optional.ts";
import { withoutEnding } from "../../base/text.ts";
import type { DialectName } from "../../model.ts";
import { MARKDOWN } from "../inputs.ts";
import { lineFinder } from "../lines.ts";
import { destinationsIn } from "./destinations.ts";
import { MARK, type References } from "./references.ts";
import { nameOf } from "./stems.ts";

/** The file of a post, but for what follows it. */
const POST_FILE = new RegExp(`\\.(?:${MARKDOWN})(?:[?#].*)?$`, "is");
const ELSEWHERE = /^(?:[a-z][a-z\d+.-]*:|[/\\]{2}|#|\?)/i;
/** Hugo looks for a page for what has no extension, too: `two`, `../notes/two/`. */
const isPageFile = (written: string): boolean =>
  !written.startsWith("/") && /^[^.]+$/.test(nameOf(withoutEnding(written.split(/[?#]/, 1)[0] ?? "", "/")));

export interface LinkedText {
  readonly markdown: string;
  readonly isMdx: boolean;
  readonly dialect: DialectName;
  /** The line of the file of a line of the Markdown, the first of which is 1. */
  readonly lineOf: (line: number) => number | undefined;
}

/** Adds the links to `references`. */
export function collectLinks({ markdown, isMdx, dialect, lineOf }: LinkedText, references: References): void {
  const mayBePage = dialect === "hugo";
  if (!mayBePage && !/\.(?:md|mk|markdown)/i.test(markdown)) return;
  const lineIn = lineFinder(markdown);
  for (const { written, at, isPicture } of destinationsIn(markdown, isMdx)) {
    const isFile = POST_FILE.test(written);
    if (
      isPicture ||
      written.includes(MARK) ||
      ELSEWHERE.test(written) ||
      !(isFile || (mayBePage && isPageFile(written)))
    )
      continue;
    const line = lineOf(lineIn(at));
    const sought = dialect === "hugo" ? "page" : "file";
    references.add({ written, sought, ...present({ line, perhaps: isFile ? undefined : (true as const) }) });
  }
}
