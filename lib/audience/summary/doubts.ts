/** Counts of aggregators that are not believed: anyone can send a User-Agent that says a million subscribers. */
import { compareKeys } from "../../stores/store.ts";
import { KNOWN } from "../agents/known.ts";
import { at } from "../count/tallies.ts";
import { numberOf } from "../days.ts";
import type { DayCount } from "../types.ts";
import type { DoubtfulCount } from "./types.ts";

/** Beyond so many times what it reported before. */
const TIMES = 10;
/** Lower counts are compared as if they were this one, so that nothing up to 20 is doubtful. */
const LOWEST = 2;
/** What was reported longer ago is not compared with. */
const DAYS_BEFORE = 30;
/** After so many counted days in a row on which it reported about the same. */
const DAYS_TO_BELIEVE = 7;

export interface BelievedDays {
  /** The same days, without the counts that are doubtful. */
  readonly days: readonly DayCount[];
  /** The newest first. */
  readonly doubtful: readonly DoubtfulCount[];
}

/**
 * `counts` in the order of their days. In the place of a doubtful count stands what the aggregator reported on the counted day before,
 * and nothing where it reported nothing: so that a forged number, which hides the true one of its day, makes no figure lower either. New
 * aggregators that no table knows are judged together, by what is believed of all others that day. What is less than ten times as much,
 * or the first number of an aggregator that is known, cannot be told from a true one.
 */
export function leaveOutDoubtful(counts: readonly DayCount[]): BelievedDays {
  const doubts = doubtsIn(counts);
  const byDay = Map.groupBy(doubts, ({ day }) => day);
  return {
    days: counts.map((count) => without(count, byDay.get(count.day))),
    doubtful: doubts
      .map(({ instead, ...doubtful }) => doubtful)
      .toSorted(
        (a, b) => compareKeys(b.day, a.day) || compareKeys(a.channel, b.channel) || compareKeys(a.agent, b.agent),
      ),
  };
}

interface Doubt extends DoubtfulCount {
  /** What it reported on the counted day before. */
  readonly instead: number | undefined;
}

/** What one aggregator reported for one channel. */
interface Said {
  /** Believed counts of the last days, by the number of the day: only those that no later one reaches, so that the first is the highest. */
  readonly believed: { readonly on: number; readonly count: number }[];
  /** Doubtful counts on counted days in a row that are about the same. */
  streak: Streak | undefined;
  /** What stands in the figures of the last day on which it reported anything. */
  last: { readonly place: number; readonly count: number | undefined };
}

interface Streak {
  /** The place of its last day among those that were counted. */
  readonly last: number;
  readonly days: number;
  readonly lowest: number;
  readonly highest: number;
}

function doubtsIn(counts: readonly DayCount[]): readonly Doubt[] {
  const saidBy = new Map<string, Said>();
  const saidAt = (key: string) =>
    at(saidBy, key, () => ({ believed: [], streak: undefined, last: { place: -1, count: undefined } }));
  const doubts: Doubt[] = [];
  for (const [place, { day, channels }] of counts.entries()) {
    const on = numberOf(day);
    /** All that is believed of the day so far. */
    let believed = 0;
    const judge = (one: Reported, before: number, isFar: boolean) => {
      const { channel, agent, count } = one;
      const reported = saidAt(`${channel}\n${agent}`); // neither has a line break
      const isDoubted = isFar && !isBelievedSince(reported, { count, place });
      const instead = reported.last.place === place - 1 ? reported.last.count : undefined;
      const shown = isDoubted ? instead : count;
      reported.last = { place, count: shown };
      believed += shown ?? 0;
      if (isDoubted) doubts.push({ day, channel, agent, count, before, instead });
      else for (const each of [reported, saidAt(agent)]) believe(each, on, count);
    };

    const unheard: Reported[] = [];
    for (const one of reportedIn(channels)) {
      const own = highestOf(saidAt(`${one.channel}\n${one.agent}`), on);
      const isKnown = KNOWN_AGGREGATORS.has(one.agent);
      // In a new channel of one that is not known it is compared with what it reported for others.
      const before = own ?? (isKnown ? undefined : highestOf(saidAt(one.agent), on));
      if (before !== undefined) judge(one, before, isFarBeyond(one.count, before));
      else if (isKnown) judge(one, one.count, false);
      else unheard.push(one);
    }
    // Together: many small numbers under many names are one large number.
    const isFar = isFarBeyond(
      unheard.reduce((sum, { count }) => sum + count, 0),
      believed,
    );
    const before = believed;
    for (const one of unheard) judge(one, before, isFar);
  }
  return doubts;
}

interface Reported {
  readonly channel: string;
  readonly agent: string;
  readonly count: number;
}

/** Those that the table knows come first, so that the others are compared with what is believed of them. */
function reportedIn(channels: DayCount["channels"]): readonly Reported[] {
  const all = Object.entries(channels).flatMap(([channel, { subscribers }]) =>
    Object.entries(subscribers).map(([agent, count]) => ({ channel, agent, count })),
  );
  const rank = ({ agent }: Reported) => (KNOWN_AGGREGATORS.has(agent) ? 0 : 1);
  return all.sort((a, b) => rank(a) - rank(b));
}

const KNOWN_AGGREGATORS: ReadonlySet<string> = new Set(KNOWN.aggregator);

/** Nothing where it has reported nothing lately: then there is nothing to compare with. */
function highestOf({ believed }: Said, on: number): number | undefined {
  while (believed[0] && believed[0].on < on - DAYS_BEFORE) believed.shift();
  return believed[0]?.count;
}

const isFarBeyond = (count: number, before: number): boolean => count > TIMES * Math.max(before, LOWEST);

/** Notes the doubt. What has been reported for long enough is believed, as when a site became known in a day. */
function isBelievedSince(
  reported: Said,
  { count, place }: { readonly count: number; readonly place: number },
): boolean {
  const { streak } = reported;
  const goesOn =
    streak?.last === place - 1 && !isFarBeyond(count, streak.lowest) && !isFarBeyond(streak.highest, count)
      ? streak
      : { days: 0, lowest: count, highest: count };
  if (goesOn.days >= DAYS_TO_BELIEVE) return true;
  reported.streak = {
    last: place,
    days: goesOn.days + 1,
    lowest: Math.min(goesOn.lowest, count),
    highest: Math.max(goesOn.highest, count),
  };
  return false;
}

function believe({ believed }: Said, on: number, count: number): void {
  while ((believed.at(-1)?.count ?? Infinity) <= count) believed.pop();
  believed.push({ on, count });
}

function without(count: DayCount, doubts: readonly Doubt[] = []): DayCount {
  if (doubts.length === 0) return count;
  const byChannel = Map.groupBy(doubts, ({ channel }) => channel);
  const channels = Object.entries(count.channels).map(([key, channel]) => {
    const instead = new Map(byChannel.get(key)?.map((doubt) => [doubt.agent, doubt.instead]));
    const subscribers = Object.entries(channel.subscribers).flatMap(([agent, reported]) => {
      const believed = instead.has(agent) ? instead.get(agent) : reported;
      return believed === undefined ? [] : [[agent, believed] as const];
    });
    return [key, { ...channel, subscribers: Object.fromEntries(subscribers) }] as const;
  });
  return { ...count, channels: Object.fromEntries(channels) };
}
