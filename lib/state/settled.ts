/** When all that was published is announced, so that caches have to serve what the public store holds. */
import type { Etag } from "../model.ts";
import type { Store } from "../stores/store.ts";
import { ANNOUNCING, isNothing } from "./announcing.ts";
import { readHead } from "./head.ts";
import { readMutable } from "./swap.ts";

/**
 * Names this state of affairs: as long as it is the same, nothing was written. Nothing before the first publication, while a run holds
 * the lease, and while anything waits to be announced to caches; hubs are no caches.
 */
export async function settledHead(state: Store): Promise<Etag | undefined> {
  const { value: head, etag } = await readHead(state);
  const { media = [], ...outbox } = head.outbox;
  if (head.catalog === undefined || head.lease || !isNothing({ ...outbox, media })) return undefined;
  const { value: announcing } = await readMutable(state, ANNOUNCING);
  return announcing.taken.every(isNothing) ? etag : undefined;
}
