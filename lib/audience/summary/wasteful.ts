/** Who fetches feeds again and again without asking whether they changed (RFC 9110, 13), and what that costs. */
import { compareKeys } from "../../stores/store.ts";
import type { AgentCount, DayCount, WastefulAgent } from "../types.ts";

/** Fewer requests in vain are not worth a line. */
const FEWEST = 10;

/**
 * Those that were never answered 304 in the days of `counts`. Each client has to fetch each feed once; it cannot be seen whether a feed
 * had changed when it was fetched again, so `again` is the most that could have been answered 304. People at browsers are left out.
 */
export function selectWasteful(counts: readonly DayCount[]): readonly WastefulAgent[] {
  const byName = Map.groupBy(
    counts.flatMap(({ agents }) => Object.entries(agents)),
    ([name]) => name,
  );
  return [...byName]
    .flatMap(([name, days]) => {
      const { requests, unchanged, bytes, pairs } = days.map(([, count]) => count).reduce(add);
      const again = requests - pairs;
      if (days.at(-1)?.[1].kind === "browser" || unchanged > 0 || again < FEWEST) return [];
      return [{ name, requests, again, bytes: Math.round((bytes * again) / requests) }];
    })
    .toSorted((a, b) => b.bytes - a.bytes || b.again - a.again || compareKeys(a.name, b.name));
}

const add = (a: AgentCount, b: AgentCount): AgentCount => ({
  kind: b.kind,
  requests: a.requests + b.requests,
  unchanged: a.unchanged + b.unchanged,
  bytes: a.bytes + b.bytes,
  pairs: a.pairs + b.pairs,
});
