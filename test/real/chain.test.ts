/**
 * The whole deployment on one machine: a bucket's notifications, the queue, the bundled functions in clean processes, the
 * public bucket, the edge functions, a cache that keeps documents for an hour unless they are invalidated, and a feed reader
 * and a browser at the end.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  DeleteObjectCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketPolicyCommand,
} from "@aws-sdk/client-s3";
import { CreateTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chooseRun, sizeOfPosts } from "../../infra/size.ts";
import { WINDOW } from "../../infra/triggers.ts";
import { forEachAtOnce } from "../../lib/base/concurrency.ts";
import { readObject } from "../../lib/stores/store.ts";
import { type Served, serve } from "../support/loopback.ts";
import { ids, post } from "../support/world.ts";
import { openBrowser } from "./browser.ts";
import { type Announcer, openAnnouncer } from "./chain/announcer.ts";
import { type Cdn, freePort, openCdn } from "./chain/cdn.ts";
import { openCloudfront } from "./chain/cloudfront.ts";
import { type Environment, openEnvironment, packFunction } from "./chain/lambda.ts";
import { type Recorded, record } from "./chain/permissions.ts";
import { type Between, openProxy } from "./chain/proxy.ts";
import { openQueue, type Queue } from "./chain/queue.ts";
import { listedIn, newHome, newsboat } from "./newsboat.ts";
import { endpoint, newPlace, type Place } from "./s3.ts";

let folder: string;
let content: Place;
let published: Place;
let environments: readonly Environment[] = [];
let queue: Queue;
let proxy: Between;
let recorded: Recorded;
let cdn: Cdn;
let cloudfront: Served;
let hub: Served;
let announcer: Announcer;
let announcing: Environment;
let browser: Browser;
const DISTRIBUTION = "E1A2B3C4D5E6F7";
const log: string[] = [];
/** The next process that logs a trigger is killed this many milliseconds later. */
let killAfter: number | undefined;

/** Pseudo-random numbers, the same on every machine. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dripfeed-chain-"));
  content = await newPlace();
  published = await newPlace();
  const state = await newPlace();
  hub = await serve(() => ({ status: 202 }));
  const port = await freePort();
  const siteYaml = `title: Field notes
url: https://example.com/
feeds: http://127.0.0.1:${port}/
since: 2020
limit: 50
cacheControl: public, max-age=3600
hubs: [${hub.origin}/]
aliases: [wordpress]
`;

  await packFunction("rebuild", join(folder, "rebuild"));
  queue = await openQueue(seeded(42));
  proxy = await openProxy(endpoint);
  const triggers = `${queue.origin}/123456789012/triggers`;
  recorded = record({
    Content: content.bucket,
    Public: published.bucket,
    State: state.bucket,
    Cdn: DISTRIBUTION,
    Triggers: triggers,
  });
  const variables = {
    PATH: "/usr/bin:/bin",
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "testtest",
    AWS_ENDPOINT_URL_S3: proxy.origin,
    AWS_ENDPOINT_URL_SQS: queue.origin,
    DRIPFEED_CONTENT: content.url,
    DRIPFEED_PUBLIC: published.url,
    DRIPFEED_STATE: state.url,
    DRIPFEED_QUEUE_URL: triggers,
    DRIPFEED_SITE: "notes",
  };
  const { minutes } = chooseRun(sizeOfPosts(100), { isSaid: true });
  const options = { name: "rebuild", folder: join(folder, "rebuild"), timeout: minutes * 60_000 };
  const open = async () => {
    const environment: Environment = await openEnvironment({
      ...options,
      variables: { ...variables, ...recorded.nameOfRole("RebuildRole") },
      log(line) {
        log.push(line);
        if (killAfter === undefined || !line.includes("triggered")) return;
        setTimeout(() => environment.kill(), killAfter);
        killAfter = undefined;
      },
    });
    return environment;
  };
  environments = await Promise.all([open(), open()]);
  queue.connect(environments);

  await allowReading(published);
  cdn = await openCdn({ port, siteYaml, endpoint, bucket: published.bucket, folder });
  cloudfront = await openCloudfront(cdn.invalidate);
  await packFunction("announce", join(folder, "announce"));
  announcing = await openEnvironment({
    name: "announce",
    folder: join(folder, "announce"),
    timeout: 60_000,
    log: (line) => log.push(line),
    variables: {
      ...variables,
      ...recorded.nameOfRole("AnnounceRole"),
      AWS_ENDPOINT_URL_CLOUDFRONT: cloudfront.origin,
      DRIPFEED_DISTRIBUTION: DISTRIBUTION,
    },
  });
  announcer = await openAnnouncer(() => announcing);
  await notify("triggers", content, queue.origin);
  await notify("heads", state, announcer.origin);
  browser = await openBrowser();
  await content.put("site.yaml", siteYaml);
});

afterAll(async () => {
  await browser?.close();
  await cdn?.close();
  await queue?.close();
  await announcer?.close();
  await announcing?.close();
  for (const each of [cloudfront, hub, proxy]) await each?.close();
  for (const each of environments) await each.close();
  await rm(folder, { recursive: true, force: true });
});

/** On AWS only the CDN may read; here it has no principal, so everybody may. */
async function allowReading({ bucket, client }: Place): Promise<void> {
  const allow = (Action: string, Resource: string) => ({ Effect: "Allow", Principal: "*", Action, Resource });
  const Statement = [
    allow("s3:GetObject", `arn:aws:s3:::${bucket}/*`),
    allow("s3:ListBucket", `arn:aws:s3:::${bucket}`),
  ];
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
  await client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }));
}

async function notify(name: string, { bucket, client }: Place, to: string): Promise<void> {
  const sns = new SNSClient({ endpoint });
  const { TopicArn } = await sns.send(
    new CreateTopicCommand({ Name: name, Attributes: { "push-endpoint": to, "use-ssl": "false" } }),
  );
  const Events = ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"] as const;
  const TopicConfigurations = [{ Id: name, TopicArn, Events: [...Events] }];
  await client.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket: bucket,
      NotificationConfiguration: { TopicConfigurations },
    }),
  );
}

const remove = (key: string) =>
  content.client.send(new DeleteObjectCommand({ Bucket: content.bucket, Key: content.prefix + key }));

const isQuiet = () => queue.isIdle() && announcer.isIdle();

async function until(what: string, holds: () => Promise<boolean>, ms = 30_000): Promise<void> {
  const deadline = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > deadline) {
      throw new Error(
        `not within ${ms / 1000} s: ${what}\n${log.slice(-20).join("")}${JSON.stringify(queue.deliveries.slice(-3))}`,
      );
    }
    await sleep(200);
  }
}

/** The entries that a new subscriber of a feed reads. */
async function readBy(path: string): Promise<readonly { readonly guid: string; readonly title: string }[]> {
  const home = await newHome(folder, cdn.url + path);
  await newsboat(home, "-x", "reload");
  return listedIn(home);
}
const titles = async (path = "rss.xml") => (await readBy(path)).map(({ title }) => title);

/** The values of a metric, in the order in which functions logged them. */
const measured = (metric: string): readonly number[] =>
  log
    .join("")
    .split("\n")
    .flatMap((line) => (line.includes(`"${metric}":`) ? [JSON.parse(line)[metric]] : []));

/** The text of the page that a person sees who opens a feed. */
async function pageText(path: string): Promise<string> {
  const page = await browser.newPage();
  try {
    await page.goto(cdn.url + path);
    return await page.innerText("body");
  } finally {
    await page.close();
  }
}

describe("triggered by S3 events", () => {
  test("an uploaded post reaches reader and browser", async () => {
    await content.put("posts/精准 滴灌+1.md", post({ title: "精准滴灌", date: "2026-01-02", tags: "[水]" }));
    await content.put("posts/b.md", post({ title: "Second", date: "2026-01-03" }));
    await until("both are listed", async () => (await titles()).length === 2);
    expect(await titles()).toEqual(["Second", "精准滴灌"]);
    expect(await titles("tags/%E6%B0%B4/atom.xml")).toEqual(["精准滴灌"]);
    expect(await titles("feed/")).toEqual(["Second", "精准滴灌"]);
    const page = await pageText("rss.xml");
    expect(page).toContain("精准滴灌");
    expect(page).toContain("Second");
  });

  test("an edited post is the same entry with its new text", async () => {
    const before = await readBy("rss.xml");
    await content.put("posts/b.md", post({ title: "Second, fixed", date: "2026-01-03" }));
    await until("the new title is read", async () => (await titles()).includes("Second, fixed"));
    const after = await readBy("rss.xml");
    expect(after.map(({ guid }) => guid)).toEqual(before.map(({ guid }) => guid));
    await until("the page has it too", async () => (await pageText("atom.xml")).includes("Second, fixed"));
  });

  test("a renamed post keeps its id, whichever event comes first", async () => {
    const before = await readBy("rss.xml");
    await content.put("posts/renamed.md", post({ title: "Second, fixed", date: "2026-01-03" }));
    await remove("posts/b.md");
    await until("all triggers have been handled", async () => isQuiet());
    await until("both are there once", async () => (await titles()).length === 2);
    expect((await readBy("rss.xml")).map(({ guid }) => guid)).toEqual(before.map(({ guid }) => guid));
  });

  test("a deleted post is gone", async () => {
    await remove("posts/renamed.md");
    await until("the reader no longer has it", async () => !(await titles()).includes("Second, fixed"));
    expect(await titles()).toEqual(["精准滴灌"]);
    await until("the page no longer has it", async () => !(await pageText("feed.json")).includes("Second, fixed"));
  });

  test("the time from each upload to the CDN is measured", () => {
    const times = measured("PublishSeconds");
    expect(times.length).toBeGreaterThan(3);
    for (const each of times) expect([each, each >= 0 && each < 30]).toEqual([each, true]);
  });

  test("the scheduled check finds what was published, and tells what is not, until that is mended", async () => {
    const check = () => announcing.invoke({ check: true });
    await until("all triggers have been handled", async () => isQuiet());
    expect(await check()).toEqual({});
    const { body } = (await readObject(published.store, "rss.xml")) ?? { body: "" };
    await published.put("rss.xml", "<rss>by another program</rss>");
    expect(await check()).toEqual({ stale: `${cdn.url}rss.xml is not what was published` });
    await published.put("rss.xml", body);
    expect(await check()).toEqual({});
    expect(measured("Stale").slice(-3)).toEqual([0, 1, 0]);
  });

  test("the hub is notified of every changed feed, by its URL", async () => {
    const topics = hub.asked.map(({ body }) => new URLSearchParams(body).get("hub.topic"));
    expect(topics).toEqual(expect.arrayContaining([`${cdn.url}rss.xml`, `${cdn.url}tags/%E6%B0%B4/atom.xml`]));
  });

  test("a broken post keeps its last good entry, and the others are published", async () => {
    await content.put("posts/精准 滴灌+1.md", "---\ntitle: [\n---\n");
    await content.put("posts/c.md", post({ title: "Third", date: "2026-01-04" }));
    await until("the good one is there", async () => (await titles()).includes("Third"));
    expect(await titles()).toEqual(["Third", "精准滴灌"]);
  });
});

test("a thousand uploads within ten seconds cause at most five runs, and all are published", async () => {
  await until("all triggers have been handled", async () => isQuiet());
  // As deployed: the batching window, large batches, and the five pollers that Lambda begins with.
  Object.assign(queue.behavior, {
    window: WINDOW.toMilliseconds(),
    batchSize: () => 10_000,
    pollers: 5,
    duplicates: 0,
  });
  const before = queue.deliveries.length;
  const started = Date.now();
  const day = (i: number) => new Date(Date.UTC(2025, i % 12, 1 + (i % 28), i % 24)).toISOString();
  await forEachAtOnce(
    Array.from({ length: 1000 }, (_, i) => i),
    (i) => content.put(`posts/burst/${i}.md`, post({ title: `No. ${i}`, date: day(i), tags: `[t${i % 10}]` })),
  );
  const took = Date.now() - started;
  expect(took).toBeLessThan(10_000);
  await until("all triggers have been handled", async () => isQuiet(), 150_000);
  const runs = queue.deliveries.slice(before);
  process.stderr.write(
    `1,000 uploads in ${took} ms: ${runs.length} runs of ${runs.map(({ size }) => size)} triggers\n`,
  );
  expect(runs.every(({ failed, report }) => failed === undefined && report?.refused === undefined)).toBe(true);
  expect(runs.length).toBeLessThanOrEqual(5);
  expect(queue.dead).toEqual([]);

  const listed = new Set<string>();
  let next: string | undefined = `${cdn.url}feed.json?raw`;
  while (next !== undefined) {
    const feed: string = await (await fetch(next)).text();
    for (const id of ids(feed)) listed.add(id);
    next = JSON.parse(feed).next_url;
  }
  expect(listed.size).toBe(1002);
}, 240_000);

test("after a function is killed in the middle of a run, the trigger is delivered again, and the next run completes", async () => {
  Object.assign(queue.behavior, { window: 300, pollers: 1 });
  await until("all triggers have been handled", async () => isQuiet());
  const before = queue.deliveries.length;
  killAfter = 40;
  const title = "After the storm";
  await content.put(
    "posts/storm.md",
    post({ title, date: "2026-01-05", tags: "[t1, t2, t3, t4, t5, t6, t7, t8, t9]" }),
  );
  await until("the reader has it", async () => (await titles()).includes(title), 100_000);
  await until("all triggers have been handled", async () => isQuiet());
  expect(queue.deliveries.slice(before).map(({ failed }) => failed)).toContain("the process ended");
  expect(queue.dead).toEqual([]);
}, 150_000);

test("all that the functions asked for is allowed by the policies of the template", () => {
  const actions = [...new Set(recorded.calls.map(({ by, action }) => `${by} ${action}`))];
  expect(actions).toEqual(
    expect.arrayContaining([
      ...["Get", "Put", "Delete"].map((verb) => `RebuildRole s3:${verb}Object`),
      ...["RebuildRole s3:ListBucket", "AnnounceRole s3:GetObject", "AnnounceRole s3:PutObject"],
      ...["AnnounceRole s3:ListBucket", "AnnounceRole cloudfront:CreateInvalidation"],
    ]),
  );
  expect(recorded.coverage().refused).toEqual([]);
});
