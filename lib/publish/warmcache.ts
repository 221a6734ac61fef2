/** The warm cache: what a process that stays keeps from one run to the next. */
import type { IdsFile } from "../adopt/idsfile.ts";
import type { HeldEntry } from "../formats/types.ts";

export interface WarmCache {
  /** By input hash. */
  entries: Map<string, HeldEntry>;
  /** Bytes of the posts of these entries. */
  weight: number;
  /** `ids.jsonl`, as it was read last. */
  ids?: IdsFile;
}

export const emptyWarmCache = (): WarmCache => ({ entries: new Map(), weight: 0 });

/** Bytes of posts, beyond which only the entries of the last documents stay, which following documents may share. */
const MAX_BYTES = 16_000_000;

/** `bytes` are those of the posts whose entries were not in the cache yet. */
export function keepWarm(cache: WarmCache, entries: ReadonlyMap<string, HeldEntry>, bytes: number): void {
  cache.weight += bytes;
  if (cache.weight > MAX_BYTES) [cache.entries, cache.weight] = [new Map(), bytes];
  for (const [inputHash, entry] of entries) cache.entries.set(inputHash, entry);
}
