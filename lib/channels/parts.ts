/**
 * Parts of an archive: a period with more posts than one document has room for is cut into several. Each keeps its name and
 * the place where it ends, so that a post belongs to one of them by its date alone, whenever it comes or goes.
 */
import type { ListedRecord } from "../model.ts";
import { type ChannelPosts, compareOrder, type Dated } from "./cut.ts";
import type { Departed } from "./tombstones.ts";
import type { Bound } from "./types.ts";

/** A part that was published before. */
export interface KnownPart {
  readonly number: number;
  readonly until?: Bound;
}

/** By the name of the period. */
export type KnownParts = ReadonlyMap<string, readonly KnownPart[]>;

/** Its posts newest first, as everywhere. */
export interface Part extends ChannelPosts {
  readonly number: number;
  /** Absent of the last part of a period that is over. */
  readonly until?: Bound;
}

export interface PartsInput extends ChannelPosts {
  readonly known: readonly KnownPart[];
  /** Nothing can be published in the period any more but with a date in the past. */
  readonly isOver: boolean;
  /** Whether the site's feed carries the post. */
  readonly isCarried: (post: ListedRecord) => boolean;
  /** How many of the posts fit into one document, from the oldest on; at most `count`. */
  readonly countFitting: (posts: readonly ListedRecord[], count?: number) => number;
}

/** The first part has the period's own folder, so that a period with a single part looks like one without parts. */
const KEY = /^archive\/([^/]+)(?:\/(\d+))?$/;

export const partKey = (period: string, number: number): string =>
  number === 1 ? `archive/${period}` : `archive/${period}/${number}`;

export function parsePartKey(key: string): { readonly period: string; readonly number: number } | undefined {
  const [, period, number = "1"] = KEY.exec(key) ?? [];
  return period === undefined ? undefined : { period, number: Number(number) };
}

/** From the channels that were published, by key. */
export function knownParts(channels: { readonly [key: string]: { readonly until?: Bound } }): KnownParts {
  const parts = new Map<string, KnownPart[]>();
  for (const [key, { until }] of Object.entries(channels)) {
    const place = parsePartKey(key);
    if (!place) continue;
    const siblings = parts.get(place.period) ?? [];
    siblings.push({ number: place.number, ...(until && { until }) });
    parts.set(place.period, siblings);
  }
  return parts;
}

/**
 * The parts, the oldest first, and what is in none of them yet: the site's feed carries it until the period is over.
 *
 * A part that was published keeps its number and its end. One that has become too large is halved: the older half gets a new
 * number, so that posts which come later find room in both. What is in no part is cut off from its oldest post on, as much
 * as fits, and only when the feed no longer carries all of it: a part is written once, and then left alone.
 */
export function cutParts(input: PartsInput): { readonly parts: readonly Part[]; readonly open: ChannelPosts } {
  const { known, isOver, isCarried, countFitting } = input;
  const numbers = newNumbers(known);
  const cut: { readonly number: number; readonly until?: Bound; readonly posts: readonly ListedRecord[] }[] = [];
  /** What is in no part yet: its end is cut off again and again. */
  const rest = [...input.posts];
  const cutOff = (count: number, number: number, end?: Bound) => {
    const posts = rest.splice(rest.length - count);
    const until = end ?? posts[0]?.facts;
    cut.push({ number, posts, ...(until && { until: { published: until.published, id: until.id } }) });
  };

  for (const { number, until } of endedParts(known)) {
    const oldest = rest.findLastIndex(({ facts }) => compareOrder(facts, until) < 0);
    let count = rest.length - 1 - oldest;
    for (let fitting = countFitting(rest, count); fitting < count; fitting = countFitting(rest, count)) {
      const half = Math.min(fitting, Math.ceil(count / 2));
      cutOff(half, numbers.next());
      count -= half;
    }
    cutOff(count, number, until);
  }
  // Of posts of the same moment, the feed need not carry the first ones.
  const isFull = () => (isOver ? countFitting(rest) < rest.length : rest.some((post) => !isCarried(post)));
  while (isFull()) cutOff(countFitting(rest), numbers.next());
  if (isOver) cut.push({ number: lastPart(known)?.number ?? numbers.next(), posts: rest.splice(0) });

  const partOf = ({ facts }: Dated) => cut.find(({ until }) => !until || compareOrder(facts, until) >= 0);
  const departed = Map.groupBy<ReturnType<typeof partOf>, Departed>(input.departed, partOf);
  return {
    parts: cut.map((part) => ({ ...part, departed: departed.get(part) ?? [] })),
    open: { posts: rest, departed: departed.get(undefined) ?? [] },
  };
}

/** The oldest first. */
function endedParts(known: readonly KnownPart[]): readonly Required<KnownPart>[] {
  return known
    .flatMap(({ number, until }) => (until ? [{ number, until }] : []))
    .sort((a, b) => compareOrder(b.until, a.until));
}

/** The part that holds the rest of its period. Where several are known, as after a rollback, the latest does. */
const lastPart = (known: readonly KnownPart[]): KnownPart | undefined =>
  known.reduce<KnownPart | undefined>(
    (last, part) => (part.until || (last && last.number > part.number) ? last : part),
    undefined,
  );

function newNumbers(known: readonly KnownPart[]): { next(): number } {
  let last = Math.max(0, ...known.map(({ number }) => number));
  return {
    next() {
      last += 1;
      return last;
    },
  };
}
