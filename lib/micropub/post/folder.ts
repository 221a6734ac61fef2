/** The folder in which new posts are put: one of those that the site names, where most posts lie. */

import type { PostRecord } from "../../model.ts";
import { DEFAULT_POSTS } from "../../site/complete.ts";
import { fitsPath } from "../../site/rules.ts";
import type { Site } from "../../site/types.ts";

/** Folders of all content, in which generators keep posts in a folder of their own. */
const OF_ALL: ReadonlyMap<string, string> = new Map([
  ["hugo", "posts/"],
  ["eleventy", "posts/"],
]);

/** With a slash at its end; empty for the root. */
export function folderForPosts(
  site: Pick<Site, "posts" | "dialect" | "languages">,
  records: readonly PostRecord[],
): string {
  const named = literalFolders(site.posts);
  const folders = named.length > 0 ? named : literalFolders(DEFAULT_POSTS[site.dialect ?? "plain"]);
  const [first = "", ...others] = folders;
  const counted = (folder: string) => records.filter(({ key, facts }) => facts && key.startsWith(folder)).length;
  const best = others.reduce((most, folder) => (counted(folder) > counted(most) ? folder : most), first);
  return best === "content/" ? withSection(best, site, records) : best;
}

/** The folders with which globs begin, in their order, where a post may lie in the folder itself. */
export function literalFolders(globs: readonly string[]): readonly string[] {
  const folders = globs.map(literalPart).filter((folder) => folder !== "" && fitsPath(globs, `${folder}post.md`));
  return [...new Set(folders)];
}

/** `source/_posts/` of `source/_posts/**`. */
function literalPart(glob: string): string {
  const end = glob.search(/[*?[{(!]/);
  const plain = end < 0 ? (/\.[a-z]+$/i.test(glob) ? glob : `${glob}/`) : glob.slice(0, end);
  return plain.slice(0, plain.lastIndexOf("/") + 1).replace(/^\.?\/+/, "");
}

/** Below a folder of all content: the section that most posts lie in, in that of the site's language where there are such. */
function withSection(
  folder: string,
  site: Pick<Site, "dialect" | "languages">,
  records: readonly PostRecord[],
): string {
  const counts = new Map<string, number>();
  for (const { key, facts } of records) {
    if (!facts || !key.startsWith(folder)) continue;
    const [first = "", second, third] = key.slice(folder.length).split("/");
    const isLanguage =
      site.languages.length > 1 && site.languages.some((code) => code.toLowerCase() === first.toLowerCase());
    const section = second === undefined ? "" : isLanguage && third !== undefined ? `${first}/${second}/` : `${first}/`;
    counts.set(section, (counts.get(section) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return folder + (most?.[0] ?? OF_ALL.get(site.dialect ?? "plain") ?? "");
}
