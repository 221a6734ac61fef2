/** The folder in which new posts are put: one of those that the site names, where most posts lie. */

import type { PostRecord } from "../../model.ts";
import { fitsPath, literalFolder } from "../../site/rules.ts";
import type { Site } from "../../site/types.ts";

/** Folders of all content, in which generators keep posts in a folder of their own. */
const OF_ALL: ReadonlyMap<string, string> = new Map([
  ["hugo", "posts/"],
  ["eleventy", "posts/"],
]);

type PostsSite = Pick<Site, "posts" | "dialect" | "languages">;

/** With a slash at its end; `undefined` where no folder is known in which a new file would be a post. */
export function folderForPosts(site: PostsSite, records: readonly PostRecord[]): string | undefined {
  const published = records.filter(({ facts }) => facts);
  const [first, ...others] = literalFolders(site.posts);
  if (first === undefined) return mostUsed(published, site);
  const counted = (folder: string) => published.filter(({ key }) => key.startsWith(folder)).length;
  const best = others.reduce((most, folder) => (counted(folder) > counted(most) ? folder : most), first);
  return /(?:^|\/)content\/$/.test(best) ? withSection(best, site, published) : best;
}

/** The folder of most posts, where globs begin with a wildcard. */
function mostUsed(records: readonly PostRecord[], { posts }: PostsSite): string | undefined {
  const folders = records.map(({ key }) => key.slice(0, key.lastIndexOf("/") + 1));
  return most(folders.filter((folder) => fitsPath(posts, `${folder}post.md`)));
}

function most(names: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** The folders with which globs begin, in their order, where a post may lie in the folder itself. */
export function literalFolders(globs: readonly string[]): readonly string[] {
  const folders = globs.map(literalFolder).filter((folder) => folder !== "" && fitsPath(globs, `${folder}post.md`));
  return [...new Set(folders)];
}

/** Below a folder of all content: the section that most posts lie in, in that of the site's language where there are such. */
function withSection(folder: string, { dialect, languages }: PostsSite, records: readonly PostRecord[]): string {
  const codes = languages.length > 1 ? languages.map((code) => code.toLowerCase()) : [];
  const sections = records.flatMap(({ key }) => {
    if (!key.startsWith(folder)) return [];
    const parts = key.slice(folder.length).split("/");
    // A folder of its own is the name of its post.
    if (/^index\./.test(parts.at(-1) ?? "")) parts.pop();
    const [first = "", second, third] = parts;
    if (second === undefined) return [""];
    return [codes.includes(first.toLowerCase()) && third !== undefined ? `${first}/${second}/` : `${first}/`];
  });
  return folder + (most(sections) ?? OF_ALL.get(dialect ?? "plain") ?? "");
}
