/** Drawing: the bytes of planned documents, with few entries held at once. */
import { isListed } from "../channels/listed.ts";
import { documentRenderer } from "../formats/document.ts";
import type { ListedRecord, Plan, PlannedDocument } from "../model.ts";
import { channelId } from "./ids.ts";
import { Doubtful, doubtAlso, type Entries, type Memo, NO_DOUBTS } from "./memo.ts";
import type { Known, Pass } from "./pass.ts";
import { batchesOf, slicesOf } from "./slices.ts";
import type { View } from "./view.ts";

/** Gives the bytes of documents whose entries are at hand. */
export function rendererOf(
  { site }: Pass,
  { authority, podcastGuid }: Known,
  { plan: { windows } }: View,
  entries: Entries,
): (document: PlannedDocument) => Uint8Array {
  return documentRenderer({
    ...{ site, podcastGuid, entries, windows },
    channelId: (channel) => channelId(channel, authority),
  });
}

export type Draw = (put: Plan["put"]) => AsyncIterable<readonly [path: string, body: Uint8Array]>;

/** Gives the bytes of any planned documents, gathering their entries a slice at a time. */
export function drawer(pass: Pass, known: Known, view: View, memo: Memo): Draw {
  return async function* (put) {
    for (const slice of slicesOf({ ...view.plan, put, remove: [] })) {
      const render = rendererOf(pass, known, view, await memo.gather(slice.records, view));
      for (const { document } of slice.put) yield [document.path, render(document)];
    }
  };
}

/** Throws `Doubtful` when any entry that a pass needs, or any at all if all are to be rendered, cannot be had. */
export async function proveEntries(pass: Pass, { plan, settled, posts }: View, memo: Memo): Promise<void> {
  const all: readonly Iterable<ListedRecord>[] = pass.renderAll
    ? batchesOf(settled.records.filter(isListed))
    : slicesOf(plan).map(({ records }) => records);
  let doubts = NO_DOUBTS;
  for (const records of all) {
    await memo.gather(records, { posts }).catch((error: unknown) => {
      if (!(error instanceof Doubtful)) throw error;
      doubts = doubtAlso(doubts, error.doubts);
    });
  }
  if (doubts !== NO_DOUBTS) throw new Doubtful(doubts);
}
