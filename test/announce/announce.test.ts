/** `announce`: from the outbox that a run left to a CDN and hubs on loopback. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { handlerFor } from "../../functions/announce.ts";
import { handlerFor as rebuildFor } from "../../functions/rebuild.ts";
import { readAgent } from "../../lib/audience/agents/agents.ts";
import { sealJson } from "../../lib/state/sealed.ts";
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
const LONG = { awsRequestId: "r1", getRemainingTimeInMillis: () => 60_001 };

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
  cloudfront = await serve((asked) => {
    const given = answer(asked);
    return isCreation(asked) && given && given.status === undefined ? { ...given, status: 201 } : given;
  });
  hub = await serve(() => ({ status: 202 }));
  cdn = await serve(async ({ path }) => {
    const body = await readFile(join(folder, "public", decodeURIComponent(path)), "utf8").catch(() => undefined);
    return body === undefined ? { status: 404 } : { body };
  });
  for (const [name, value] of Object.entries(AWS_ENVIRONMENT)) vi.stubEnv(name, value);
  vi.stubEnv("AWS_ENDPOINT_URL_CLOUDFRONT", cloudfront.origin);
  await mkdir(join(folder, "content/posts"), { recursive: true });
  await useHubs(hub);
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
const referenceOf = ({ body }: Asked) => /<CallerReference>([^<]*)/.exec(body)?.[1];
const topicIn = ({ body }: Asked, path: string) =>
  new URLSearchParams(body).get("hub.topic") === `${cdn.origin}/${path}`;
const useHubs = (...hubs: readonly Served[]) =>
  write(
    "site.yaml",
    `${SITE.replace(/feeds: .*/, `feeds: ${cdn.origin}/`)}hubs: [${hubs.map(({ origin }) => origin).join(", ")}]\n`,
  );
/** With pauses a hundredth as long. */
const announcer = () => handlerFor({ ...stores(), DRIPFEED_DISTRIBUTION: "E1" }, (ms) => sleep(ms / 100));
const rebuild = () => rebuildFor(stores())({ full: true }, { awsRequestId: "r0" });
const state = async (key: string) => {
  const { digest: _, ...value } = JSON.parse(
    await readFile(join(folder, "state", key), "utf8").catch(() => '{ "taken": [] }'),
  );
  return value;
};
const putState = (key: string, value: object) => writeFile(join(folder, "state", key), sealJson(key, value));
/** What waits in the head, and what was taken from it. */
const outbox = async (): Promise<readonly string[]> => [
  ...(await state("head.json")).outbox.paths,
  ...(await state("announcing.json")).taken.flatMap(({ paths }: { readonly paths: readonly string[] }) => paths),
];
const waiting = async () =>
  (await state("announcing.json")).taken.map(({ topics }: { readonly topics: object }) => topics);
const told = () =>
  hub.asked.map(({ body }) => new URLSearchParams(body).get("hub.topic")?.replace(`${cdn.origin}/`, ""));
const FEEDS = ["rss.xml", "atom.xml", "feed.json"];
const TAG = encodeURIComponent("滴灌");
const ALL = [...FEEDS, ...FEEDS.map((file) => `tags/${TAG}/${file}`)];
const measured = () => lines.map((line) => JSON.parse(line)).filter((line) => "OutboxPaths" in line);
const stale = () => lines.map((line) => JSON.parse(line)).flatMap((line) => ("Stale" in line ? [line["Stale"]] : []));
const event = async () => JSON.parse(await readFile("test/events/eventbridge-head.json", "utf8"));

describe("announce", () => {
  test("invalidates the CDN, checks it once, notifies every hub, and empties the outbox", async () => {
    await rebuild();
    expect(await announcer()(await event(), LONG)).toMatchObject({ paths: 9, hubs: [] });
    const [created] = cloudfront.asked.filter(isCreation);
    expect(created && pathsOf(created).toSorted()).toEqual(
      [...FEEDS, "autodiscovery.html", "feeds.json", "feeds.opml", `tags/${TAG}/*`]
        .map((path) => `/${path}`)
        .toSorted(),
    );
    expect(cdn.asked).toHaveLength(1);
    expect(told().slice(0, 3).toSorted()).toEqual(FEEDS.toSorted());
    expect(told().toSorted()).toEqual(ALL.toSorted());
    expect(await outbox()).toEqual([]);
    expect(measured()).toMatchObject([{ OutboxPaths: 0, HubFailures: 0, InvalidationPaths: 7 }]);
    expect(stale()).toEqual([0]);
    const done = lines.map((line) => JSON.parse(line)).find(({ message }) => message === "announced");
    expect(done).toMatchObject({ paths: 9, billed: 7 });
  });

  test("measures the time from the first upload of what it announces to the CDN, also where it failed at first", async () => {
    const ago = (seconds: number) => ({
      Records: [seconds - 3, seconds].map((each) => ({
        eventSource: "aws:sqs",
        body: "{}",
        attributes: { SentTimestamp: String(Date.now() - each * 1000) },
      })),
    });
    const rebuildFrom = (event: unknown) => rebuildFor(stores())(event, { awsRequestId: "r0" });
    const took = () => measured().map((line) => line.PublishSeconds);
    await rebuildFrom(ago(100));
    await announcer()(await event(), LONG);
    await write("posts/b.md", post({ tags: "[milk]", date: "2026-01-03T00:00:00Z" }));
    await rebuildFrom(ago(600));
    answer = () => refusal(403, "AccessDenied");
    await announcer()(await event(), LONG);
    await write("posts/c.md", post({ tags: "[tea]", date: "2026-01-04T00:00:00Z" }));
    await rebuildFrom(ago(30));
    answer = () => invalidation("Completed");
    await announcer()(await event(), LONG);
    // By hand: nobody knows since when.
    await write("posts/d.md", post({ tags: "[tea]", date: "2026-01-05T00:00:00Z" }));
    await rebuild();
    await announcer()(await event(), LONG);
    expect(took().map((each) => each && Math.floor(each / 10))).toEqual([10, undefined, 60, undefined]);
    expect((await state("head.json")).outbox).not.toHaveProperty("since");
  });

  test("notifies hubs of feeds, and neither them nor the CDN of copies under former addresses", async () => {
    const former = Array.from({ length: 99 }, (_, i) => `former/${i}/of/the/blog/atom.xml: atom.xml`);
    await write(
      "site.yaml",
      `${await readFile(join(folder, "content/site.yaml"), "utf8")}aliases: [{ ${former.join(", ")} }]\n`,
    );
    await rebuild();
    expect((await outbox()).filter((path: string) => path.startsWith("former/")).length).toBeGreaterThan(5);
    await announcer()(await event(), LONG);
    const topics = hub.asked.map(({ body }) => new URLSearchParams(body).get("hub.topic") ?? "");
    expect([topics.length, topics.filter((topic) => topic.includes("former"))]).toEqual([6, []]);
    const invalidated = cloudfront.asked.filter(isCreation).flatMap(pathsOf);
    expect(invalidated).toContain("/rss.xml");
    expect(invalidated.filter((path) => path?.includes("former"))).toEqual([]);
  });

  test("finds nothing to announce when its own write of the head invokes it", async () => {
    await rebuild();
    await announcer()(await event(), LONG);
    const before = [await state("head.json"), await state("announcing.json")];
    const asked = cloudfront.asked.length;
    expect(await announcer()(await event(), LONG)).toBeUndefined();
    expect(cloudfront.asked.length).toBe(asked);
    expect([await state("head.json"), await state("announcing.json")]).toEqual(before);
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
    // Nothing was asked of the CDN, so that an alarm that rings goes on.
    expect(stale()).toEqual([]);
    answer = () => invalidation("Completed");
    await announcer()(await event(), LONG);
    expect(await outbox()).toEqual([]);
    // The same invalidation: CloudFront bills a reference that it knows once.
    expect(new Set(cloudfront.asked.filter(isCreation).map(referenceOf)).size).toBe(1);
  });

  test("makes another invalidation where more has changed since one that failed", async () => {
    await rebuild();
    answer = () => refusal(403, "AccessDenied");
    await announcer()(await event(), LONG);
    await write("posts/b.md", post({ tags: "[milk]", date: "2026-01-03T00:00:00Z" }));
    await rebuild();
    answer = () => invalidation("Completed");
    await announcer()(await event(), LONG);
    const created = cloudfront.asked.filter(isCreation);
    expect(new Set(created.map(referenceOf)).size).toBe(2);
    const last = created.at(-1);
    expect(last && pathsOf(last)).toEqual(expect.arrayContaining([`/tags/${TAG}/*`, "/tags/milk/*"]));
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
    await useHubs(hub);
    expect(await announcer()(await event(), LONG)).toMatchObject({
      checked: { stale: expect.stringMatching(/is not what was published/) },
    });
    expect([measured(), stale()]).toMatchObject([[{ OutboxPaths: 0 }], [1]]);
    expect(hub.asked.length).toBeGreaterThan(0);
  });

  test("tells every topic once where a hub refuses some, names these, and empties the outbox", async () => {
    await rebuild();
    const refuses = (asked: Asked) =>
      /(?:\/|%2F)(?:rss\.xml)/.test(new URLSearchParams(asked.body).get("hub.topic") ?? "");
    await hub.close();
    hub = await serve((asked) => ({ status: refuses(asked) ? 404 : 202 }));
    await useHubs(hub);
    const result = await announcer()(await event(), LONG);
    expect(told().toSorted()).toEqual(ALL.toSorted());
    expect(result).toMatchObject({
      hubs: ["rss.xml", `tags/${TAG}/rss.xml`].map((path) => ({
        topic: `${cdn.origin}/${path}`,
        why: "it answered 404",
      })),
    });
    expect([await outbox(), await waiting(), measured()]).toMatchObject([[], [], [{ HubFailures: 2 }]]);
    expect(await announcer()(await event(), LONG)).toBeUndefined();
    const [warned, ...others] = lines.map((line) => JSON.parse(line)).filter(({ level }) => level === "warn");
    expect([warned, others]).toMatchObject([{ why: "it answered 404", also: [expect.any(String)], count: 2 }, []]);
  });

  test("keeps for a hub that is down exactly what it was not told, and makes no second invalidation for it", async () => {
    await rebuild();
    let isDown = true;
    const other = await serve(() => ({ status: 202 }));
    await hub.close();
    hub = await serve((asked) => ({ status: isDown && !topicIn(asked, "rss.xml") ? 503 : 202 }));
    await useHubs(hub, other);
    const first = await announcer()(await event(), LONG);
    expect(first).toMatchObject({ hubs: [{ hub: `${hub.origin}/`, why: "it answered 503", waiting: 5 }], waiting: 5 });
    expect(other.asked).toHaveLength(6);
    expect(await outbox()).toEqual([]);
    const [left] = await waiting();
    expect(Object.keys(left)).toEqual([`${hub.origin}/`]);
    isDown = false;
    const before = told().length;
    expect(await announcer()(await event(), LONG)).toMatchObject({ paths: 0, hubs: [] });
    expect(told().slice(before).toSorted()).toEqual(ALL.filter((path) => path !== "rss.xml").toSorted());
    expect(other.asked).toHaveLength(6);
    expect(cloudfront.asked.filter(isCreation)).toHaveLength(1);
    expect(await waiting()).toEqual([]);
    await other.close();
  });

  test("notes in time what hubs were told, and says how much waits", async () => {
    await rebuild();
    await hub.close();
    hub = await serve((asked) => (topicIn(asked, "rss.xml") ? { status: 202 } : undefined));
    await useHubs(hub);
    expect(await announcer()(await event(), SHORT)).toMatchObject({
      paths: 9,
      hubs: [{ hub: `${hub.origin}/`, why: expect.any(String), waiting: 5 }],
      waiting: 5,
    });
    const [left] = await waiting();
    expect(Object.values(left).flat()).not.toContain("rss.xml");
    expect((await state("announcing.json")).taken[0].until).toBe("1970-01-01T00:00:00Z");
  });

  test("forgets what waits for a hub that site.yaml names no more", async () => {
    await rebuild();
    await hub.close();
    await announcer()(await event(), LONG);
    expect(await waiting()).toHaveLength(1);
    await useHubs();
    expect(await announcer()(await event(), LONG)).toMatchObject({ paths: 0, hubs: [] });
    expect(await waiting()).toEqual([]);
  });

  test("tells hubs nothing of feeds that are gone, whether they went in the same run or while they waited", async () => {
    await write("posts/b.md", post({ tags: "[milk]", date: "2026-01-03T00:00:00Z" }));
    await write("posts/c.md", post({ tags: "[tea]", date: "2026-01-04T00:00:00Z" }));
    await rebuild();
    const { port } = new URL(hub.origin);
    await hub.close();
    await announcer()(await event(), LONG);
    for (const tag of ["milk", "tea"]) await rm(join(folder, "public/tags", tag), { recursive: true });
    await mkdir(join(folder, "public/tags/milk"));
    await writeFile(join(folder, "public/tags/milk/atom.xml"), "<feed/>");
    hub = await serve(() => ({ status: 202 }));
    await useHubs(hub);
    const text = JSON.stringify(await state("announcing.json"));
    const moved = JSON.parse(text.replaceAll(`:${port}/`, `:${new URL(hub.origin).port}/`));
    await putState("announcing.json", moved);
    expect(await announcer()(await event(), LONG)).toMatchObject({ hubs: [] });
    expect(told().toSorted()).toEqual([...ALL, "tags/milk/atom.xml"].toSorted());
  });

  test("tells hubs of each feed below a prefix, where too much changed to be named", async () => {
    await rebuild();
    const head = await state("head.json");
    const outbox = { ...head.outbox, paths: ["atom.xml", "tags/*"] };
    await putState("head.json", { ...head, outbox });
    await announcer()(await event(), LONG);
    expect(told()).toEqual(["atom.xml", ...FEEDS.map((file) => `tags/${TAG}/${file}`).toSorted()]);
  });

  test("invalidates media that changed, and no other", async () => {
    await mkdir(join(folder, "content/media"));
    await write("media/ep1.mp3", "twelve bytes");
    await write("media/ep2.mp3", "twelve bytes");
    await write("posts/e.md", post({ audio: "[/media/ep1.mp3, /media/ep2.mp3]", date: "2026-01-05T00:00:00Z" }));
    await rebuild();
    await announcer()(await event(), LONG);
    await write("media/ep2.mp3", "TWELVE BYTES");
    await rebuild();
    expect(await announcer()(await event(), LONG)).toMatchObject({ paths: 1, invalidated: ["/media/ep2.mp3"] });
    await rebuild();
    expect(await announcer()(await event(), LONG)).toBeUndefined();
  });

  test("leaves the outbox to a run that holds the lease", async () => {
    await rebuild();
    const head = await state("head.json");
    const lease = { run: "other", until: "2999-01-01T00:00:00Z", intent: "intents/other.json" };
    await putState("head.json", { ...head, lease });
    expect(await announcer()(await event(), LONG)).toBeUndefined();
    expect(cloudfront.asked).toEqual([]);
  });

  test("invoked twice at once announces once", async () => {
    await rebuild();
    const results = await Promise.all([announcer()(await event(), LONG), announcer()(await event(), LONG)]);
    expect(results.filter((result) => result !== undefined)).toHaveLength(1);
    expect([await outbox(), await waiting()]).toEqual([[], []]);
    expect(cloudfront.asked.filter(isCreation)).toHaveLength(1);
    expect(told().toSorted()).toEqual(ALL.toSorted());
  });

  test("invoked by a commit while a hub is slow announces that commit, and only that, at once", async () => {
    let free = () => {};
    const busy = new Promise<void>((resolve) => {
      free = resolve;
    });
    await hub.close();
    hub = await serve(async () => {
      await busy;
      return { status: 202 };
    });
    await useHubs(hub);
    await rebuild();
    const slow = announcer()(await event(), LONG);
    await vi.waitFor(() => expect(hub.asked.length).toBeGreaterThan(0));
    await write("posts/b.md", post({ tags: "[milk]", date: "2026-01-03T00:00:00Z" }));
    await rebuild();
    const second = announcer()(await event(), LONG);
    await vi.waitFor(() => expect(cloudfront.asked.filter(isCreation)).toHaveLength(2));
    free();
    await Promise.all([slow, second]);
    const paths = cloudfront.asked.filter(isCreation).map(pathsOf);
    expect(paths[1]).toContain("/tags/milk/*");
    expect(paths[1]).not.toContain(`/tags/${TAG}/*`);
    const times = (path: string) => told().filter((each) => each === path).length;
    expect([times("rss.xml"), times(`tags/${TAG}/rss.xml`), times("tags/milk/rss.xml")]).toEqual([2, 1, 1]);
    expect([await outbox(), await waiting()]).toEqual([[], []]);
  });

  test("announces again what an invocation took that ended without a word, once its time is over", async () => {
    await rebuild();
    answer = () => invalidation("InProgress");
    const lost = announcer()(await event(), { awsRequestId: "r1", getRemainingTimeInMillis: () => 60_000 });
    await vi.waitFor(async () => expect((await state("announcing.json")).taken).toHaveLength(1));
    expect(await announcer()(await event(), LONG)).toBeUndefined();
    const announcing = await state("announcing.json");
    const taken = [{ ...announcing.taken[0], by: "gone", until: "2026-01-01T00:00:00Z" }];
    await putState("announcing.json", { ...announcing, taken });
    answer = () => invalidation("Completed");
    expect(await announcer()(await event(), LONG)).toMatchObject({ paths: 9 });
    expect(told().toSorted()).toEqual(ALL.toSorted());
    await lost;
    expect([await outbox(), await waiting()]).toEqual([[], []]);
  });

  test("without a CDN notifies only the hubs", async () => {
    await rebuild();
    await handlerFor(stores())({}, LONG);
    expect([cloudfront.asked.length, cdn.asked.length, hub.asked.length]).toEqual([0, 0, 6]);
  });
});

describe("the scheduled check", () => {
  const CHECK = { check: true };
  const announced = async () => {
    await rebuild();
    await announcer()(await event(), LONG);
    lines.length = 0;
  };
  const serving = async (answer: Parameters<typeof serve>[0]) => {
    await cdn.close();
    cdn = await serve(answer);
    await useHubs();
  };
  const asked = () => cdn.asked.length;

  test("asks the site's address for its feed, as a monitor and not as a reader, and measures 0 where it is as published", async () => {
    await announced();
    const before = asked();
    expect(await announcer()(CHECK, LONG)).toEqual({});
    expect([asked() - before, stale()]).toEqual([1, [0]]);
    const { path, headers } = cdn.asked.at(-1) ?? { path: "", headers: {} };
    expect(path).toBe("/rss.xml");
    expect(readAgent(String(headers["user-agent"]))).toMatchObject({ name: "Dripfeed", kind: "monitor" });
    expect(headers).not.toHaveProperty("cache-control", "no-cache");
  });

  test.each<readonly [string, Parameters<typeof serve>[0], RegExp]>([
    ["serves something else", () => ({ body: "<rss>old</rss>" }), /is not what was published/],
    ["answers 403", () => ({ status: 403 }), /answers 403/],
  ])("measures 1 each time while the site %s, and 0 when it is mended", async (_, answer, why) => {
    await announced();
    const { origin } = cdn;
    await serving(answer);
    await rebuild(); // site.yaml has the new port
    await announcer()(await event(), LONG);
    lines.length = 0;
    expect(await announcer()(CHECK, LONG)).toMatchObject({ stale: expect.stringMatching(why) });
    expect(await announcer()(CHECK, LONG)).toMatchObject({ stale: expect.stringMatching(why) });
    expect([stale(), cdn.origin === origin]).toEqual([[1, 1], false]);
    expect(lines.map((line) => JSON.parse(line)).some((line) => why.test(String(line.why)))).toBe(true);
    const body = await readFile(join(folder, "public/rss.xml"), "utf8");
    await serving(() => ({ body }));
    await announcer()(CHECK, LONG);
    expect(stale()).toEqual([1, 1, 0]);
  });

  test("measures 1 where nothing answers at the site's address", async () => {
    await announced();
    await cdn.close();
    expect(await announcer()(CHECK, LONG)).toMatchObject({ stale: expect.stringMatching(/could not be checked/) });
    expect(stale()).toEqual([1]);
  });

  test("asks nothing while changes wait to be announced elsewhere, while a run writes, and before the first publication", async () => {
    expect(await announcer()(CHECK, LONG)).toBeUndefined();
    await announced();
    const before = asked();
    const head = await state("head.json");
    const lease = { run: "other", until: "2999-01-01T00:00:00Z", intent: "intents/other.json" };
    await putState("head.json", { ...head, lease });
    expect(await announcer()(CHECK, LONG)).toBeUndefined();
    await putState("head.json", head);
    const until = new Date(Date.now() + 60_000).toISOString();
    const taken = [{ by: "other", until, reference: "r", paths: ["rss.xml"], media: [], topics: {} }];
    await putState("announcing.json", { format: 1, taken });
    expect(await announcer()(CHECK, LONG)).toBeUndefined();
    expect([asked() - before, stale()]).toEqual([0, []]);
    // What waits for hubs alone hinders nothing.
    await putState("announcing.json", { format: 1, taken: [{ ...taken[0], paths: [], topics: { x: ["rss.xml"] } }] });
    expect(await announcer()(CHECK, LONG)).toEqual({});
  });

  test("does not tell where a run wrote while it asked", async () => {
    let isWriting = false;
    await serving(async () => {
      const body = await readFile(join(folder, "public/rss.xml"), "utf8");
      if (!isWriting) return { body };
      await write("posts/b.md", post({ date: "2026-01-03T00:00:00Z" }));
      await rebuild();
      return { body: "<rss>of an edge that was not told yet</rss>" };
    });
    await announced();
    isWriting = true;
    expect(await announcer()(CHECK, LONG)).toBeUndefined();
    expect(stale()).toEqual([]);
  });

  test("asks nothing where site.yaml cannot be used, of which its runs tell, and without a CDN", async () => {
    await announced();
    const before = asked();
    expect(await handlerFor(stores())(CHECK, LONG)).toBeUndefined();
    await write("site.yaml", "titel: x\n");
    expect(await announcer()(CHECK, LONG)).toBeUndefined();
    expect([asked() - before, stale()]).toEqual([0, []]);
  });

  test("asks, too, while hubs wait to be told, which may take days", async () => {
    await hub.close();
    await announced();
    const before = asked();
    expect(await announcer()(CHECK, LONG)).toMatchObject({ paths: 0, waiting: 6, checked: {} });
    expect([asked() - before, stale()]).toEqual([1, [0]]);
  });

  test("fails after it is in the log what hubs answered", async () => {
    let isDamaging = false;
    await serving(async () => {
      const body = await readFile(join(folder, "public/rss.xml"), "utf8");
      if (!isDamaging) return { body };
      await writeFile(join(folder, "state/head.json"), "no JSON");
      return { body: "<rss>another</rss>" };
    });
    await useHubs(hub);
    await hub.close();
    await announced();
    isDamaging = true;
    await expect(announcer()(CHECK, LONG)).rejects.toThrow("head.json");
    expect(lines.join("")).toContain("a hub could not be notified");
    expect(measured().map((line) => line.HubFailures)).toContain(1);
  });

  test("announces first what waits", async () => {
    await rebuild();
    expect(await announcer()(CHECK, LONG)).toMatchObject({ paths: 9, checked: {} });
    expect(stale()).toEqual([0]);
  });
});
