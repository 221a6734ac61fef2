/** What is known of a post besides its file; the other content keys that are asked for become its dependencies. */
import type { Instant } from "../model.ts";

/** The most bytes that are read of another object that a post is made from. */
export const LONGEST_TEXT = 1_000_000;

export interface OutsideFacts {
  /** When the post was first published. */
  readonly published?: Instant | undefined;
  /** The date of the file, where the site allows it (`fileDates`). */
  readonly file?: Instant | undefined;
  /** The other objects of the content store; without it none is missed. */
  readonly others?: OtherObjects | undefined;
}

/** The other objects of the content store, by key. */
export interface OtherObjects {
  /** In bytes; `undefined` where there is no such object. */
  readonly sizeOf: (key: string) => number | undefined;
  /** Of an include, a folder's defaults and the like. What is longer than `LONGEST_TEXT` bytes is cut. */
  readonly textOf: (key: string) => string | undefined;
}

/** The most other keys that count for one post; what it asks for beyond them counts as absent. */
const MOST_DEPS = 2000;

/** Outside facts of which it is noted for what keys they are asked. */
export interface NotedFacts extends Omit<OutsideFacts, "others">, OtherObjects {
  /** Whether the content store was looked into: what is not found then is missing. */
  readonly isLookedUp: boolean;
  /** The keys asked for, sorted. */
  readonly deps: () => readonly string[];
}

export function noted({ others, ...outside }: OutsideFacts): NotedFacts {
  const asked = new Set<string>();
  const isNoted = (key: string) => asked.has(key) || (asked.size < MOST_DEPS && asked.add(key).size > 0);
  return {
    ...outside,
    isLookedUp: others !== undefined,
    sizeOf(key) {
      return isNoted(key) ? others?.sizeOf(key) : undefined;
    },
    textOf(key) {
      return isNoted(key) ? others?.textOf(key) : undefined;
    },
    deps: () => [...asked].sort(),
  };
}
