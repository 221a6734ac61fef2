/** Reading logs that tests have in memory. */
import { type LogResult, readLog } from "../../../lib/audience/logs/read.ts";
import type { LogRequest } from "../../../lib/audience/types.ts";

export interface Reading extends LogResult {
  readonly requests: readonly LogRequest[];
}

export async function* streamed(chunks: Iterable<Uint8Array>): AsyncIterable<Uint8Array> {
  yield* chunks;
}

export async function reading(...chunks: readonly (Uint8Array | string)[]): Promise<Reading> {
  const requests: LogRequest[] = [];
  const bytes = chunks.map((chunk) => Buffer.from(chunk));
  const result = await readLog(streamed(bytes), (request) => requests.push(request));
  return { ...result, requests };
}

/** The bytes in parts that end at some places. */
export function cutAt(bytes: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
  const ends = [...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return ends.map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end));
}
