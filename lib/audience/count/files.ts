/** Log files of stores → those that are counted, each once, in the order of their first requests. */
import { createHash } from "node:crypto";
import { forEachAtOnce } from "../../base/concurrency.ts";
import { digestOf } from "../../base/digest.ts";
import { compareKeys, type Store, StoreUnreadable } from "../../stores/store.ts";
import { daysAfter, numberOf } from "../days.ts";
import { plainChunks } from "../logs/plain.ts";
import { peekLog } from "../logs/read.ts";
import type { Day } from "../types.ts";
import { at } from "./tallies.ts";

/** Bytes that are looked at to know a file. */
const HEAD_BYTES = 65_536;
/** Bytes that are read at once. */
const PART_BYTES = 4_000_000;

export interface LogFile {
  readonly store: Store;
  readonly key: string;
  /** Of a CDN, which serves one site, whatever hosts it is asked for. */
  readonly isOfCdn: boolean;
  /** Of its first request, at least about. */
  readonly day: Day;
  /** The day that it is called after. */
  readonly named?: Day;
}

export interface FoundFiles {
  readonly files: readonly LogFile[];
  /** How many were not opened, since their days are closed. */
  readonly closed: number;
  readonly empty: number;
  /** Keys of those that are no access logs; servers' error logs, which lie beside them, are not among these. */
  readonly skipped: readonly string[];
  /** Keys of those that cannot be read, each with the reason. */
  readonly unreadable: readonly (readonly [key: string, why: string])[];
  /** Keys of those that hold what another one holds, too. */
  readonly repeated: readonly string[];
}

interface Peeked extends LogFile {
  /** Two files that hold the same have the same here: a digest of the line of the first request, or a name that none other has. */
  readonly first: string;
}

/** How CloudFront calls its files: `<distribution>.2026-11-28-10.<unique>.gz`, by the hour of their requests in UTC. */
const CLOUDFRONT_NAME = /(?:^|[/.])E[A-Z0-9]{8,16}\.(\d{4}-\d{2}-\d{2})-\d{2}\.[\w-]+(?:\.gz)?$/;

export interface DaysToCount {
  /** It is today, or one of the days before for which logs still come. */
  isOpen(day: Day): boolean;
  /** It was counted when no more logs of it came, from so many files that are called after it at least. */
  isClosed(day: Day, files: number): boolean;
}

/** nginx's `error.log`, Apache's `error_log`, and what rotation makes of them. */
const ERROR_LOG = /(?:^|[/._-])error[._-]log(?:$|[.-])/;

/** A link that leads out of the folder, or a pipe, lies beside logs on purpose. */
const NO_FILE = /: (?:a symbolic link leads|it is a pipe)/;

/** Files are not opened whose names say that they hold closed days alone. */
export async function findLogFiles(logs: readonly Store[], days: DaysToCount): Promise<FoundFiles> {
  const found: Peeked[] = [];
  const skipped: string[] = [];
  const unreadable: (readonly [string, string])[] = [];
  let empty = 0;
  const listed: { readonly store: Store; readonly key: string }[] = [];
  for (const store of logs) for await (const { key } of store.list("")) listed.push({ store, key });
  const mayHold = holdersOf(listed, days);
  const wanted = listed.filter(({ key }) => mayHold(key));
  const closed = listed.length - wanted.length;
  await forEachAtOnce(wanted, async ({ store, key }) => {
    try {
      const peeked = ofCloudFront(key) ?? (await peek(store, key));
      if (peeked === "nothing") {
        empty += 1;
        return;
      }
      if (peeked) found.push({ store, key, ...peeked });
      else if (!ERROR_LOG.test(key)) skipped.push(key);
    } catch (error) {
      if (!(error instanceof StoreUnreadable)) throw error;
      if (NO_FILE.test(error.message)) skipped.push(key);
      else unreadable.push([key, error.message]);
    }
  });
  const ordered = found.sort(
    (a, b) => compareKeys(a.day, b.day) || compareKeys(a.key, b.key) || compareKeys(a.store.name, b.store.name),
  );
  const repeated = await repeatedAmong(ordered);
  return {
    closed,
    empty,
    files: ordered.filter((file) => !repeated.has(file)),
    skipped: skipped.sort(compareKeys),
    unreadable: unreadable.sort(([a], [b]) => compareKeys(a, b)),
    repeated: [...repeated].map(({ key }) => key).sort(compareKeys),
  };
}

/** Whether a file has to be read, by its name. It may have some requests of the hours beside its own. */
function holdersOf(
  listed: readonly { readonly key: string }[],
  { isOpen, isClosed }: DaysToCount,
): (key: string) => boolean {
  const names = new Map<Day, Set<string>>();
  for (const { key } of listed) {
    const named = nameIn(key);
    if (named) at(names, named.day, () => new Set()).add(named.name);
  }
  const isCounted = (day: Day) => {
    const files = names.get(day)?.size ?? 0;
    return isOpen(day) || (files > 0 && !isClosed(day, files));
  };
  return (key) => {
    const day = nameIn(key)?.day;
    return day === undefined || [day, daysAfter(day, -1), daysAfter(day, 1)].some(isCounted);
  };
}

/** The name, whether it is compressed or not, and its day. Nothing for one of another kind, or with a day that the calendar has not. */
function nameIn(key: string): { readonly name: string; readonly day: Day } | undefined {
  const [name = "", day] = CLOUDFRONT_NAME.exec(key) ?? [];
  if (day === undefined || !Number.isFinite(numberOf(day))) return undefined;
  return { name: name.replace(/^[/.]|\.gz$/g, ""), day };
}

/** What the name says, so that each of thousands of small objects is read once. */
function ofCloudFront(key: string): Omit<Peeked, "store" | "key"> | undefined {
  const named = nameIn(key);
  return named && { isOfCdn: true, day: named.day, named: named.day, first: named.name };
}

/** `"nothing"`: it is empty, or gone by now. `undefined`: it is no access log. */
async function peek(store: Store, key: string): Promise<Omit<Peeked, "store" | "key"> | "nothing" | undefined> {
  const head = await store.getPart(key, 0, HEAD_BYTES);
  if (!head || head.length === 0) return "nothing";
  const peeked = await peekLog(head);
  const { format, first } = peeked ?? {};
  const isOfCdn = format === "w3c" || format === "cloudfront-json";
  if (first) return { isOfCdn, day: first.day, first: first.digest };
  // Whatever stands before its first request, such as what scanners sent: it is found when the file is read.
  if (head.length === HEAD_BYTES) return { isOfCdn, day: EARLIEST, first: await digestOfBeginning(head) };
  return peeked ? "nothing" : undefined;
}

/** Of the first kilobyte, as it was before compression. */
async function digestOfBeginning(head: Uint8Array): Promise<string> {
  async function* one() {
    yield head;
  }
  for await (const chunk of plainChunks(one())) return digestOf(chunk.subarray(0, 1_000));
  return digestOf(head);
}

/** Comes before all days of logs. */
const EARLIEST = "1970-01-02";

/**
 * Files that are the beginning of another one, or the same: a copy, or a log that was saved again and again while it grew. Only those
 * that begin with the same line are read for it.
 */
async function repeatedAmong(files: readonly Peeked[]): Promise<ReadonlySet<Peeked>> {
  const repeated = new Set<Peeked>();
  for (const group of Map.groupBy(files, ({ first }) => first).values()) {
    if (group.length < 2) continue;
    const lengths = new Map<Peeked, number>();
    for (const file of group) lengths.set(file, (await digestsOf(file, [])).length);
    const byLength = group.toSorted((a, b) => (lengths.get(b) ?? 0) - (lengths.get(a) ?? 0));
    const marks = [...new Set(lengths.values())];
    /** Digests of all that the longer ones begin with. */
    const begun = new Set<string>();
    for (const file of byLength) {
      const length = lengths.get(file) ?? 0;
      const { at } = await digestsOf(file, marks);
      if (begun.has(at.get(length) ?? "")) repeated.add(file);
      for (const digest of at.values()) begun.add(digest);
    }
  }
  return repeated;
}

/** How long a file is without compression, and the digests of its beginnings of some lengths. */
async function digestsOf(file: LogFile, marks: readonly number[]) {
  const hash = createHash("sha256");
  const marked = new Map<number, string>();
  const left = marks.toSorted((a, b) => a - b);
  let length = 0;
  for await (const chunk of plainChunks(untilUnreadable(partsOf(file)))) {
    let done = 0;
    for (let [mark] = left; mark !== undefined && mark <= length + chunk.length; [mark] = left) {
      hash.update(chunk.subarray(done, mark - length));
      done = mark - length;
      marked.set(mark, hash.copy().digest("base64"));
      left.shift();
    }
    hash.update(chunk.subarray(done));
    length += chunk.length;
  }
  return { length, at: marked };
}

/** What cannot be read is told when it is counted. */
async function* untilUnreadable(parts: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  try {
    yield* parts;
  } catch (error) {
    if (!(error instanceof StoreUnreadable)) throw error;
  }
}

/** The bytes of a file, in parts: the next one is read while one is used. */
export async function* partsOf({ store, key }: Pick<LogFile, "store" | "key">): AsyncIterable<Uint8Array> {
  const read = (start: number) => {
    const part = store.getPart(key, start, PART_BYTES);
    part.catch(() => undefined); // thrown where it is awaited
    return part;
  };
  let start = 0;
  for (let next = read(0); ; ) {
    const part = await next;
    if (!part && start === 0) throw new StoreUnreadable(store.name, "get", key, "it went away while logs were counted");
    if (!part || part.length === 0) return;
    start += part.length;
    const isLast = part.length < PART_BYTES;
    if (!isLast) next = read(start);
    yield part;
    if (isLast) return;
  }
}
