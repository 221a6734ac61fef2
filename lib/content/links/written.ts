/** The links to files of other posts that a text has in Markdown and HTML. */
import { present } from "../../base/optional.ts";
import { withoutEnding } from "../../base/text.ts";
import type { DialectName } from "../../model.ts";
import { MARKDOWN } from "../inputs.ts";
import { lineFinder } from "../lines.ts";
import { hasAt } from "../match.ts";
import { type Destination, destinationsIn } from "./destinations.ts";
import { MARK, type References } from "./references.ts";
import { nameOf } from "./stems.ts";

/** The file of a post, but for what follows it. */
const POST_FILE = new RegExp(`\\.(?:${MARKDOWN})(?:[?#].*)?$`, "is");
const ELSEWHERE = /^(?:[a-z][a-z\d+.-]*:|[/\\]{2}|#|\?)/i;
/** Hugo looks for a page for what has no extension, too: `two`, `../notes/two/`. */
const isPageFile = (written: string): boolean =>
  !written.startsWith("/") && /^[^.]+$/.test(nameOf(withoutEnding(written.split(/[?#]/, 1)[0] ?? "", "/")));

/** What every text with such a link has, behind `](`, `]:` or `=`: in prose a name of a file is none of a link. */
export const LINK_TO_FILE =
  /(?:\][(:]\s{0,9}(?:<[^<>\n]*|[^\s<>\]]*)|=\s{0,9}(?:"[^"<>\n]*|'[^'<>\n]*|[^\s"'<>=]*))\.(?:md|mk|markdown)/i;
const MAY_NAME_PAGE = /(?:\]\(|\]: ?|href=["']?)<?(?:\.\.?\/|(?!https?:|mailto:|[/#?])[^()[\]=\s."'<>#?]+[)\s"'>#?])/;

/** Looked for first: most texts have `](` or `=`, but no such ending. */
const EXTENSION = /\.(?:md|mk|markdown)/iy;

export const mayNameFile = (text: string): boolean => hasAt(text, ".", EXTENSION, "mM") && LINK_TO_FILE.test(text);

export interface LinkedText {
  readonly markdown: string;
  readonly isMdx: boolean;
  readonly dialect: DialectName;
  /** The line of the file in which a text on this line of the Markdown, the first of which is 1, is written. */
  readonly lineOf: (line: number, written: string) => number | undefined;
}

/** Adds the links to `references`. */
export function collectLinks({ markdown, isMdx, dialect, lineOf }: LinkedText, references: References): void {
  const mayBePage = dialect === "hugo" && MAY_NAME_PAGE.test(markdown);
  if (!mayBePage && !mayNameFile(markdown)) return;
  const isFile = ({ written }: Destination) => POST_FILE.test(written);
  const isWanted = (each: Destination) =>
    !each.isPicture &&
    !each.written.includes(MARK) &&
    !ELSEWHERE.test(each.written) &&
    (isFile(each) || (mayBePage && isPageFile(each.written)));
  const lineIn = lineFinder(markdown);
  for (const found of destinationsIn(markdown, isMdx, isWanted)) {
    const { written, at } = found;
    const place = present({ line: lineOf(lineIn(at), written) });
    if (isFile(found)) references.add({ written, sought: dialect === "hugo" ? "page" : "file", ...place });
    else references.add({ written, sought: "beside", perhaps: true, ...place });
  }
}
