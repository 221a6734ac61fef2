/** The head: which catalog is current, who writes, and what changed since announcers last looked. */
import { present } from "../base/optional.ts";
import { readObject, type Store } from "../stores/store.ts";
import { NewerState, StateError } from "./objects.ts";
import { type Current, type Mutable, readMutable, swapMutable } from "./swap.ts";
import type { Head } from "./types.ts";

const HEAD: Mutable<Head> = {
  key: "head.json",
  empty: { format: 1, outbox: { paths: [] } },
  fields: ["outbox"],
};

/** The head as it was read. */
export type CurrentHead = Current<Head>;

export const readHead = (state: Store): Promise<CurrentHead> => readMutable(state, HEAD);

/** The same; a damaged head counts as an empty one, with the ETag by which it can be replaced. */
export async function readHeadAnyway(state: Store): Promise<CurrentHead> {
  try {
    return await readHead(state);
  } catch (error) {
    if (!(error instanceof StateError) || error instanceof NewerState) throw error;
    const object = await readObject(state, HEAD.key);
    return { value: HEAD.empty, ...present({ etag: object?.etag }) };
  }
}

/** Puts `next` where `current` was read; `undefined` when another run was quicker. */
export const swapHead = (state: Store, current: CurrentHead, next: Head): Promise<CurrentHead | undefined> =>
  swapMutable(state, HEAD, { current, next });
