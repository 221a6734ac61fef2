/** Limits of time for which some posts are too slow. */
import { openTimeLimit, type TimeLimit } from "../../lib/workers/timelimit.ts";

const EACH_MS = 200;
const TITLES: readonly unknown[] = ["Post 3", "Post 300"];

/** Posts of two titles take five times as long as they may. */
export const slowLimit = (): TimeLimit =>
  limitFor(
    (title) => TITLES.includes(title),
    () => {
      for (const end = performance.now() + 5 * EACH_MS; performance.now() < end; );
    },
  );

/** The first post with an even number hangs in a regular expression, whenever it is tried. */
export function hangingLimit(): TimeLimit {
  let first: string | undefined;
  const hangs = (title: string) => {
    if (/^Post \d*[02468]$/.test(title)) first ??= title;
    return title === first;
  };
  return limitFor(hangs, () => {
    /^(?:a|a)*$/.test(`${"a".repeat(60)}!`);
  });
}

function limitFor(isSlow: (title: string) => boolean, delay: () => void): TimeLimit {
  const limit = openTimeLimit({ each: EACH_MS });
  const run = <T>(work: () => T) =>
    limit.run(() => {
      const result = work();
      const { post } = result as { readonly post?: { readonly title: string } };
      if (post && isSlow(post.title)) delay();
      return result;
    });
  return { ...limit, run };
}
