/**
 * What is kept for a while below `write/` of the state store, and its end. In a bucket of the stack it is ended by lifecycle rules; elsewhere
 * whenever `dripfeed write` begins.
 */
import { forEachAtOnce } from "../base/concurrency.ts";
import { KEPT } from "../base/writing.ts";
import type { Store } from "../stores/store.ts";

/** Days for which objects are of use after they were written, rounded up, by their folder. */
export const PASSING_DAYS: { readonly [folder: string]: number } = {
  challenges: 1,
  codes: 2,
  grants: 1,
  uploads: 2,
  // A phone without a network may repeat what it sent weeks ago.
  created: 60,
  // Which file an address is of, until a run has seen the post, which is a day at most. A draft is seen by no address: as long as it is
  // worked on its mark is written anew, and later its file is found by its name, as that of a draft which came by git.
  posts: 60,
};

const DAY_MS = 24 * 60 * 60 * 1000;

/** As a lifecycle rule does it: by when each object was written last. A store that does not know keeps them. */
export async function removePassed(state: Store, now: Date): Promise<void> {
  for (const [folder, days] of Object.entries(PASSING_DAYS)) {
    const keys: string[] = [];
    for await (const { key } of state.list(`${KEPT}${folder}/`)) keys.push(key);
    await forEachAtOnce(keys, async (key) => {
      const object = await state.get(key, undefined, 1);
      if (object === undefined || object === "unchanged" || object.modified === undefined) return;
      if (now.getTime() - Date.parse(object.modified) > days * DAY_MS) await state.delete(key);
    });
  }
}
