/** One access log, in whichever format it is → its requests. */
import { digestOf } from "../../base/digest.ts";
import type { Day, LogRequest } from "../types.ts";
import { caddyReader } from "./caddy.ts";
import { cloudFrontJsonReader } from "./cloudfront.ts";
import { combinedReader } from "./combined.ts";
import { lineSplitter } from "./lines.ts";
import { plainChunks } from "./plain.ts";
import type { LineReader, LogFormat } from "./types.ts";
import { w3cReader } from "./w3c.ts";

export interface LogResult {
  /** `undefined`: it is no access log. */
  readonly format: LogFormat | undefined;
  /** Lines that are requests, or were meant to be. */
  readonly lines: number;
  readonly damaged: number;
  /** What was packed ends early, or is damaged. */
  readonly isCutShort: boolean;
}

/** Streamed: a few chunks of about 64 KB are held. `chunks` may be packed with gzip. Nothing that a file says makes it throw. */
export async function readLog(
  chunks: AsyncIterable<Uint8Array>,
  take: (request: LogRequest) => void,
): Promise<LogResult> {
  const log = openLog(take);
  let isCutShort = false;
  const plain = plainChunks(chunks, () => {
    isCutShort = true;
  });
  for await (const chunk of plain) if (!log.push(chunk)) break;
  return { ...log.end(), isCutShort };
}

/** After as many lines that are of no format, the file is no access log. */
const MAX_FOREIGN_LINES = 10_000;

/** A format with how many lines were damaged, if the file has it. */
interface Candidate extends LineReader {
  damaged: number;
}

const candidates = (): readonly Candidate[] =>
  [w3cReader(), cloudFrontJsonReader(), combinedReader(), caddyReader()].map((reader) => ({ ...reader, damaged: 0 }));

interface OpenLog {
  /** False once it is clear that it is no access log. */
  readonly push: (chunk: Uint8Array) => boolean;
  readonly end: () => Omit<LogResult, "isCutShort">;
}

/** `line`: as the log has it. */
function openLog(take: (request: LogRequest, line: string) => void): OpenLog {
  const formats = candidates();
  /** The first format that a line is of. */
  let chosen: Candidate | undefined;
  let requests = 0;
  let foreign = 0;
  let isFirst = true;

  function readWith(format: Candidate, line: string): boolean {
    const read = format.read(line);
    if (typeof read === "object") {
      requests++;
      take(read, line);
      return true;
    }
    if (read === "damaged") format.damaged++;
    return read === "unused";
  }

  function readLine(line: string): void {
    if (chosen) {
      readWith(chosen, line);
      return;
    }
    // Not by chunks: what is read of a file must not depend on them.
    if (foreign++ < MAX_FOREIGN_LINES) chosen = formats.find((format) => readWith(format, line));
  }

  function takeText(text: string): void {
    // A byte order mark.
    let from = isFirst && text.charCodeAt(0) === 0xfeff ? 1 : 0;
    isFirst = false;
    while (from < text.length) {
      const newline = text.indexOf("\n", from);
      const next = newline < 0 ? text.length : newline;
      const end = text.charCodeAt(next - 1) === 0x0d ? next - 1 : next;
      if (end > from) readLine(text.slice(from, end));
      from = next + 1;
    }
  }

  function takeLong(): void {
    isFirst = false;
    foreign++;
    for (const format of formats) format.damaged++;
  }

  const splitter = lineSplitter(takeText, takeLong);
  return {
    push: (chunk) => {
      splitter.push(chunk);
      return chosen !== undefined || foreign < MAX_FOREIGN_LINES;
    },
    end: () => {
      splitter.end();
      if (!chosen) return { format: undefined, lines: 0, damaged: 0 };
      return { format: chosen.format, lines: requests + chosen.damaged, damaged: chosen.damaged };
    },
  };
}

/** What the beginning of a file tells. */
export interface LogBeginning {
  readonly format: LogFormat;
  /** Its first request: the day, and a digest of the line, by which copies of a log are known. Absent where none is near. */
  readonly first: { readonly day: Day; readonly digest: string } | undefined;
}

/** Of a file whose first bytes `head` are, packed or not; `undefined`: it is no access log, as far as they tell. */
export async function peekLog(head: Uint8Array): Promise<LogBeginning | undefined> {
  let first: LogBeginning["first"];
  const log = openLog(({ day }, line) => {
    first ??= { day, digest: digestOf(line) };
  });
  for await (const chunk of plainChunks(one(head))) if (!log.push(chunk) || first) break;
  const { format } = log.end();
  return format && { format, first };
}

async function* one(chunk: Uint8Array): AsyncIterable<Uint8Array> {
  yield chunk;
}
