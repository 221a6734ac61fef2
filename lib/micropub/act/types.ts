/** What is done to posts, and what came of it. */
import type { Etag, Problem } from "../../model.ts";

/** A file that is not written yet. */
export interface NewFile {
  readonly key: string;
  readonly text: string;
  /** The names that come next, should another writer take this one. */
  readonly others: readonly string[];
}

export interface CreatedPost {
  readonly key: string;
  readonly url: string;
  readonly problems: readonly Problem[];
}

export interface ChangedPost {
  readonly url: string;
  /** Its address is another one now. */
  readonly isMoved: boolean;
  /** Absent once the file is gone. */
  readonly etag?: Etag;
  readonly problems: readonly Problem[];
}
