/**
 * Downloads of episodes and videos by the IAB's podcast measurement guidelines (2.2 and 2.3, which agree here): GET answered 200 or
 * 206, a minute of it at least, one for each address, User-Agent and day.
 */
import type { LoggedRange, RecordingFile } from "../types.ts";

/** Bytes a second where the length is unknown: 128 kbit/s, as most podcasts have. */
const USUAL_BITRATE = 16_000;
const MINUTE = 60;

/** Bytes that must have been sent: a minute, by the file's mean bitrate; all of a shorter file, or of one of unknown duration. */
export function leastBytes({ length, duration }: RecordingFile): number {
  if (length === 0) return USUAL_BITRATE * (duration > 0 ? Math.min(duration, MINUTE) : MINUTE);
  return duration > MINUTE ? Math.ceil((length * MINUTE) / duration) : length;
}

/** No player asks for a minute in so many pieces that lie apart; who does is not counted, and takes no time. */
const MOST_PARTS = 256;

/** What one client has of one file. */
export interface Received {
  /** First and last byte of each part, sorted and apart: those whose place is known. */
  known: readonly LoggedPart[];
  /** Bytes of parts whose place is unknown, which may be the same ones again. */
  unknown: number;
}

type LoggedPart = readonly [start: number, end: number];

/** After another answer with so many bytes. Without a range in the log, only 200 is from the start. */
export function receive(received: Received, status: number, bytes: number, range: LoggedRange | undefined): void {
  if (bytes <= 0 || received.known.length > MOST_PARTS) return;
  const isWhole = status === 200;
  if (!isWhole && range === undefined) {
    received.unknown += bytes;
    return;
  }
  const start = isWhole ? 0 : (range?.start ?? 0);
  const sent = start + bytes - 1;
  const end = isWhole ? sent : Math.min(range?.end ?? sent, sent);
  if (end >= start) received.known = joined(received.known, [start, end]);
}

function joined(parts: readonly LoggedPart[], [start, end]: LoggedPart): readonly LoggedPart[] {
  const apart = parts.filter(([from, to]) => to < start - 1 || from > end + 1);
  const touching = parts.filter(([from, to]) => to >= start - 1 && from <= end + 1);
  const all: LoggedPart = [
    Math.min(start, ...touching.map(([from]) => from)),
    Math.max(end, ...touching.map(([, to]) => to)),
  ];
  return [...apart, all].sort(([a], [b]) => a - b);
}

/** Whether it is a download, and whether that is an estimate: bytes were added, or the length is unknown. */
export function downloadOf({ known, unknown }: Received, file: RecordingFile): "exact" | "estimated" | undefined {
  if (known.length > MOST_PARTS) return undefined;
  const least = leastBytes(file);
  const bytes = known.reduce((sum, [start, end]) => sum + end - start + 1, 0);
  if (bytes >= least) return file.length === 0 ? "estimated" : "exact";
  return bytes + unknown >= least ? "estimated" : undefined;
}
