/** Which content keys are those of posts. */
import picomatch from "picomatch";
import { isPostFile } from "../../content/inputs.ts";
import type { Site } from "../../site/types.ts";
import { UNPRINTABLE } from "../../stores/store.ts";

/**
 * Files under `_` or `.` are posts too, if hidden ones; and those whose names are wrong, if broken ones. So are drafts in a
 * folder beside one of posts: a post that is moved there and back is still known.
 */
export function postMatcher(site: Pick<Site, "posts">): (key: string) => boolean {
  const matches = picomatch([...site.posts], { dot: true });
  const folders = new Set(site.posts.flatMap((glob) => glob.split("/").filter((part) => /^[\w.-]+$/.test(part))));
  const isDraft = (key: string) =>
    DRAFTS.test(key) && [...folders].some((name) => matches(key.replace(DRAFTS, `$1${name}/`)));
  const isPost = (key: string) => isPostFile(key) && !INSTALLED.test(key) && (matches(key) || isDraft(key));
  return (key) => isPost(key) || (isOdd(key) && isPost(plainly(key)));
}

/** What npm and Bundler install, which has Markdown of its own: no generator reads it (https://jekyllrb.com/docs/configuration/options/). */
const INSTALLED = /(?:^|\/)(?:node_modules|vendor\/(?:bundle|cache|gems|ruby))\//;

/** Jekyll and Hexo keep drafts in a folder beside that of the posts. */
const DRAFTS = /(^|\/)_drafts?\//i;

const isOdd = (key: string): boolean => key.search(UNPRINTABLE) >= 0 || /^\/|\/\/|(?:^|\/)\.{1,2}(?:\/|$)/.test(key);

/** As it was meant: globs and extensions match in one line, and parts that lead nowhere match no glob. */
const plainly = (key: string): string =>
  key
    .replace(UNPRINTABLE, "")
    .split("/")
    .filter((part) => !/^\.{0,2}$/.test(part))
    .join("/");
