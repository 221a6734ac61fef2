/**
 * The whole deployment on one machine: a bucket's notifications, the queue, the bundled functions in clean processes, the
 * public bucket, the edge functions, a cache that keeps documents for an hour unless they are invalidated, and a feed reader
 * and a browser at the end.
 */
import { DeleteObjectCommand } from "@aws-sdk/client-s3";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WINDOW } from "../../infra/triggers.ts";
import { forEachAtOnce } from "../../lib/base/concurrency.ts";
import { readObject } from "../../lib/stores/store.ts";
import { ids, post } from "../support/world.ts";
import { openBrowser } from "./browser.ts";
import { type Deployment, openDeployment } from "./chain/deployment.ts";
import type { Place } from "./s3.ts";

let deployed: Deployment;
let browser: Browser;
/** The next process that logs a trigger is killed this many milliseconds later. */
let killAfter: number | undefined;

beforeAll(async () => {
  deployed = await openDeployment({
    siteYaml: (feeds, hub) => `title: Field notes
url: https://example.com/
feeds: ${feeds}
since: 2020
limit: 50
cacheControl: public, max-age=3600
hubs: [${hub}]
aliases: [wordpress]
`,
    seen(line, environment) {
      if (killAfter === undefined || !line.includes("triggered")) return;
      setTimeout(() => environment.kill(), killAfter);
      killAfter = undefined;
    },
  });
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await deployed?.close();
});

const put = (key: string, text: string) => deployed.content.put(key, text);
const remove = ({ bucket, prefix, client }: Place, key: string) =>
  client.send(new DeleteObjectCommand({ Bucket: bucket, Key: prefix + key }));
const untilQuiet = (ms?: number) =>
  deployed.until("all triggers have been handled", async () => deployed.isQuiet(), ms);
const titles = async (path = "rss.xml") => (await deployed.readBy(path)).map(({ title }) => title);

/** The values of a metric, in the order in which functions logged them. */
const measured = (metric: string): readonly number[] =>
  deployed.log
    .join("")
    .split("\n")
    .flatMap((line) => (line.includes(`"${metric}":`) ? [JSON.parse(line)[metric]] : []));

/** The text of the page that a person sees who opens a feed. */
async function pageText(path: string): Promise<string> {
  const page = await browser.newPage();
  try {
    await page.goto(deployed.cdn.url + path);
    return await page.innerText("body");
  } finally {
    await page.close();
  }
}

describe("triggered by S3 events", () => {
  test("an uploaded post reaches reader and browser", async () => {
    await put("posts/精准 滴灌+1.md", post({ title: "精准滴灌", date: "2026-01-02", tags: "[水]" }));
    await put("posts/b.md", post({ title: "Second", date: "2026-01-03" }));
    await deployed.until("both are listed", async () => (await titles()).length === 2);
    expect(await titles()).toEqual(["Second", "精准滴灌"]);
    expect(await titles("tags/%E6%B0%B4/atom.xml")).toEqual(["精准滴灌"]);
    expect(await titles("feed/")).toEqual(["Second", "精准滴灌"]);
    const page = await pageText("rss.xml");
    expect(page).toContain("精准滴灌");
    expect(page).toContain("Second");
  });

  test("an edited post is the same entry with its new text", async () => {
    const before = await deployed.readBy("rss.xml");
    await put("posts/b.md", post({ title: "Second, fixed", date: "2026-01-03" }));
    await deployed.until("the new title is read", async () => (await titles()).includes("Second, fixed"));
    const after = await deployed.readBy("rss.xml");
    expect(after.map(({ guid }) => guid)).toEqual(before.map(({ guid }) => guid));
    await deployed.until("the page has it too", async () => (await pageText("atom.xml")).includes("Second, fixed"));
  });

  test("a renamed post keeps its id, whichever event comes first", async () => {
    const before = await deployed.readBy("rss.xml");
    await put("posts/renamed.md", post({ title: "Second, fixed", date: "2026-01-03" }));
    await remove(deployed.content, "posts/b.md");
    await untilQuiet();
    await deployed.until("both are there once", async () => (await titles()).length === 2);
    expect((await deployed.readBy("rss.xml")).map(({ guid }) => guid)).toEqual(before.map(({ guid }) => guid));
  });

  test("a deleted post is gone", async () => {
    await remove(deployed.content, "posts/renamed.md");
    await deployed.until("the reader no longer has it", async () => !(await titles()).includes("Second, fixed"));
    expect(await titles()).toEqual(["精准滴灌"]);
    await deployed.until(
      "the page no longer has it",
      async () => !(await pageText("feed.json")).includes("Second, fixed"),
    );
  });

  test("the time from each upload to the CDN is measured", () => {
    const times = measured("PublishSeconds");
    expect(times.length).toBeGreaterThan(3);
    for (const each of times) expect([each, each >= 0 && each < 30]).toEqual([each, true]);
  });

  test("the scheduled check finds what was published, and tells what is not, until that is mended", async () => {
    const check = () => deployed.announcing.invoke({ check: true });
    await untilQuiet();
    expect(await check()).toEqual({});
    const { body } = (await readObject(deployed.published.store, "rss.xml")) ?? { body: "" };
    await deployed.published.put("rss.xml", "<rss>by another program</rss>");
    expect(await check()).toEqual({ stale: `${deployed.cdn.url}rss.xml is not what was published` });
    await deployed.published.put("rss.xml", body);
    expect(await check()).toEqual({});
    expect(measured("Stale").slice(-3)).toEqual([0, 1, 0]);
  });

  test("the hub is notified of every changed feed, by its URL", async () => {
    const topics = deployed.hub.asked.map(({ body }) => new URLSearchParams(body).get("hub.topic"));
    expect(topics).toEqual(
      expect.arrayContaining([`${deployed.cdn.url}rss.xml`, `${deployed.cdn.url}tags/%E6%B0%B4/atom.xml`]),
    );
  });

  test("a broken post keeps its last good entry, and the others are published", async () => {
    await put("posts/精准 滴灌+1.md", "---\ntitle: [\n---\n");
    await put("posts/c.md", post({ title: "Third", date: "2026-01-04" }));
    await deployed.until("the good one is there", async () => (await titles()).includes("Third"));
    expect(await titles()).toEqual(["Third", "精准滴灌"]);
  });
});

test("a thousand uploads within ten seconds cause at most five runs, and all are published", async () => {
  await untilQuiet();
  // As deployed: the batching window, large batches, and the five pollers that Lambda begins with.
  Object.assign(deployed.queue.behavior, {
    window: WINDOW.toMilliseconds(),
    batchSize: () => 10_000,
    pollers: 5,
    duplicates: 0,
  });
  const before = deployed.queue.deliveries.length;
  const started = Date.now();
  const day = (i: number) => new Date(Date.UTC(2025, i % 12, 1 + (i % 28), i % 24)).toISOString();
  await forEachAtOnce(
    Array.from({ length: 1000 }, (_, i) => i),
    (i) => put(`posts/burst/${i}.md`, post({ title: `No. ${i}`, date: day(i), tags: `[t${i % 10}]` })),
  );
  const took = Date.now() - started;
  expect(took).toBeLessThan(10_000);
  await untilQuiet(150_000);
  const runs = deployed.queue.deliveries.slice(before);
  process.stderr.write(
    `1,000 uploads in ${took} ms: ${runs.length} runs of ${runs.map(({ size }) => size)} triggers\n`,
  );
  expect(runs.every(({ failed, report }) => failed === undefined && report?.refused === undefined)).toBe(true);
  expect(runs.length).toBeLessThanOrEqual(5);
  expect(deployed.queue.dead).toEqual([]);

  const listed = new Set<string>();
  let next: string | undefined = `${deployed.cdn.url}feed.json?raw`;
  while (next !== undefined) {
    const feed: string = await (await fetch(next)).text();
    for (const id of ids(feed)) listed.add(id);
    next = JSON.parse(feed).next_url;
  }
  expect(listed.size).toBe(1002);
}, 240_000);

test("after a function is killed in the middle of a run, the trigger is delivered again, and the next run completes", async () => {
  Object.assign(deployed.queue.behavior, { window: 300, pollers: 1 });
  await untilQuiet();
  const before = deployed.queue.deliveries.length;
  killAfter = 40;
  const title = "After the storm";
  await put("posts/storm.md", post({ title, date: "2026-01-05", tags: "[t1, t2, t3, t4, t5, t6, t7, t8, t9]" }));
  await deployed.until("the reader has it", async () => (await titles()).includes(title), 100_000);
  await untilQuiet();
  expect(deployed.queue.deliveries.slice(before).map(({ failed }) => failed)).toContain("the process ended");
  expect(deployed.queue.dead).toEqual([]);
}, 150_000);

test("all that the functions asked for is allowed by the policies of the template", () => {
  const actions = [...new Set(deployed.recorded.calls.map(({ by, action }) => `${by} ${action}`))];
  expect(actions).toEqual(
    expect.arrayContaining([
      ...["Get", "Put", "Delete"].map((verb) => `RebuildRole s3:${verb}Object`),
      ...["RebuildRole s3:ListBucket", "AnnounceRole s3:GetObject", "AnnounceRole s3:PutObject"],
      ...["AnnounceRole s3:ListBucket", "AnnounceRole cloudfront:CreateInvalidation"],
    ]),
  );
  expect(deployed.recorded.coverage().refused).toEqual([]);
});
