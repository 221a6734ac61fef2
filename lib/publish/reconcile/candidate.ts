/** A post that was read, on its way to a record. */
import type { AdoptedPost } from "../../adopt/ledger.ts";
import type { Etag, Problem } from "../../model.ts";
import type { PostMetadata } from "../scan/findings.ts";
import type { KnownPost } from "./recognise.ts";

export interface Candidate {
  readonly post: PostMetadata;
  readonly etag: Etag;
  readonly deps?: readonly string[];
  readonly depsDigest?: string;
  readonly problems: readonly Problem[];
  /** The published post that it is, if it is one. */
  readonly known: KnownPost | undefined;
  /** Of a post that is not known: what readers know of it all the same, from a former system or a ledger that was lost. */
  readonly adopted: AdoptedPost | undefined;
  /** The file is the very one that its record was made from, read by other rules now. */
  readonly isSameFile: boolean;
}
