/** What a catalog that was read back from documents does not know, and how it says so. */
import type { Facts } from "../model.ts";
import type { Catalog } from "./types.ts";

/** Stands for the digest of a post's words, or for the fingerprint of a document, where it was lost. */
export const UNKNOWN = "";

/** Was the catalog read back from documents? What its records were read with is unknown then. */
export const isRecovered = (catalog: Pick<Catalog, "reader"> | undefined): boolean => catalog?.reader === UNKNOWN;

/** Was the post read back from documents, and its file not read since? */
export const hasUnknownText = ({ sourceDigest }: Pick<Facts, "sourceDigest">): boolean => sourceDigest === UNKNOWN;

/** Is the fingerprint of a published document unknown? Its bytes may be the right ones all the same. */
export const hasUnknownFingerprint = (catalog: Catalog | undefined, path: string): boolean =>
  catalog?.documents[path]?.fingerprint === UNKNOWN;
