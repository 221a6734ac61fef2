/**
 * `node test/bench/costs.ts`: what a deployed site costs a month, from requests that are counted here and AWS's list prices.
 *
 * Prices of us-east-1 in dollars, as of late 2026, less what is free for ever and not what is free for the first year.
 */

import type { PublishOptions } from "../../lib/publish/options.ts";
import { publish } from "../../lib/publish/publish.ts";
import { emptyWarmCache } from "../../lib/publish/warmcache.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import type { Store } from "../../lib/stores/store.ts";
import { NOW } from "./folders.ts";
import { SYNTHETIC_SITE, syntheticPosts } from "./posts.ts";
import { textTable } from "./table.ts";

const PRICES = {
  /** S3: for each request, and for a gigabyte a month. */
  ...{ put: 0.005 / 1000, get: 0.0004 / 1000, gigabyte: 0.023 },
  /** Lambda on arm64: a gigabyte for a second, of which so many are free. */
  ...{ gigabyteSecond: 0.0000133334, freeGigabyteSeconds: 400_000 },
  /** CloudFront: HTTPS requests, runs of a function, a gigabyte out; and what is free of each. */
  ...{ request: 1 / 1e6, freeRequests: 10e6, edgeRun: 0.1 / 1e6, freeEdgeRuns: 2e6, out: 0.085, freeOut: 1000 },
  ...{ invalidation: 0.005, freeInvalidations: 1000 },
  /** SQS: each request, of which a million is free; Lambda's pollers ask without an end. */
  ...{ message: 0.4 / 1e6, freeMessages: 1e6 },
  secret: 0.4,
};

/** What people do. */
const EDITS = 30;
const FULL_PASSES = 30;
/** Readers ask for what changed since: one in ten is sent a feed, compressed; the others are told that nothing did. */
const [SENT, WHOLE_KB, TOLD_KB] = [0.1, 60, 0.6];
/** A line of the access log. */
const LOG_KB = 1;
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
    const { operations, took, refused } = await publish({ ...given, ...options });
    if (refused) throw new Error(refused.message);
    const all = Object.values(operations);
    const sum = (of: (each: (typeof all)[number]) => number) => all.reduce((total, each) => total + of(each), 0);
    return { puts: sum((each) => each.put + each.list), gets: sum((each) => each.get), seconds: took / 1000 };
  };
  const first = await run();
  await put(last.key, `${last.text}\nOn second thoughts.\n`);
  const edit = await run({ hints: [last.key] });
  const full = await run();
  const bytes = (await Promise.all(Object.values(stores).map(sizeOf))).reduce((a, b) => a + b, 0);
  return { first, edit, full, bytes };
}

const beyond = (amount: number, free: number) => Math.max(0, amount - free);

/** Of the site: what a month of edits and daily runs costs, whoever reads. */
function ofWriting({ edit, full, bytes }: Awaited<ReturnType<typeof measured>>): number {
  const requests = (of: (each: Counted) => number) => EDITS * of(edit) + FULL_PASSES * of(full);
  const memory = 1.769;
  // Those of announce, which waits for CloudFront and looks every quarter of an hour.
  const announced = (EDITS * ANNOUNCED_SECONDS + 2880 * 0.1) * 0.5;
  const seconds = requests(({ seconds }) => seconds + 1) * memory + announced;
  return (
    requests(({ puts }) => puts) * PRICES.put +
    (requests(({ gets }) => gets) + 2880) * PRICES.get +
    (bytes / 1e9) * PRICES.gigabyte +
    beyond(seconds, PRICES.freeGigabyteSeconds) * PRICES.gigabyteSecond +
    beyond(EDITS * 15, PRICES.freeInvalidations) * PRICES.invalidation +
    beyond(POLLS, PRICES.freeMessages) * PRICES.message +
    PRICES.secret
  );
}

function ofReading(aDay: number): number {
  const requests = aDay * 30;
  const gigabytes = (requests * (SENT * WHOLE_KB + (1 - SENT) * TOLD_KB)) / 1e6;
  return (
    beyond(requests, PRICES.freeRequests) * PRICES.request +
    beyond(requests * 2, PRICES.freeEdgeRuns) * PRICES.edgeRun +
    beyond(gigabytes, PRICES.freeOut) * PRICES.out +
    ((requests * LOG_KB) / 1e6) * PRICES.gigabyte
  );
}

const print = (text: string) => process.stdout.write(`${text}\n`);
const dollars = (amount: number) => `$${amount.toFixed(2)}`;
const DAYS = [1000, 100_000, 10_000_000];
const rows: (readonly string[])[] = [];
for (const count of [1, 100, 10_000]) {
  const site = await measured(count);
  const { first, edit, full, bytes } = site;
  print(
    `${count.toLocaleString("en")} posts: first ${first.puts} put and listed, ${first.gets} got (${dollars(first.puts * PRICES.put + first.gets * PRICES.get)} once); ` +
      `an edit ${edit.puts} and ${edit.gets}; a daily run ${full.puts} and ${full.gets}; ${(bytes / 1e6).toFixed(1)} MB`,
  );
  rows.push([count.toLocaleString("en"), ...DAYS.map((aDay) => dollars(ofWriting(site) + ofReading(aDay)))]);
}
print("");
print(
  textTable(
    [["posts", ...DAYS.map((aDay) => `${aDay.toLocaleString("en")} a day`)], ...rows],
    ["right", "right", "right", "right"],
  ),
);
