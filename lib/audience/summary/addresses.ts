/** Addresses at which there is no feed, or no more, and that are still asked for. */
import { compareKeys } from "../../stores/store.ts";
import type { DayCount, MissingCount } from "../types.ts";
import type { Audience, MissingAddress } from "./types.ts";

/** The rest of a long list is of addresses that were asked for once or twice. */
const MOST = 50;

/** `isServed`: whether site.yaml has anything at an address by now. */
export const selectMissing = (
  counts: readonly DayCount[],
  isServed: (address: string) => boolean,
): readonly MissingAddress[] =>
  mostWanted(counts.map(({ missing }) => missing)).map((found) => ({ ...found, isServed: isServed(found.address) }));

/** An address that was an alias and is retired now, or the other way round, is what it was on the last day. */
export const selectFormer = (counts: readonly DayCount[]): Audience["former"] =>
  mostWanted(counts.map(({ former }) => former));

/** Requests are added; people are those of the last day on which it was asked for. */
function mostWanted<Count extends MissingCount>(
  days: readonly { readonly [address: string]: Count }[],
): readonly ({ readonly address: string } & Count)[] {
  const sums = new Map<string, { readonly address: string } & Count>();
  for (const [address, count] of days.flatMap((day) => Object.entries(day))) {
    const requests = count.requests + (sums.get(address)?.requests ?? 0);
    sums.set(address, { address, ...count, requests });
  }
  return [...sums.values()]
    .filter(({ requests }) => requests > 0)
    .toSorted((a, b) => b.subscribers - a.subscribers || b.requests - a.requests || compareKeys(a.address, b.address))
    .slice(0, MOST);
}
