/** Puts documents together while the lease is taken: the disk is busy then, and the processor is not. */
import { bytesOf } from "../../formats/pieces.ts";
import type { PlannedDocument } from "../../formats/types.ts";
import type { Batch } from "../plan/batches.ts";
import type { EntrySource } from "../render/entries.ts";
import { piecesOf } from "../render/render.ts";
import type { RenderFrom } from "../render/together.ts";
import { areMany } from "./together.ts";

/** Bytes of documents that are not written yet. */
export type DocumentsAhead = ReadonlyMap<PlannedDocument, Uint8Array>;

/**
 * Of the batch that is written first, as many as there is time for until `taken` is settled. None of a large batch, which both
 * threads make. A document that cannot be made is left out: making it for the write then throws, where that is handled.
 */
export async function makeAhead(
  { put, records }: Batch,
  { entries, ...from }: RenderFrom & { readonly entries: EntrySource },
  taken: Promise<unknown>,
): Promise<DocumentsAhead> {
  const made = new Map<PlannedDocument, Uint8Array>();
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
    // `writeBatch` makes what is missing, and throws the same.
  }
  return made;
}

/** Lets go on whatever waits, such as the lease. */
const turn = (): Promise<void> => new Promise((done) => setImmediate(done));
