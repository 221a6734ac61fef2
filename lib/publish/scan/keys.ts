/** Which content keys are those of posts. */
import picomatch from "picomatch";
import { isAmongDrafts } from "../../content/facts/place.ts";
import type { Site } from "../../site/types.ts";
import { UNPRINTABLE } from "../../stores/store.ts";

/**
 * Files under `_` or `.` are posts too, if hidden ones; and those whose names are wrong, if broken ones. So are drafts, wherever their
 * folder is: a post that is moved there and back is still known.
 */
export function postMatcher(site: Pick<Site, "posts">): (key: string) => boolean {
  const matches = picomatch([...site.posts], { dot: true });
  const isPost = (key: string) => /\.(?:md|markdown|mdx)$/i.test(key) && (matches(key) || isAmongDrafts(key));
  return (key) => isPost(key) || (isOdd(key) && isPost(plainly(key)));
}

const isOdd = (key: string): boolean => key.search(UNPRINTABLE) >= 0 || /^\/|\/\/|(?:^|\/)\.{1,2}(?:\/|$)/.test(key);

/** As it was meant: globs and extensions match in one line, and parts that lead nowhere match no glob. */
const plainly = (key: string): string =>
  key
    .replace(UNPRINTABLE, "")
    .split("/")
    .filter((part) => !/^\.{0,2}$/.test(part))
    .join("/");
