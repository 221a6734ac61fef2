/** Which files are posts: those of the folders with dates, as globs where the dialect's own would find others. */

import { DEFAULT_POSTS } from "../site/complete.ts";
import { fitsPath } from "../site/rules.ts";
import { countBelow, foldersBelow } from "./posts.ts";
import type { Found, FoundPosts } from "./types.ts";

export interface ChosenPosts {
  /** Absent where the dialect's own say the same. */
  readonly globs?: readonly string[];
  readonly from: string;
  readonly number: number;
  readonly folders: readonly (readonly [folder: string, posts: number])[];
  readonly remarks: readonly string[];
}

export function choosePosts(found: Found, posts: FoundPosts): ChosenPosts {
  const own = DEFAULT_POSTS[found.dialect ?? "plain"];
  const roots = found.roots?.value;
  const from = found.sections?.from ?? found.roots?.from ?? "the dialect's own";
  const all = posts.folders;
  const keepsAll = found.fileDates?.value === true;
  const below = (roots ?? [""]).flatMap((root) => (keepsAll ? [root] : chosenBelow(posts, root)));
  const isWhole = below.every((folder) => roots?.includes(folder));
  const named = isWhole ? [] : (found.sections?.value.filter((folder) => countBelow(posts, folder).dated > 0) ?? []);
  const chosen = named.length > 0 ? named : below;
  const also = found.underscored?.filter((folder) => chosen.some((one) => folder.startsWith(one))) ?? [];
  const globs = [...new Set([...chosen, ...also])].map((folder) => `${folder}**`);
  const isOwn = also.length === 0 && (sameFiles(posts, own, globs) || roots === undefined);
  const fits = isOwn ? own : globs;
  const folders = [...all].flatMap(([folder, { dated, undated }]): [string, number][] => {
    const number = keepsAll ? dated + undated : dated;
    return number > 0 && fitsPath(fits, `${folder}a.md`) ? [[folder, number]] : [];
  });
  const number = folders.reduce((sum, [, each]) => sum + each, 0);
  const remarks =
    folders.length === 0
      ? [
          "posts: no Markdown file with a date was found; write the first one as posts/hello.md, with a title and a date, or name their folders in `posts`",
        ]
      : [];
  return { ...(!isOwn && globs.length > 0 && { globs }), from, number, folders: topFolders(folders, chosen), remarks };
}

/** The root if most below it is dated, else those of its folders of which that is true. */
function chosenBelow(posts: FoundPosts, root: string, depth = 0): readonly string[] {
  const { dated, undated } = countBelow(posts, root);
  if (dated === 0) return [];
  if (undated === 0) return [root];
  const below = [...foldersBelow(posts, root)];
  // A folder of posts in which a few have no date: they are problems that `check` names.
  const here = posts.folders.get(root) ?? { dated: 0, undated: 0 };
  const isOfPosts =
    here.dated > here.undated || (depth > 0 && below.every(([, count]) => count.dated >= count.undated));
  if (dated >= undated * 3 && isOfPosts) return [root];
  if (depth > 4) return dated >= undated ? [root] : [];
  const deeper = below.flatMap(([folder]) => (PAGES.test(folder) ? [] : chosenBelow(posts, folder, depth + 1)));
  return deeper.length > 0 && deeper.length <= 20 ? deeper : dated >= undated ? [root] : deeper.slice(0, 20);
}

/** Folders that themes have pages in, which may have a date too. */
const PAGES = /(?:^|\/)(?:pages?|about|archives?|search|links?|friends?|contact|tags?|categories)\/$/i;

/** Whether two lists of globs mean the same of the folders that there are. */
const sameFiles = ({ folders, others }: FoundPosts, some: readonly string[], own: readonly string[]): boolean =>
  [...folders.keys(), ...others].every((folder) => fitsPath(some, `${folder}a.md`) === fitsPath(own, `${folder}a.md`));

/** The counts of folders, each added to the chosen one above it. */
function topFolders(
  folders: readonly (readonly [string, number])[],
  chosen: readonly string[],
): readonly (readonly [string, number])[] {
  const sums = new Map<string, number>();
  for (const [folder, number] of folders) {
    const top = chosen.find((each) => each !== "" && folder.startsWith(each)) ?? folder;
    sums.set(top, (sums.get(top) ?? 0) + number);
  }
  return [...sums];
}
