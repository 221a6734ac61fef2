/** Log files → the counts of their days: files are streamed in the order of their first requests, and days are closed between them. */
import { memoisedTexts } from "../../base/memoised.ts";
import { StoreUnreadable } from "../../stores/store.ts";
import { readAgent } from "../agents/agents.ts";
import { daysAfter } from "../days.ts";
import { type LogResult, readLog } from "../logs/read.ts";
import type { Day, DayCount, LogRequest, Target } from "../types.ts";
import { type Asker, type DayCounter, openDay } from "./day.ts";
import { type LogFile, partsOf } from "./files.ts";
import { openHasher, type Salt } from "./hashes.ts";
import { add, type Tally } from "./tallies.ts";

export interface CountedLogs {
  /** By day. */
  readonly days: ReadonlyMap<Day, DayCount>;
  /** Lines that could not be read. */
  readonly damaged: number;
  /** Keys of compressed files that end early. */
  readonly cut: readonly string[];
  /** Keys of files that are no access logs, though their names or their size let it seem possible. */
  readonly foreign: readonly string[];
  /** Keys of those that could not be read, each with the reason. */
  readonly unreadable: readonly (readonly [key: string, why: string])[];
  /** Requests for other hosts, which are not counted. */
  readonly otherHosts: number;
  /** Requests of days to come, and of days before the oldest, which are not counted. */
  readonly outOfRange: number;
}

export interface CountOptions {
  readonly today: Day;
  /** Days before it are not counted: a clock was wrong. */
  readonly oldest: Day;
  readonly targetOf: (path: string, query: string) => Target;
  readonly isOwnHost: (host: string) => boolean;
  readonly salt: Salt;
}

/** Of User-Agents and addresses. */
const TEXTS = { most: 50_000, longest: 500 };
/** Files that are begun before it is their turn: of small ones most time is spent waiting. */
const AHEAD = 16;

/**
 * A day is closed when the next file begins two days later, since logs are in the order of time, about. Where that was not so, the
 * days that a later file had more of are counted again, all of them open to the end.
 */
export async function countLogs(files: readonly LogFile[], options: CountOptions): Promise<CountedLogs> {
  const first = await countPass(files, options);
  if (first.reopened.size === 0) return first;
  const again = await countPass(files, options, first.reopened);
  return { ...first, days: new Map([...first.days, ...again.days]) };
}

/** `only`: the days that are counted, and stay open to the end. */
async function countPass(
  files: readonly LogFile[],
  { today, oldest, targetOf, isOwnHost, salt }: CountOptions,
  only?: ReadonlySet<Day>,
): Promise<CountedLogs & { readonly reopened: ReadonlySet<Day> }> {
  const hasher = openHasher(salt);
  const open = new Map<Day, DayCounter>();
  const days = new Map<Day, DayCount>();
  const reopened = new Set<Day>();
  const cut: string[] = [];
  const foreign: string[] = [];
  const unreadable: (readonly [string, string])[] = [];
  /** Files that are called after each day and were read to the end. */
  const read: Tally = new Map();
  let damaged = 0;
  let otherHosts = 0;
  let outOfRange = 0;

  const agentOf = memoisedTexts((text): Asker => ({ agent: readAgent(text), hash: hasher.of(text) }), TEXTS);
  const answered = memoisedTexts((address) => {
    const mark = address.indexOf("?");
    return mark < 0 ? targetOf(address, "") : targetOf(address.slice(0, mark), address.slice(mark + 1));
  }, TEXTS);

  const take = (request: LogRequest, isOfServer: boolean) => {
    const { day, host, agent, path, query } = request;
    if (only && !only.has(day)) return;
    if (day > today || day < oldest) {
      outOfRange += 1;
      return;
    }
    if (isOfServer && host !== undefined && !isOwnHost(host)) {
      otherHosts += 1;
      return;
    }
    let counter = open.get(day);
    if (!counter) {
      if (days.has(day)) {
        reopened.add(day);
        return;
      }
      counter = openDay(day, today, hasher);
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
    try {
      const result: LogResult = await readLog(parts, (request) => take(request, !file.isOfCdn));
      damaged += result.damaged;
      if (result.format === undefined) foreign.push(file.key);
      if (result.isCutShort) cut.push(file.key);
      else if (file.named !== undefined) add(read, file.named);
    } catch (error) {
      if (!(error instanceof StoreUnreadable)) throw error;
      unreadable.push([file.key, error.message]);
    }
    const before = next && daysAfter(next.day, -1);
    if (!only && before !== undefined) close((day) => day < before);
  }
  close(() => true);
  for (const [day, count] of days) days.set(day, { ...count, files: read.get(day) ?? 0 });
  return { days, damaged, cut, foreign, unreadable, otherHosts, outOfRange, reopened };
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
