/** The owner's rules for what is published: by path, tag and category. */
import picomatch from "picomatch";
import type { Rules } from "./types.ts";

const matchers = new WeakMap<readonly string[], (key: string) => boolean>();

/** A path that means itself. */
const PLAIN = /^[\p{L}\p{N}_-][\p{L}\p{N}_.-]*(?:\/[\p{L}\p{N}_-][\p{L}\p{N}_.-]*)*$/u;

/** Without those at its ends. */
export const withoutSlashes = (path: string): string => path.replace(/^\/+|(?<!\/)\/+$/g, "");

/** Whether one of the globs matches the key. A folder stands for all that is in it. */
export function fitsPath(paths: readonly string[], key: string): boolean {
  let fits = matchers.get(paths);
  if (!fits) {
    fits = matcherOf(paths);
    matchers.set(paths, fits);
  }
  return fits(key);
}

const fromRoot = (path: string): string => withoutSlashes(path.replace(/^\.\//, ""));

/** The path, if it is no glob. */
export function plainPath(path: string): string | undefined {
  const rooted = fromRoot(path);
  return PLAIN.test(rooted) ? rooted : undefined;
}

/** The folder with which a glob begins, with a slash at its end: `source/_posts/` of `source/_posts/**`. */
export function literalFolder(glob: string): string {
  const end = glob.search(/[*?[{(!]/);
  const plain = end < 0 ? (/\.[a-z]+$/i.test(glob) ? glob : `${glob}/`) : glob.slice(0, end);
  return plain.slice(0, plain.lastIndexOf("/") + 1).replace(/^\.?\/+/, "");
}

const LONGEST_GLOB = 1000;
/** Any text three times, within a name or as folders, is looked for in as many ways as the path has places, to the third power. */
const MANY_STARS = /[*+]\(|(?:\*[^/*]+){3}\*|(?:\*\*[^*]+){3}\*\*/;

/** Whether asking it of a long path may take too long. */
export const isCostlyGlob = (glob: string): boolean => glob.length > LONGEST_GLOB || MANY_STARS.test(glob);

/** Plain paths, of which there may be thousands, are looked up; each glob is asked of each key. */
function matcherOf(paths: readonly string[]): (key: string) => boolean {
  const plain = new Set(paths.flatMap((path) => plainPath(path) ?? []));
  const globs = paths.flatMap((path) => (plainPath(path) ? [] : [fromRoot(path), `${fromRoot(path)}/**`]));
  const isGlobbed = globs.length === 0 ? () => false : picomatch(globs, { dot: true });
  return (key) => (plain.size > 0 && withFolders(key).some((path) => plain.has(path))) || isGlobbed(key);
}

/** The key, and each folder above it. */
export function withFolders(key: string): readonly string[] {
  const paths = [key];
  for (let end = key.lastIndexOf("/"); end > 0; end = key.lastIndexOf("/", end - 1)) paths.push(key.slice(0, end));
  return paths;
}

export interface Classified {
  readonly key: string;
  readonly tags: readonly string[];
  readonly categories: readonly (readonly string[])[];
}

/**
 * Whether a rule of `exclude` fits, or `include` has rules and none of them fits. `fold` makes spellings of a name
 * equal.
 */
export function isExcluded(
  post: Classified,
  { include, exclude }: { readonly include: Rules; readonly exclude: Rules },
  fold: (name: string) => string,
): boolean {
  const isAmong = (ruled: readonly string[], names: readonly string[]) =>
    ruled.length > 0 && names.some((name) => foldedOf(ruled, fold).has(fold(name)));
  const fits = ({ paths, tags, categories }: Rules) =>
    fitsPath(paths, post.key) || isAmong(tags, post.tags) || isAmong(categories, post.categories.flat());
  return fits(exclude) || (Object.values(include).some((rules) => rules.length > 0) && !fits(include));
}

const foldedNames = new WeakMap<readonly string[], ReadonlySet<string>>();

function foldedOf(ruled: readonly string[], fold: (name: string) => string): ReadonlySet<string> {
  const known = foldedNames.get(ruled) ?? new Set(ruled.map(fold));
  foldedNames.set(ruled, known);
  return known;
}
