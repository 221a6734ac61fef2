/**
 * `node test/bench/costs.ts`: the monthly costs of a deployed site, from counted requests and AWS's list prices.
 */

import { invalidationPaths } from "../../lib/announce/paths.ts";
import type { PublishOptions } from "../../lib/publish/options.ts";
import { publish } from "../../lib/publish/publish.ts";
import { emptyWarmCache } from "../../lib/publish/warmcache.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import type { Store } from "../../lib/stores/store.ts";
import { CONFIG, deployment } from "../infra/deployment.ts";
import { NOW } from "./folders.ts";
import { idleCosts, sumOf } from "./idle.ts";
import { SYNTHETIC_SITE, syntheticPosts } from "./posts.ts";
import { beyond, PRICES } from "./prices.ts";
import { textTable } from "./table.ts";
import { countedWriting } from "./writing.ts";

/** Runs in a month. */
const EDITS = 30;
/** Readers send conditional requests: one in ten gets a compressed feed, the others a 304. */
const [SENT, FEED_KB, NOT_MODIFIED_KB] = [0.1, 60, 0.6];
/** An access log, compressed: kilobytes of a line, lines of a file, but some files an hour, and days for which it is kept. */
const [LOG_KB, FILE_LINES, FILES_AN_HOUR, LOG_DAYS] = [0.1, 1000, 12, 30];
/** `audience` reads each file on three days; so many lines a second, with one processor. */
const [READINGS, LINES_A_SECOND] = [3, 100_000];
const ANNOUNCED_SECONDS = 90;
/**
 * Each of CloudFront's regional caches asks S3 again for a document that is older than `cacheControl` says (300 seconds), if readers
 * ask it for that one. https://aws.amazon.com/cloudfront/features/
 */
const [REGIONAL_CACHES, READ_DOCUMENTS, KEPT_SECONDS] = [13, 30, 300];

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
  return { first, edit, full, bytes, writing: await countedWriting(stores) };
}

/** Gigabytes of a function with a whole processor. */
const memory = 1.769;

/** The costs of a month of edits, beyond those of an idle site; `counting` are gigabyte-seconds of `audience`. */
function ofWriting({ edit, bytes }: Awaited<ReturnType<typeof measured>>, counting: number): number {
  const seconds = EDITS * ((edit.seconds + 1) * memory + ANNOUNCED_SECONDS * 0.5) + counting;
  return (
    EDITS * (edit.puts * PRICES.put + edit.gets * PRICES.get) +
    (bytes / 1e9) * PRICES.gigabyte +
    beyond(seconds, PRICES.freeGigabyteSeconds) * PRICES.gigabyteSecond +
    beyond(EDITS * edit.paths, PRICES.freeInvalidations) * PRICES.invalidation
  );
}

function ofReading(aDay: number): number {
  const requests = aDay * 30;
  const gigabytes = (requests * (SENT * FEED_KB + (1 - SENT) * NOT_MODIFIED_KB)) / 1e6;
  return (
    beyond(requests, PRICES.freeRequests) * PRICES.request +
    beyond(requests * 2, PRICES.freeEdgeRuns) * PRICES.edgeRun +
    beyond(gigabytes, PRICES.freeOut) * PRICES.out +
    ofOrigin(requests)
  );
}

/** Requests of the CDN to S3 in a month, to which S3 answers mostly that nothing is new. What it sends costs nothing. */
function ofOrigin(requests: number): number {
  const most = (REGIONAL_CACHES * READ_DOCUMENTS * 30 * 24 * 3600) / KEPT_SECONDS;
  return Math.min(requests, most) * PRICES.get;
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

const { github: _, ...config } = CONFIG;
const idle = idleCosts(deployment(config).resources);

const print = (text: string) => process.stdout.write(`${text}\n`);
const dollars = (amount: number) => `$${amount.toFixed(2)}`;
const cents = (amount: number) => `${(amount * 100).toFixed(3)}¢`;
const DAYS = [1000, 100_000, 10_000_000];
print(`a site that nobody writes and nobody reads: ${dollars(sumOf(idle))} a month`);
for (const { what, amount, dollars: paid } of idle)
  print(`  ${dollars(paid)}  ${Math.round(amount).toLocaleString("en")} ${what}`);
print("");
const rows: (readonly string[])[] = [];
for (const count of [1, 100, 10_000]) {
  const site = await measured(count);
  const { first, edit, full, bytes, writing } = site;
  print(
    `${count.toLocaleString("en")} posts: first run ${first.puts} puts and lists, ${first.gets} gets (${dollars(first.puts * PRICES.put + first.gets * PRICES.get)} once); ` +
      `an edit ${edit.puts} and ${edit.gets}, and ${edit.paths} paths to invalidate; a daily run ${full.puts} and ${full.gets}; ${(bytes / 1e6).toFixed(1)} MB`,
  );
  for (const { what, requests, puts, gets } of writing) {
    const paid = puts * PRICES.put + gets * PRICES.get + requests * PRICES.invocation;
    print(`  from a phone, ${what}: ${requests} requests, ${puts} puts and lists, ${gets} gets (${cents(paid)})`);
  }
  const total = (aDay: number): string => {
    const { puts, gets, kept, gigabyteSeconds } = countingOf(aDay);
    return dollars(sumOf(idle) + ofWriting(site, gigabyteSeconds) + ofReading(aDay) + puts + gets + kept);
  };
  rows.push([count.toLocaleString("en"), ...DAYS.map(total)]);
}
const { puts, gets, kept, gigabyteSeconds } = ofCounting(1e6, 1e6 / FILE_LINES);
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
