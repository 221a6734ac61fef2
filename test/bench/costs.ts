/**
 * `node test/bench/costs.ts`: the monthly costs of a deployed site, from counted requests and AWS's list prices.
 *
 * Prices of us-east-1 in dollars, as of late 2026, less the permanent free tier, without that of the first year.
 */

import { invalidationPaths } from "../../lib/announce/paths.ts";
import type { PublishOptions } from "../../lib/publish/options.ts";
import { publish } from "../../lib/publish/publish.ts";
import { emptyWarmCache } from "../../lib/publish/warmcache.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import type { Store } from "../../lib/stores/store.ts";
import { NOW } from "./folders.ts";
import { SYNTHETIC_SITE, syntheticPosts } from "./posts.ts";
import { textTable } from "./table.ts";

const PRICES = {
  /** S3: a request; a gigabyte for a month. */
  put: 0.005 / 1000,
  get: 0.0004 / 1000,
  gigabyte: 0.023,
  /** Lambda on arm64: a gigabyte for a second, and how many are free. */
  gigabyteSecond: 0.0000133334,
  freeGigabyteSeconds: 400_000,
  /** CloudFront: an HTTPS request, a run of a function, a gigabyte of traffic, and how many are free. */
  request: 1 / 1e6,
  freeRequests: 10e6,
  edgeRun: 0.1 / 1e6,
  freeEdgeRuns: 2e6,
  out: 0.085,
  freeOut: 1000,
  invalidation: 0.005,
  freeInvalidations: 1000,
  /** SQS: a request, and how many are free; Lambda's pollers send them all the time. */
  message: 0.4 / 1e6,
  freeMessages: 1e6,
  secret: 0.4,
  /** CloudWatch: a metric that an alarm watches, how many there are (`infra/watch.ts`), and how many are free. */
  alarm: 0.1,
  alarmMetrics: 23,
  freeAlarmMetrics: 10,
};

/** Runs in a month. */
const EDITS = 30;
const FULL_RUNS = 30;
/** Readers send conditional requests: one in ten gets a compressed feed, the others a 304. */
const [SENT, FEED_KB, NOT_MODIFIED_KB] = [0.1, 60, 0.6];
/** An access log, compressed: kilobytes of a line, lines of a file, but some files an hour, and days for which it is kept. */
const [LOG_KB, FILE_LINES, FILES_AN_HOUR, LOG_DAYS] = [0.1, 1000, 12, 30];
/** `audience` reads each file on three days; so many lines a second, with one processor. */
const [READINGS, LINES_A_SECOND] = [3, 100_000];
const POLLS = (5 * 3600 * 24 * 30) / 20;
const ANNOUNCED_SECONDS = 90;

const encoder = new TextEncoder();

async function sizeOf(store: Store): Promise<number> {
  let bytes = 0;
  for await (const { size } of store.list("")) bytes += size;
  return bytes;
}

interface Counted {
  readonly puts: number;
  readonly gets: number;
  readonly seconds: number;
  /** Of the invalidation. */
  readonly paths: number;
}

async function measured(count: number) {
  const stores = { content: memoryStore("content"), public: memoryStore("public"), state: memoryStore("state") };
  const put = (key: string, text: string) =>
    stores.content.put(key, encoder.encode(text), { contentType: "text/plain" });
  await put("site.yaml", SYNTHETIC_SITE);
  let last = { key: "", text: "" };
  for (const post of syntheticPosts(count, 1)) {
    await put(post.key, post.text);
    if (!post.text.includes("\ndraft: true\n")) last = post;
  }
  let runs = 0;
  const run = async (options: Partial<PublishOptions> = {}): Promise<Counted> => {
    runs += 1;
    const clock = { now: () => new Date(), wait: async () => undefined };
    const given = { ...stores, now: new Date(NOW), clock, run: `run-${runs}`, warmCache: emptyWarmCache() };
    const { operations, took, refused, put, removed } = await publish({ ...given, ...options });
    if (refused) throw new Error(refused.message);
    const all = Object.values(operations);
    const sum = (of: (each: (typeof all)[number]) => number) => all.reduce((total, each) => total + of(each), 0);
    const changed = { paths: [...put, ...removed].map(({ path }) => path), media: [] };
    const paths = invalidationPaths(changed, "/", "index.html").length;
    return { puts: sum((each) => each.put + each.list), gets: sum((each) => each.get), seconds: took / 1000, paths };
  };
  const first = await run();
  await put(last.key, `${last.text}\nOn second thoughts.\n`);
  const edit = await run({ hints: [last.key] });
  const full = await run();
  const bytes = (await Promise.all(Object.values(stores).map(sizeOf))).reduce((a, b) => a + b, 0);
  return { first, edit, full, bytes };
}

const beyond = (amount: number, free: number) => Math.max(0, amount - free);

/** Gigabytes of a function with a whole processor. */
const memory = 1.769;

/** The costs of a month of edits and daily runs, without readers; `counting` are gigabyte-seconds of `audience`. */
function ofWriting({ edit, full, bytes }: Awaited<ReturnType<typeof measured>>, counting: number): number {
  const requests = (of: (each: Counted) => number) => EDITS * of(edit) + FULL_RUNS * of(full);
  // Gigabyte-seconds of `announce`, which waits for CloudFront after an edit and runs every 15 minutes.
  const announced = (EDITS * ANNOUNCED_SECONDS + 2880 * 0.1) * 0.5;
  const seconds = requests(({ seconds }) => seconds + 1) * memory + announced + counting;
  return (
    requests(({ puts }) => puts) * PRICES.put +
    (requests(({ gets }) => gets) + 2880 * 2) * PRICES.get +
    (bytes / 1e9) * PRICES.gigabyte +
    beyond(seconds, PRICES.freeGigabyteSeconds) * PRICES.gigabyteSecond +
    beyond(EDITS * edit.paths, PRICES.freeInvalidations) * PRICES.invalidation +
    beyond(POLLS, PRICES.freeMessages) * PRICES.message +
    beyond(PRICES.alarmMetrics, PRICES.freeAlarmMetrics) * PRICES.alarm +
    PRICES.secret
  );
}

function ofReading(aDay: number): number {
  const requests = aDay * 30;
  const gigabytes = (requests * (SENT * FEED_KB + (1 - SENT) * NOT_MODIFIED_KB)) / 1e6;
  return (
    beyond(requests, PRICES.freeRequests) * PRICES.request +
    beyond(requests * 2, PRICES.freeEdgeRuns) * PRICES.edgeRun +
    beyond(gigabytes, PRICES.freeOut) * PRICES.out
  );
}

/** What is paid for a month's access logs and for counting them, and gigabyte-seconds of that. */
function ofCounting(requests: number, files: number) {
  const listed = (LOG_DAYS * files) / 1000;
  return {
    puts: files * PRICES.put,
    gets: files * READINGS * PRICES.get + listed * PRICES.put,
    kept: ((requests * LOG_KB) / 1e6) * (LOG_DAYS / 30) * PRICES.gigabyte,
    gigabyteSeconds: ((requests * READINGS) / LINES_A_SECOND) * memory,
  };
}

function countingOf(aDay: number) {
  const requests = aDay * 30;
  return ofCounting(requests, Math.max(requests / FILE_LINES, Math.min(requests, FILES_AN_HOUR * 24 * 30)));
}

const print = (text: string) => process.stdout.write(`${text}\n`);
const dollars = (amount: number) => `$${amount.toFixed(2)}`;
const DAYS = [1000, 100_000, 10_000_000];
const rows: (readonly string[])[] = [];
for (const count of [1, 100, 10_000]) {
  const site = await measured(count);
  const { first, edit, full, bytes } = site;
  print(
    `${count.toLocaleString("en")} posts: first run ${first.puts} puts and lists, ${first.gets} gets (${dollars(first.puts * PRICES.put + first.gets * PRICES.get)} once); ` +
      `an edit ${edit.puts} and ${edit.gets}, and ${edit.paths} paths to invalidate; a daily run ${full.puts} and ${full.gets}; ${(bytes / 1e6).toFixed(1)} MB`,
  );
  const total = (aDay: number): string => {
    const { puts, gets, kept, gigabyteSeconds } = countingOf(aDay);
    return dollars(ofWriting(site, gigabyteSeconds) + ofReading(aDay) + puts + gets + kept);
  };
  rows.push([count.toLocaleString("en"), ...DAYS.map(total)]);
}
const { puts, gets, kept, gigabyteSeconds } = ofCounting(1e6, 1e6 / FILE_LINES);
const cents = (amount: number) => `${(amount * 100).toFixed(2)}¢`;
print(
  `counting a million requests: ${cents(puts)} to put their logs, ${cents(gets)} to list and get them, ${cents(kept)} to keep them, ` +
    `${cents(gigabyteSeconds * PRICES.gigabyteSecond)} for ${gigabyteSeconds.toFixed(0)} gigabyte-seconds beyond the free ones`,
);
print("");
print(
  textTable(
    [["posts", ...DAYS.map((aDay) => `${aDay.toLocaleString("en")} a day`)], ...rows],
    ["right", "right", "right", "right"],
  ),
);
