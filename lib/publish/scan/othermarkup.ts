/** Files that lie among the posts and look like posts, but are written in a markup that is not read: told, not passed over. */

import picomatch from "picomatch";
import { folderOf } from "../../base/paths.ts";
import { problem } from "../../base/problems.ts";
import type { Problem } from "../../model.ts";
import { fitsPath } from "../../site/rules.ts";
import type { Site } from "../../site/types.ts";

const OTHER_MARKUP = /\.(?:textile|adoc|asciidoc|org|rst|ipynb)$/i;

/** Folders that are named, each with an extension; of more there is a number. */
const MOST_FOLDERS = 20;

export const isOtherMarkup = (key: string): boolean => OTHER_MARKUP.test(key);

/** One warning for each folder and extension. A file beside an `index.md` belongs to that post. */
export function otherMarkupProblems(
  keys: readonly string[],
  isPost: (key: string) => boolean,
  { posts, exclude }: Pick<Site, "posts" | "exclude">,
): readonly Problem[] {
  if (keys.length === 0) return [];
  const isAmong = picomatch([...posts]);
  const meant = keys.filter(
    (key) => isAmong(key) && !isAside(key) && !fitsPath(exclude.paths, key) && !isPost(`${folderOf(key)}index.md`),
  );
  const groups = [...Map.groupBy(meant, (key) => `${placeOf(key)}*${extensionOf(key)}`)];
  const problems = groups.slice(0, MOST_FOLDERS).map(([, [first = "", ...others]]) => {
    const files = others.length === 0 ? "the file is" : `${others.length + 1} files such as this are`;
    const fix = `convert to Markdown or HTML; or leave out in site.yaml: \`exclude: { paths: [${JSON.stringify(globOf(first))}] }\``;
    return problem("other-markup", first, `${files} no Markdown, and not published`, undefined, fix);
  });
  const [, [next = ""] = []] = groups[MOST_FOLDERS] ?? [];
  if (next === "") return problems;
  const more = `files in ${groups.length - MOST_FOLDERS} more folders are no Markdown either, and not published`;
  return [...problems, problem("other-markup", next, more)];
}
const extensionOf = (key: string): string => key.slice(key.lastIndexOf(".")).toLowerCase();

/** The folder that lists the file: of `hello/index.adoc` the one above it. */
const placeOf = (key: string): string =>
  /\/index\.[^/]*$/.test(key) ? folderOf(folderOf(key).slice(0, -1)) : folderOf(key);

/** A path that fits the file and those that are told with it. */
const globOf = (key: string): string =>
  `${placeOf(key)}${/\/index\.[^/]*$/.test(key) ? "*/index" : "*"}${key.slice(key.lastIndexOf("."))}`;

/** What generators leave out, or keep for themselves. */
const isAside = (key: string): boolean => key.split("/").some((part) => /^[_.]/.test(part) && part !== "_posts");
