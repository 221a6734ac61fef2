/** The pages that a post is about, and the one on which it streams ⇄ their lines in the text: `[words](url)`. */
import { readableEscapes, withoutEnding, xmlSafe } from "../../../base/text.ts";
import { hostOf } from "../../../content/target.ts";
import { isSameAddress, writtenAddress, writtenWords } from "./signs.ts";
import type { ShownLine, ShownPage } from "./types.ts";

export interface PageTitles {
  readonly title?: string | undefined;
  /** The one that the post had before. */
  readonly formerTitle?: string | undefined;
}

interface FormerPages {
  readonly lines: readonly ShownLine[];
  /** Do those that are new get a line? */
  readonly showsAll: boolean;
}

/** Lines that are there keep their order, and those that somebody wrote otherwise stay as they are. */
export function pageLines(
  pages: readonly ShownPage[],
  { title, formerTitle }: PageTitles,
  { lines, showsAll }: FormerPages,
): readonly string[] {
  const kept = lines.flatMap((each) => {
    const page = pages.find(({ url }) => isSameAddress(url, each.url));
    return page ? [{ page, line: each.line }] : [];
  });
  const added = pages.filter(({ url }) => !lines.some((each) => isSameAddress(each.url, url)));
  const first = [...kept.map(({ page }) => page), ...added].find(({ isStream }) => !isStream);
  const lineOf = (page: ShownPage) => pageLine(page, page === first, title);
  return [
    ...kept.map(({ page, line }) => (isOwn(line, page, formerTitle) ? lineOf(page) : line)),
    ...(showsAll ? added.map(lineOf) : []),
  ];
}

/** Whether it is as it would be written, whatever stood beside it. */
function isOwn(line: string, { url }: ShownPage, title: string | undefined): boolean {
  const isEither = [true, false];
  return isEither.some((isFirst) => isEither.some((isStream) => line === pageLine({ url, isStream }, isFirst, title)));
}

/** Further pages are called by their own names: two links of the same words would be taken for one. */
function pageLine({ url, isStream }: ShownPage, isFirst: boolean, title: string | undefined): string {
  const named = isFirst || isStream ? titleWords(title) : "";
  const words = isStream ? `▶ ${named || writtenWords(hostOf(url))}` : named || writtenWords(nameOf(url));
  return `[${words}](${writtenAddress(url)})`;
}

const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** `[^1]` is the mark of a note, whatever follows it (LINK_START in lib/kramdown/parser/kramdown/link.rb of gettalong/kramdown). */
function titleWords(title = ""): string {
  return SEEN.test(title) ? writtenWords(xmlSafe(title).trim()).replace(/^\^/, "&#94;") : "";
}

/** Host and path, as people read them. */
function nameOf(url: string): string {
  return hostOf(url) + withoutEnding(readableEscapes(new URL(url).pathname), "/");
}
