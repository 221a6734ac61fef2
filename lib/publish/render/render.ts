/** Drawing: the bytes of planned documents, with few entries held at once. */
import { isListed } from "../../channels/listed.ts";
import { documentRenderer } from "../../formats/document.ts";
import type { ListedRecord, Plan, PlannedDocument } from "../../model.ts";
import { channelId } from "../../state/ids.ts";
import { batchesOf, recordBatches } from "../plan/batches.ts";
import type { Run, Snapshot } from "../run.ts";
import type { View } from "../view.ts";
import { Doubtful, doubtAlso, type Entries, type EntryCache, NO_DOUBTS } from "./entries.ts";

/** Gives the bytes of documents whose entries are at hand. */
export function rendererOf(
  { site }: Run,
  { authority, podcastGuid }: Snapshot,
  { plan: { windows } }: View,
  entries: Entries,
): (document: PlannedDocument) => Uint8Array {
  return documentRenderer({
    ...{ site, podcastGuid, entries, windows },
    channelId: (channel) => channelId(channel, authority),
  });
}

export type Draw = (put: Plan["put"]) => AsyncIterable<readonly [path: string, body: Uint8Array]>;

/** Gives the bytes of any planned documents, gathering their entries a batch at a time. */
export function drawer(run: Run, known: Snapshot, view: View, cache: EntryCache): Draw {
  return async function* (put) {
    for (const batch of batchesOf({ ...view.plan, put, remove: [] })) {
      const render = rendererOf(run, known, view, await cache.gather(batch.records, view));
      for (const { document } of batch.put) yield [document.path, render(document)];
    }
  };
}

/** Throws `Doubtful` when any entry that a run needs, or any at all if all are to be rendered, cannot be had. */
export async function proveEntries(run: Run, { plan, reconciled, posts }: View, cache: EntryCache): Promise<void> {
  const all: readonly Iterable<ListedRecord>[] = run.renderAll
    ? recordBatches(reconciled.records.filter(isListed))
    : batchesOf(plan).map(({ records }) => records);
  let doubts = NO_DOUBTS;
  for (const records of all) {
    await cache.gather(records, { posts }).catch((error: unknown) => {
      if (!(error instanceof Doubtful)) throw error;
      doubts = doubtAlso(doubts, error.doubts);
    });
  }
  if (doubts !== NO_DOUBTS) throw new Doubtful(doubts);
}
