/** The port for large objects that come in parts: whoever uploads may go on after a break. Every adapter passes the suite in `test/stores/`. */
import type { Etag } from "../model.ts";

export interface Upload {
  readonly key: string;
  /** The store's own name of it. */
  readonly id: string;
}

export interface UploadPart {
  /** From 1. */
  readonly number: number;
  /** Bytes. */
  readonly size: number;
  /** Of the part: sent once more, it has another one. */
  readonly etag: Etag;
}

/** The store takes parts itself. */
export interface DirectUploads {
  /** A URL to PUT a part of exactly `size` bytes to, for at most `seconds`, by anybody who has it. */
  addressOf(upload: Upload, part: number, size: number, seconds: number): Promise<string>;
}

/** The store is a folder: the process that serves it takes the parts. */
export interface ServedUploads {
  /** Whole or not at all: one whose stream breaks is not there. Throws `TooLarge` after `maxBytes`. */
  put(upload: Upload, part: number, body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<void>;
}

export interface Uploads {
  /** Nothing is at the key before `complete`. */
  begin(key: string, options: { readonly contentType: string; readonly cacheControl?: string }): Promise<Upload>;
  readonly taking: DirectUploads | ServedUploads;
  /** What has arrived, by its numbers; `undefined` for an upload that is not known, since it ended or expired. */
  parts(upload: Upload): Promise<readonly UploadPart[] | undefined>;
  /**
   * Makes an object of these parts. Throws `StoreConflict` where something is at the key already (as far as the server knows
   * that condition: the key is to be one that nobody else has) or the upload has ended, `StoreUnknown` where it may have
   * succeeded, and `StoreError` where a part is another one than was seen.
   */
  complete(upload: Upload, parts: readonly UploadPart[]): Promise<void>;
  /** Removes what has arrived; that of an upload that is not known succeeds. */
  abort(upload: Upload): Promise<void>;
}

/** A part, or another body, that is larger than it may be. */
export class TooLarge extends Error {
  override readonly name = "TooLarge";
}
