/** Addresses at which there is no feed, or no more, and that are still asked for. */
import { compareKeys } from "../../stores/store.ts";
import type { Audience, DayCount } from "../types.ts";

/** The rest of a long list is of addresses that were asked for once or twice. */
const MOST = 50;

export const selectMissing = (counts: readonly DayCount[]): Audience["missing"] =>
  mostRequested(counts.map(({ missing }) => missing));

/** An address that was an alias and is retired now, or the other way round, is what it was on the last day. */
export const selectFormer = (counts: readonly DayCount[]): Audience["former"] =>
  mostRequested(counts.map(({ former }) => former));

function mostRequested<Count extends { readonly requests: number }>(
  days: readonly { readonly [address: string]: Count }[],
): readonly ({ readonly address: string } & Count)[] {
  const sums = new Map<string, { readonly address: string } & Count>();
  for (const [address, count] of days.flatMap((day) => Object.entries(day))) {
    const requests = count.requests + (sums.get(address)?.requests ?? 0);
    sums.set(address, { address, ...count, requests });
  }
  return [...sums.values()]
    .filter(({ requests }) => requests > 0)
    .toSorted((a, b) => b.requests - a.requests || compareKeys(a.address, b.address))
    .slice(0, MOST);
}
