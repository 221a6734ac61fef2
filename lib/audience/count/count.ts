/** Log files → the counts of their days: files are read as streams, in the order of their first requests, with a few days open. */
import { readAgent } from "../agents/agents.ts";
import { daysAfter } from "../days.ts";
import { type LogResult, readLog } from "../logs/read.ts";
import type { Day, DayCount, LogRequest, Target } from "../types.ts";
import { type Asker, type DayCounter, openDay } from "./day.ts";
import { type LogFile, partsOf } from "./files.ts";
import { openHasher } from "./hashes.ts";

export interface CountedLogs {
  /** By day. */
  readonly days: ReadonlyMap<Day, DayCount>;
  /** Lines that could not be read. */
  readonly damaged: number;
  /** Keys of compressed files that end early, and of files that are no access logs, though their names say so. */
  readonly cut: readonly string[];
  readonly foreign: readonly string[];
  /** Requests for other hosts, which are not counted. */
  readonly elsewhere: number;
}

export interface CountOptions {
  readonly isWanted: (day: Day) => boolean;
  readonly targetOf: (path: string, query: string) => Target;
  readonly isOwnHost: (host: string) => boolean;
  /** Two numbers of 32 bits, by chance. */
  readonly salt: readonly [number, number];
}

/** Texts that are held at a time, so that what is not asked for again is forgotten. */
const MOST_TEXTS = 100_000;
/** Files that are begun before it is their turn: of small ones most time is spent waiting. */
const AHEAD = 16;

/**
 * A day is closed when the next file begins two days later, since logs are in the order of time, about. Where that was not so, the
 * days that a later file had more of are counted again, all of them open to the end.
 */
export async function countLogs(files: readonly LogFile[], options: CountOptions): Promise<CountedLogs> {
  const first = await countPass(files, options, true);
  if (first.torn.size === 0) return first;
  const again = await countPass(files, { ...options, isWanted: (day) => first.torn.has(day) }, false);
  return { ...first, days: new Map([...first.days, ...again.days]) };
}

async function countPass(
  files: readonly LogFile[],
  { isWanted, targetOf, isOwnHost, salt }: CountOptions,
  mayClose: boolean,
): Promise<CountedLogs & { readonly torn: ReadonlySet<Day> }> {
  const hasher = openHasher(salt);
  const open = new Map<Day, DayCounter>();
  const days = new Map<Day, DayCount>();
  const torn = new Set<Day>();
  const cut: string[] = [];
  const foreign: string[] = [];
  let damaged = 0;
  let elsewhere = 0;

  const agentOf = held((text): Asker => ({ agent: readAgent(text), hash: hasher.of(text) }));
  const wanted = held(isWanted);
  const answered = held((address) => {
    const mark = address.indexOf("?");
    return mark < 0 ? targetOf(address, "") : targetOf(address.slice(0, mark), address.slice(mark + 1));
  });

  const take = (request: LogRequest, mayBeElsewhere: boolean) => {
    const { day, host, agent, path, query } = request;
    if (!wanted(day)) return;
    if (mayBeElsewhere && host !== undefined && !isOwnHost(host)) {
      elsewhere += 1;
      return;
    }
    let counter = open.get(day);
    if (!counter) {
      if (days.has(day)) {
        torn.add(day);
        return;
      }
      counter = openDay(day, hasher);
      open.set(day, counter);
    }
    counter.take(request, agentOf(agent), answered(query === "" ? path : `${path}?${query}`));
  };
  const close = (isOver: (day: Day) => boolean) => {
    for (const [day, counter] of open) {
      if (!isOver(day)) continue;
      days.set(day, counter.finish());
      open.delete(day);
    }
  };

  for await (const { file, parts, next } of readAhead(files)) {
    const result: LogResult = await readLog(parts, (request) => take(request, !file.isOfCdn));
    if (result.format === undefined) foreign.push(file.key);
    damaged += result.damaged;
    if (result.isCutShort) cut.push(file.key);
    const before = next && daysAfter(next.day, -1);
    if (mayClose && before !== undefined) close((day) => day < before);
  }
  close(() => true);
  return { days, damaged, cut, foreign, elsewhere, torn };
}

/** Each file with its parts, of which the first is read while files before it are counted. */
async function* readAhead(files: readonly LogFile[]) {
  const begun: AsyncIterator<Uint8Array>[] = [];
  for (const [i, file] of files.entries()) {
    for (let at = i + begun.length; at < files.length && begun.length < AHEAD; at++) {
      const [coming] = files.slice(at, at + 1);
      if (coming) begun.push(started(partsOf(coming)));
    }
    const [parts] = begun.splice(0, 1);
    if (parts) yield { file, parts: { [Symbol.asyncIterator]: () => parts }, next: files[i + 1] };
  }
}

/** Asks for the first part at once. */
function started(parts: AsyncIterable<Uint8Array>): AsyncIterator<Uint8Array> {
  const iterator = parts[Symbol.asyncIterator]();
  let first: ReturnType<typeof iterator.next> | undefined = iterator.next();
  first.catch(() => undefined); // thrown where it is awaited
  return {
    next() {
      const result = first ?? iterator.next();
      first = undefined;
      return result;
    },
  };
}

/**
 * What is worked out of texts that come again and again. A text of a log is a part of a much longer one, which stays in memory as
 * long as the part: a copy is kept instead.
 */
function held<Value>(make: (text: string) => Value): (text: string) => Value {
  const values = new Map<string, Value>();
  return (text) => {
    const known = values.get(text);
    if (known !== undefined) return known;
    if (values.size >= MOST_TEXTS) values.clear();
    const copy = Buffer.from(text, "utf16le").toString("utf16le");
    const value = make(copy);
    values.set(copy, value);
    return value;
  };
}
