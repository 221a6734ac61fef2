/** `announce`: from the outbox that a run left to a CDN and hubs on loopback. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { handlerFor } from "../../functions/announce.ts";
import { handlerFor as rebuildFor } from "../../functions/rebuild.ts";
import { type Answer, type Asked, AWS_ENVIRONMENT, type Served, serve } from "../support/loopback.ts";
import { post, SITE } from "../support/world.ts";

const XML = { "content-type": "text/xml" };
const invalidation = (Status: string): Answer => ({
  headers: XML,
  body: `<?xml version="1.0"?><Invalidation xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Id>I1</Id><Status>${Status}</Status><CreateTime>2026-01-01T00:00:00Z</CreateTime><InvalidationBatch><Paths><Quantity>0</Quantity></Paths><CallerReference>x</CallerReference></InvalidationBatch></Invalidation>`,
});
const refusal = (status: number, Code: string): Answer => ({
  status,
  headers: XML,
  body: `<?xml version="1.0"?><ErrorResponse xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Error><Type>Sender</Type><Code>${Code}</Code><Message>slow down</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
});
const isCreation = ({ method, path }: Asked) => method === "POST" && path.includes("/invalidation");
const pathsOf = ({ body }: Asked) => [...body.matchAll(/<Path>([^<]*)<\/Path>/g)].map(([, path]) => path);
/** Remaining time of an invocation. */
const SHORT = { awsRequestId: "r1", getRemainingTimeInMillis: () => 3_000 };
const LONG = { awsRequestId: "r1", getRemainingTimeInMillis: () => 60_000 };

let folder: string;
let cloudfront: Served;
let cdn: Served;
let hub: Served;
let answer: (asked: Asked) => Answer | undefined;
const lines: string[] = [];

beforeEach(async () => {
  lines.length = 0;
  vi.spyOn(process.stderr, "write").mockImplementation((line) => lines.push(String(line)) > 0);
  folder = await mkdtemp(join(tmpdir(), "dripfeed-announce-"));
  answer = () => invalidation("Completed");
  cloudfront = await serve((asked) => answer(asked));
  hub = await serve(() => ({ status: 202 }));
  cdn = await serve(async ({ path }) => {
    const body = await readFile(join(folder, "public", decodeURIComponent(path)), "utf8").catch(() => undefined);
    return body === undefined ? { status: 404 } : { body };
  });
  for (const [name, value] of Object.entries(AWS_ENVIRONMENT)) vi.stubEnv(name, value);
  vi.stubEnv("AWS_ENDPOINT_URL_CLOUDFRONT", cloudfront.origin);
  await mkdir(join(folder, "content/posts"), { recursive: true });
  await write("site.yaml", `${SITE.replace(/feeds: .*/, `feeds: ${cdn.origin}/`)}hubs: [${hub.origin}]\n`);
  await write("posts/a.md", post({ tags: "[滴灌]" }));
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  for (const server of [cloudfront, cdn, hub]) await server.close();
  await rm(folder, { recursive: true, force: true });
});

const write = (key: string, text: string) => writeFile(join(folder, "content", key), text);
const stores = () => ({
  DRIPFEED_CONTENT: join(folder, "content"),
  DRIPFEED_PUBLIC: join(folder, "public"),
  DRIPFEED_STATE: join(folder, "state"),
  DRIPFEED_SITE: "notes",
});
/** With pauses a hundredth as long. */
const announcer = () => handlerFor({ ...stores(), DRIPFEED_DISTRIBUTION: "E1" }, (ms) => sleep(ms / 100));
const rebuild = () => rebuildFor(stores())({ full: true }, { awsRequestId: "r0" });
const outbox = async () => JSON.parse(await readFile(join(folder, "state/head.json"), "utf8")).outbox.paths;
const measured = () => lines.map((line) => JSON.parse(line)).filter((line) => "OutboxPaths" in line);
const event = async () => JSON.parse(await readFile("test/events/eventbridge-head.json", "utf8"));

describe("announce", () => {
  test("invalidates the CDN, checks it once, notifies every hub, and empties the outbox", async () => {
    await rebuild();
    expect(await announcer()(await event(), LONG)).toMatchObject({ paths: 9, hubs: [] });
    const [created] = cloudfront.asked.filter(isCreation);
    expect(created && pathsOf(created)).toEqual(
      expect.arrayContaining(["/rss.xml", "/tags/%E6%BB%B4%E7%81%8C/atom.xml"]),
    );
    expect(created?.body).toContain("<CallerReference>r1</CallerReference>");
    expect(cdn.asked).toHaveLength(1);
    const topics = hub.asked.map(({ body }) => new URLSearchParams(body).get("hub.topic"));
    expect(topics.slice(0, 3).toSorted()).toEqual(
      ["atom.xml", "feed.json", "rss.xml"].map((file) => `${cdn.origin}/${file}`),
    );
    expect(topics).toContain(`${cdn.origin}/tags/%E6%BB%B4%E7%81%8C/rss.xml`);
    expect(topics).toHaveLength(6);
    expect(await outbox()).toEqual([]);
    expect(measured()).toMatchObject([{ OutboxPaths: 0, HubFailures: 0, Stale: 0 }]);
  });

  test("finds nothing to announce when its own write of the head invokes it", async () => {
    await rebuild();
    await announcer()(await event(), LONG);
    const before = await readFile(join(folder, "state/head.json"), "utf8");
    const asked = cloudfront.asked.length;
    expect(await announcer()(await event(), LONG)).toBeUndefined();
    expect([cloudfront.asked.length, await readFile(join(folder, "state/head.json"), "utf8")]).toEqual([asked, before]);
  });

  test("waits until the invalidation is completed before it checks the CDN and notifies hubs", async () => {
    await rebuild();
    let polls = 0;
    const order: string[] = [];
    answer = (asked) => {
      if (isCreation(asked)) return invalidation("InProgress");
      order.push(`poll ${cdn.asked.length} ${hub.asked.length}`);
      return invalidation(++polls < 2 ? "InProgress" : "Completed");
    };
    await announcer()(await event(), LONG);
    expect(order).toEqual(["poll 0 0", "poll 0 0"]);
    expect(hub.asked.length).toBeGreaterThan(0);
  });

  test.each(["Throttling", "TooManyInvalidationsInProgress"])("retries after %s", async (code) => {
    await rebuild();
    let times = 0;
    answer = () => (++times <= 4 ? refusal(400, code) : invalidation("Completed"));
    expect(await announcer()(await event(), LONG)).toMatchObject({ paths: 9 });
    expect(new Set(cloudfront.asked.map(({ body }) => /<CallerReference>[^<]*/.exec(body)?.[0])).size).toBe(1);
    expect(await outbox()).toEqual([]);
  });

  test("keeps the outbox, notifies no hub and reports the number of paths when the invalidation takes too long", async () => {
    await rebuild();
    answer = () => invalidation("InProgress");
    expect(await announcer()(await event(), SHORT)).toMatchObject({
      paths: 9,
      failed: expect.stringMatching(/longer than/),
    });
    expect([(await outbox()).length, hub.asked.length]).toEqual([9, 0]);
    expect(measured()).toMatchObject([{ OutboxPaths: 9 }]);
    answer = () => invalidation("Completed");
    await announcer()(await event(), LONG);
    expect(await outbox()).toEqual([]);
  });

  test("keeps the outbox when the invalidation is denied", async () => {
    await rebuild();
    answer = () => refusal(403, "AccessDenied");
    expect(await announcer()(await event(), LONG)).toMatchObject({ failed: expect.any(String) });
    expect(await outbox()).toHaveLength(9);
  });

  test("reports when the CDN serves something else, and continues", async () => {
    await rebuild();
    await cdn.close();
    cdn = await serve(() => ({ body: "<rss>old</rss>" }));
    await write("site.yaml", `${SITE.replace(/feeds: .*/, `feeds: ${cdn.origin}/`)}hubs: [${hub.origin}]\n`);
    expect(await announcer()(await event(), LONG)).toMatchObject({
      stale: expect.stringMatching(/is not what was published/),
    });
    expect(measured()).toMatchObject([{ Stale: 1, OutboxPaths: 0 }]);
    expect(hub.asked.length).toBeGreaterThan(0);
  });

  test("empties the outbox though a hub fails, and counts the failure", async () => {
    await rebuild();
    await hub.close();
    expect(await announcer()(await event(), LONG)).toMatchObject({ hubs: [{ hub: `${hub.origin}/` }] });
    expect([await outbox(), measured()]).toMatchObject([[], [{ HubFailures: 1 }]]);
  });

  test("leaves the outbox to a run that holds the lease", async () => {
    await rebuild();
    const path = join(folder, "state/head.json");
    const head = JSON.parse(await readFile(path, "utf8"));
    const lease = { run: "other", until: "2999-01-01T00:00:00Z", intent: "intents/other.json" };
    await writeFile(path, JSON.stringify({ ...head, lease }));
    expect(await announcer()(await event(), LONG)).toBeUndefined();
    expect(cloudfront.asked).toEqual([]);
  });

  test("invoked twice at once may announce twice, and loses nothing", async () => {
    await rebuild();
    await Promise.all([announcer()(await event(), LONG), announcer()(await event(), LONG)]);
    expect(await outbox()).toEqual([]);
    expect(cloudfront.asked.filter(isCreation).length).toBeGreaterThan(0);
  });

  test("without a CDN notifies only the hubs", async () => {
    await rebuild();
    await handlerFor(stores())({}, LONG);
    expect([cloudfront.asked.length, cdn.asked.length, hub.asked.length]).toEqual([0, 0, 6]);
  });
});
