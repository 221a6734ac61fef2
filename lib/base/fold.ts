/** Folding: a long list of paths as a shorter one in which `tags/*` stands for all below `tags/`. */
import { folderOf, foldersOf } from "./paths.ts";

/** Stands for everything below a folder. */
export const isPrefix = (path: string): boolean => path.endsWith("/*");

/** Tells whether an entry of the list is the path, or stands for it. */
export function matcherOf(list: readonly string[]): (path: string) => boolean {
  const exact = new Set(list.filter((entry) => !isPrefix(entry)));
  const prefixes = new Set(list.filter(isPrefix));
  return (path) => exact.has(path) || foldersOf(path).some((folder) => prefixes.has(`${folder}*`));
}

/** Folders whose content may be folded into one entry; all but the root. */
export type MayFold = (folder: string) => boolean;

/**
 * At most `most` entries that match at least what `paths` match, if folding can do it: the deepest folders are folded first,
 * and of these the ones with most in them, so that as little as possible is matched besides. The root is never folded: its
 * files and folders stay apart, however many they are.
 */
export function foldPaths(paths: readonly string[], most: number, mayFold: MayFold = () => true): readonly string[] {
  let folded = withoutCovered(paths);
  const deepest = Math.max(0, ...folded.map((path) => foldersOf(path).length));
  for (let depth = deepest; depth > 0 && folded.length > most; depth--) {
    const groups = new Map<string, number>();
    for (const path of folded) {
      const folder = foldersOf(path)[depth - 1];
      if (folder !== undefined && mayFold(folder)) groups.set(folder, (groups.get(folder) ?? 0) + 1);
    }
    const chosen = new Set<string>();
    let left = folded.length;
    for (const [folder, members] of [...groups].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))) {
      if (left <= most || members < 2) break;
      chosen.add(folder);
      left -= members - 1;
    }
    folded = foldInto(folded, chosen);
  }
  return folded;
}

/** The same paths, with one entry for each of these folders that something is in. */
export function foldInto(paths: readonly string[], folders: ReadonlySet<string>): readonly string[] {
  const entryOf = (path: string) => {
    const folder = foldersOf(path).find((each) => folders.has(each));
    return folder === undefined ? path : `${folder}*`;
  };
  return [...new Set(paths.map(entryOf))];
}

/** Each once, without those for which another entry stands. */
function withoutCovered(paths: readonly string[]): readonly string[] {
  const unique = [...new Set(paths)];
  const prefixes = unique.filter(isPrefix);
  if (prefixes.length === 0) return unique;
  const covers = new Set(prefixes.map(folderOf));
  return unique.filter((path) => {
    const folders = foldersOf(path);
    return !(isPrefix(path) ? folders.slice(0, -1) : folders).some((folder) => covers.has(folder));
  });
}
