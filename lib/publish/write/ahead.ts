/** Documents that are put together while the lease is taken: the disk is busy then, and the processor is not. */
import { bytesOf } from "../../formats/pieces.ts";
import type { PlannedDocument } from "../../formats/types.ts";
import type { Batch } from "../plan/batches.ts";
import type { EntrySource } from "../render/entries.ts";
import { piecesOf } from "../render/render.ts";
import type { RenderFrom } from "../render/together.ts";
import { areMany } from "./together.ts";

/** Those of the first batch that were made so far. */
export type DocumentsAhead = Map<PlannedDocument, Uint8Array>;

/**
 * Until `taken` is settled. Of many documents none, since both threads make them. What fails fails again when it is made to be
 * written.
 */
export async function makeAhead(
  { put, records }: Batch,
  { entries, ...from }: RenderFrom & { readonly entries: EntrySource },
  taken: Promise<unknown>,
): Promise<DocumentsAhead> {
  const made: DocumentsAhead = new Map();
  if (areMany(put)) return made;
  let isTaken = false;
  const stop = () => {
    isTaken = true;
  };
  taken.then(stop, stop);
  try {
    const pieces = await piecesOf(await entries.gather(records, from));
    for (const { document } of put) {
      await turn();
      if (isTaken) break;
      made.set(document, bytesOf(pieces(document)));
    }
  } catch {
    // It is told where it matters.
  }
  return made;
}

/** Whatever else waits comes first. */
const turn = (): Promise<void> => new Promise((done) => setImmediate(done));
