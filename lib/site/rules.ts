/** The owner's rules for what is published: by path, tag and category. */
import picomatch from "picomatch";
import type { Rules } from "./types.ts";

const matchers = new WeakMap<readonly string[], (key: string) => boolean>();

/** Whether one of the globs matches the key. A folder stands for all that is in it. */
export function fitsPath(paths: readonly string[], key: string): boolean {
  let fits = matchers.get(paths);
  if (!fits) {
    const globs = paths.map((path) => path.replace(/^\.?\/+|\/+$/g, "")).flatMap((path) => [path, `${path}/**`]);
    fits = globs.length === 0 ? () => false : picomatch(globs, { dot: true });
    matchers.set(paths, fits);
  }
  return fits(key);
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
  const isAmong = (ruled: readonly string[], names: readonly string[]) => {
    return ruled.length > 0 && ruled.some((name) => names.some((other) => fold(other) === fold(name)));
  };
  const fits = ({ paths, tags, categories }: Rules) =>
    fitsPath(paths, post.key) || isAmong(tags, post.tags) || isAmong(categories, post.categories.flat());
  return fits(exclude) || (Object.values(include).some((rules) => rules.length > 0) && !fits(include));
}
