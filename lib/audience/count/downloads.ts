/**
 * Downloads of episodes and videos by the IAB's podcast measurement guidelines (2.2 and 2.3, which agree here): GET answered 200 or
 * 206, a minute of it at least, one for each address, User-Agent and day.
 */
import type { LogRequest, RecordingFile } from "../types.ts";

/** Bytes a second where the length is unknown: 128 kbit/s, as most podcasts have. */
const USUAL_BITRATE = 16_000;
const MINUTE = 60;

/** Bytes that must have been sent: a minute, by the file's mean bitrate; all of a shorter file, or of one of unknown duration. */
export function leastBytes({ length, duration }: RecordingFile): number {
  if (length === 0) return USUAL_BITRATE * (duration > 0 ? Math.min(duration, MINUTE) : MINUTE);
  return duration > MINUTE ? Math.ceil((length * MINUTE) / duration) : length;
}

/** Players ask for the first two bytes to see whether they may ask for parts, which is no listening. */
const PROBE = 2;
/** Nor is less than this part of a file: so there are only so many parts that lie apart. */
const SMALLEST = 20_000;

/** What one client has of one file. */
export interface Received {
  /** First and last byte of each part whose place is known, one after another: sorted, and apart from each other. */
  readonly known: number[];
  /** How many bytes these are. */
  bytes: number;
  /** Bytes of parts whose place is unknown, which may be the same ones again. */
  unknown: number;
}

export const nothingYet = (): Received => ({ known: [], bytes: 0, unknown: 0 });

/** After another answer with so many bytes. Without a range in the log, only 200 is from the start. */
export function receive(
  received: Received,
  file: RecordingFile,
  { status, bytes, range }: Pick<LogRequest, "status" | "bytes" | "range">,
): void {
  const fewest = Math.max(PROBE + 1, Math.ceil((file.length || leastBytes(file)) / SMALLEST));
  const isWhole = status === 200;
  if (!isWhole && range === undefined) {
    if (bytes >= fewest) received.unknown += bytes;
    return;
  }
  const start = isWhole ? 0 : (range?.start ?? 0);
  const sent = start + bytes - 1;
  // Some logs count headers, too: no byte is after the last one.
  const last = file.length === 0 ? sent : Math.min(sent, file.length - 1);
  const end = isWhole ? last : Math.min(range?.end ?? last, last);
  if (end - start + 1 >= fewest) join(received, start, end);
}

/** Puts a part among others, as one with those that it touches. */
function join(received: Received, start: number, end: number): void {
  const { known } = received;
  // The first part that does not end before it.
  let low = 0;
  let high = known.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((known[2 * middle + 1] ?? 0) < start - 1) low = middle + 1;
    else high = middle;
  }
  let after = low;
  let [from, to] = [start, end];
  for (; after < known.length / 2 && (known[2 * after] ?? 0) <= end + 1; after++) {
    const [first = from, last = to] = known.slice(2 * after, 2 * after + 2);
    received.bytes -= last - first + 1;
    from = Math.min(from, first);
    to = Math.max(to, last);
  }
  received.bytes += to - from + 1;
  known.splice(2 * low, 2 * (after - low), from, to);
}

/** Whether it is a download, and whether that is an estimate: bytes were added, or the length is unknown. */
export function downloadOf({ bytes, unknown }: Received, file: RecordingFile): "exact" | "estimated" | undefined {
  const least = leastBytes(file);
  if (bytes >= least) return file.length === 0 ? "estimated" : "exact";
  return bytes + unknown >= least ? "estimated" : undefined;
}
