/** What tests see of rendering, and how they make it fail. */
import type { Entry } from "../../lib/model.ts";
import { isEntry } from "../../lib/state/entryguard.ts";
import { openTimeLimit, type TimeLimit } from "../../lib/workers/timelimit.ts";

/** A limit of time that calls `see` with each entry that was rendered in it, and fails where that throws. */
export function whenRendered(see: (entry: Entry) => void | Promise<void>, limit = openTimeLimit()): TimeLimit {
  const run: TimeLimit["run"] = async (work) => {
    const result: unknown = await limit.run(work);
    if (isEntry(result)) await see(result);
    return result as ReturnType<typeof work>;
  };
  return { ...limit, run };
}

/** One in which posts with this title cannot be rendered. */
export const failingAt = (title: string, error: Error, limit?: TimeLimit): TimeLimit =>
  whenRendered((entry) => {
    if (entry.title === title) throw error;
  }, limit);
