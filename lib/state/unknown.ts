/** What only a lost ledger knew, and how a catalog that was read back from documents says so. */
import { digestOf } from "../base/digest.ts";
import type { Catalog, Facts, Plan } from "../model.ts";

/** Stands for the digest of a post's words, or for what a document was made from, where nobody knows it any more. */
export const UNKNOWN = "";

/** Was the catalog read back from documents? Nobody knows what its records were read with. */
export const isRecovered = (catalog: Pick<Catalog, "reading"> | undefined): boolean => catalog?.reading === UNKNOWN;

/** Has the post not been met since its ledger was lost? */
export const isWordless = ({ sourceDigest }: Pick<Facts, "sourceDigest">): boolean => sourceDigest === UNKNOWN;

/** Of a planned document: is one there of which nobody knows what it was made from? */
export const mayBeHeld = (catalog: Catalog | undefined, { path, reason }: Plan["put"][number]): boolean =>
  reason === "changed" && catalog?.documents[path]?.fingerprint === UNKNOWN;

/** And is it these very bytes? */
export const isHeld = (catalog: Catalog | undefined, path: string, body: Uint8Array): boolean =>
  catalog?.documents[path]?.digest === digestOf(body);
