/** The warm cache: what a process that stays keeps from one run to the next. */
import type { IdsFile } from "../adopt/idsfile.ts";
import type { HeldEntry } from "../formats/types.ts";
import type { Facts } from "../model.ts";

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

interface NeededRecord {
  readonly facts: Pick<Facts, "inputHash" | "size">;
}

/** Lets go of entries that no `needed` record has, where those still missing would not fit beside them. */
export function makeRoom(cache: WarmCache, needed: readonly NeededRecord[]): void {
  const kept: WarmCache = emptyWarmCache();
  let coming = 0;
  for (const { facts } of needed) {
    const entry = cache.entries.get(facts.inputHash);
    if (!entry) coming += facts.size;
    else if (!kept.entries.has(facts.inputHash)) {
      kept.entries.set(facts.inputHash, entry);
      kept.weight += facts.size;
    }
  }
  if (coming > 0 && cache.weight + coming > MAX_BYTES) Object.assign(cache, kept);
}

/** `bytes` are those of the posts whose entries were not in the cache yet. */
export function keepWarm(cache: WarmCache, entries: ReadonlyMap<string, HeldEntry>, bytes: number): void {
  cache.weight += bytes;
  if (cache.weight > MAX_BYTES) [cache.entries, cache.weight] = [new Map(), bytes];
  for (const [inputHash, entry] of entries) cache.entries.set(inputHash, entry);
}
