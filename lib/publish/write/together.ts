/** Writing with a helper: both threads claim documents of one list, and put their bytes together from what they share. */
import { type Claims, claim, closeClaims, newClaims, noteDone } from "../../base/claims.ts";
import type { Piece } from "../../formats/pieces.ts";
import type { PlannedDocument } from "../../formats/types.ts";
import type { HeldLease } from "../../state/lease.ts";
import type { Helper, WritePart } from "../helper.ts";
import type { PlannedPut } from "../types.ts";
import { documentsIn, sharedPieces } from "./pieces.ts";

/** Fewer documents are written before a helper knows of them. */
const MANY = 16;
/** A lease that was just renewed, or need not be, holds for longer. */
const WITHIN_MS = 20_000;

export const areMany = (documents: readonly PlannedPut[]): boolean => documents.length >= MANY;

/** Feeds, which are most of the bytes; they share their items. */
export const isShared = ({ document: { source } }: PlannedPut): boolean =>
  source.as === "rss" || source.as === "atom" || source.as === "json";

export interface WriteTogetherInput {
  readonly cacheControl: string;
  readonly lease: HeldLease;
  readonly piecesOf: (document: PlannedDocument) => readonly Piece[];
  readonly knownEtag: (path: string) => string | undefined;
  /** Puts a document here. `mayBePut`: the helper began with it, and did not say what came of it. */
  readonly putHere: (planned: PlannedPut, body: Uint8Array, mayBePut: boolean) => Promise<void>;
  /** Of one that the helper put. */
  readonly onPut: (planned: PlannedPut, put: WritePart["put"][number][1]) => void;
  /** This thread's own work, to be done before it takes part in the writing. */
  readonly first: () => Promise<void>;
}

/** Throws what `putHere` and `first` throw; the helper then begins with no further document. */
export async function writeTogether(
  helper: Helper,
  { cacheControl, lease, piecesOf, knownEtag, putHere, onPut, first }: WriteTogetherInput,
  planned: readonly PlannedPut[],
): Promise<void> {
  const pieces = sharedPieces(planned.map(({ document }) => piecesOf(document)));
  const bytesOfDocument = documentsIn(pieces);
  const documents = planned.map(({ document: { path, contentType } }) => ({
    ...{ path, contentType },
    known: knownEtag(path),
  }));
  const [settled, conflicts] = [new Set<number>(), new Set<number>()];
  const claims = newClaims(planned.length);
  await lease.beforeWrite();
  const helping = helper.help("write", { claims, documents, pieces, cacheControl, within: WITHIN_MS }, (part) => {
    for (const number of part.conflicts) conflicts.add(number);
    for (const [number, put] of part.put) {
      const document = planned[number];
      if (!document || settled.has(number)) continue;
      settled.add(number);
      onPut(document, put);
    }
  });
  const put = async (number: number, mayBePut: boolean) => {
    const document = planned[number];
    if (!document) return;
    await putHere(document, bytesOfDocument(number), mayBePut);
    settled.add(number);
  };
  try {
    await first();
    await forEachClaimed({ claims, total: planned.length }, (number) => put(number, false));
  } finally {
    closeClaims(claims);
    await helping;
  }
  for (const number of planned.keys()) if (!settled.has(number)) await put(number, !conflicts.has(number));
}

/** Until none is left to claim. */
export async function forEachClaimed(
  { claims, total }: { readonly claims: Claims; readonly total: number },
  work: (number: number) => Promise<void>,
): Promise<void> {
  for (;;) {
    const { left, claimed } = claim(claims, 1);
    if (claimed === 0) return;
    await work(total - left);
    noteDone(claims);
  }
}
