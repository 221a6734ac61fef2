/** An HTTP response of the preview's server. */
import type { Headers } from "../edge/headers.ts";

export interface Response {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}
