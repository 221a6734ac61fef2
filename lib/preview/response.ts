/** An HTTP response of the preview's server. */
import type { Headers } from "../edge/headers.ts";

/** What is sent: bytes, or a file that is read while it is sent. */
export type Body = Uint8Array | AsyncIterable<Uint8Array>;

export interface Response<B extends Body = Uint8Array> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: B;
}
