/** Addresses at which a feed is no more, or never was: how often they are asked for, and for how many people. */
import type { Agent, MissingCount } from "../types.ts";
import { add, mostOf, openBoundedTally, type Tally } from "./tallies.ts";

/** Addresses that are counted at once: anybody can make up more. */
const MOST = 5_000;

export interface LostAddresses {
  note(address: string, agent: Agent): void;
  /** Those with the most people, then the most requests. */
  most(count: number): readonly (readonly [string, MissingCount])[];
}

/** What tells one feed of an aggregator from its others: its id, else what was asked for. */
export const feedOf = (feedId: string | undefined, asked: string): string => feedId ?? ` ${asked}`;

export function openLost(): LostAddresses {
  const requests = openBoundedTally(MOST, (known, value) => known + value);
  const reported = openBoundedTally(MOST, Math.max);
  return {
    note(address, { name, subscribers, feedId }) {
      requests.note(address, 1);
      if (subscribers !== undefined) reported.note(`${address}\n${name}\n${feedOf(feedId, "")}`, subscribers);
    },
    most(count) {
      const people: Tally = new Map();
      for (const [key, most] of reported.entries()) add(people, key.slice(0, key.indexOf("\n")), most);
      const counts = [...requests.entries()].map(
        ([address, asked]) => [address, { requests: asked, subscribers: people.get(address) ?? 0 }] as const,
      );
      return mostOf(counts, (one) => one.subscribers * 1e9 + one.requests, count);
    },
  };
}
