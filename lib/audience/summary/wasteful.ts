/** Who fetches feeds again and again without asking whether they changed (RFC 9110, 13), and what that costs. */
import { compareKeys } from "../../stores/store.ts";
import type { AgentCount, AgentKind, DayCount } from "../types.ts";
import type { Audience } from "./types.ts";

/** Fewer requests in vain, or fewer bytes, are not worth a line. */
const FEWEST = 10;
const FEWEST_BYTES = 1_000_000;

/** An agent is told of only if at most a tenth as many requests as it repeated in vain were answered 304: under one name some ask with conditions. */
const MOST_POLITE = 0.1;

/** Nobody can be asked to mend these. */
const LEFT_OUT: ReadonlySet<AgentKind> = new Set(["browser", "bot"]);

/** Requests after which somebody would have been answered 304. */
const ENOUGH_TO_TELL = 100;

/**
 * Those that were hardly ever answered 304 in the days of `counts`. Each client has to fetch each feed once; it cannot be seen whether a
 * feed had changed when it was fetched again, so `again` is the most that could have been answered 304. People at browsers and bots are left out.
 */
export function selectWasteful(counts: readonly DayCount[]): Pick<Audience, "wasteful" | "isUnconditional"> {
  const byName = Map.groupBy(
    counts.flatMap(({ agents }) => Object.entries(agents)),
    ([name]) => name,
  );
  const agents = [...byName].map(([name, days]) => ({ name, ...days.map(([, count]) => count).reduce(add) }));
  const readers = agents.filter(({ kind }) => kind === "reader" || kind === "aggregator");
  const sumOf = (numberOf: (agent: AgentCount) => number) => readers.reduce((sum, each) => sum + numberOf(each), 0);
  if (readers.length > 0 && sumOf(({ unchanged }) => unchanged) === 0) {
    const again = sumOf(({ requests, pairs }) => requests - pairs);
    const isUnconditional = counts.length > 1 && readers.length > 1 && again >= ENOUGH_TO_TELL;
    return { wasteful: [], isUnconditional };
  }
  const wasteful = agents.flatMap(({ name, kind, requests, unchanged, bytes, pairs }) => {
    const again = requests - unchanged - pairs;
    const wasted = Math.round((bytes * again) / Math.max(requests - unchanged, 1));
    const isPolite = unchanged > again * MOST_POLITE;
    if (LEFT_OUT.has(kind) || isPolite || again < FEWEST || wasted < FEWEST_BYTES) return [];
    return [{ name, requests, again, bytes: wasted }];
  });
  return {
    wasteful: wasteful.sort((a, b) => b.bytes - a.bytes || b.again - a.again || compareKeys(a.name, b.name)),
    isUnconditional: false,
  };
}

const add = (a: AgentCount, b: AgentCount): AgentCount => ({
  kind: b.kind,
  requests: a.requests + b.requests,
  unchanged: a.unchanged + b.unchanged,
  bytes: a.bytes + b.bytes,
  pairs: a.pairs + b.pairs,
});
