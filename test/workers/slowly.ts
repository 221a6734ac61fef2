/** A limit of time for which some posts are too slow. */
import { openTimeLimit, type TimeLimit } from "../../lib/workers/timelimit.ts";

const EACH_MS = 200;
const TITLES: readonly unknown[] = ["Post 3", "Post 300"];

export function slowLimit(): TimeLimit {
  const limit = openTimeLimit({ each: EACH_MS });
  const run = <T>(work: () => T) =>
    limit.run(() => {
      const result = work();
      const read = result as { readonly post?: { readonly title: string } };
      if (TITLES.includes(read.post?.title))
        for (const end = performance.now() + 5 * EACH_MS; performance.now() < end; );
      return result;
    });
  return { ...limit, run };
}
