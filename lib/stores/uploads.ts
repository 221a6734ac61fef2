/** The port for large objects that come in parts: whoever uploads sends them to the store itself, and may go on after a break. */
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
}

export interface Uploads {
  /** Nothing is at the key before `complete`. */
  begin(key: string, options: { readonly contentType: string; readonly cacheControl?: string }): Promise<Upload>;
  /** A URL to PUT the part to, for at most `seconds`; of a folder a path of the server that serves it. */
  addressOf(upload: Upload, part: number, seconds: number): Promise<string>;
  /** What has arrived; `undefined` for an upload that is not known, since it ended or expired. */
  parts(upload: Upload): Promise<readonly UploadPart[] | undefined>;
  /** Throws `StoreConflict` where something is at the key already. */
  complete(upload: Upload): Promise<Etag>;
  abort(upload: Upload): Promise<void>;
}
