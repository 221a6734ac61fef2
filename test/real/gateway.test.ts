/** Runs, the S3 store, the command line and the bundled function on a real object store. */
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { slugOf } from "../../lib/channels/slug.ts";
import type { PublishOptions } from "../../lib/publish/options.ts";
import { publish } from "../../lib/publish/publish.ts";
import type { Report } from "../../lib/publish/types.ts";
import type { Head } from "../../lib/state/types.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import { s3Store } from "../../lib/stores/s3.ts";
import { type Store, StoreConflict, StoreError, StoreUnknown } from "../../lib/stores/store.ts";
import { endpoint, filesOf, newPlace, type Objects, type Place, place } from "./s3.ts";

const exec = promisify(execFile);
const FILES = ["rss.xml", "atom.xml", "feed.json"];
const NOW = new Date("2026-12-01T00:00:00Z");
const POST = "posts/我给阅读器写过一个过滤器.md";

const example = await filesOf("content");
const temporary = await mkdtemp(join(tmpdir(), "dripfeed-real-"));
afterAll(() => rm(temporary, { recursive: true, force: true }));

const bytes = (text: string) => new TextEncoder().encode(text);
const textOf = (key: string) => new TextDecoder().decode(example.get(key));

interface Stores {
  readonly content: Store;
  readonly public: Store;
  readonly state: Store;
}

interface TestSite {
  readonly content: Place;
  readonly public: Place;
  readonly state: Place;
  readonly stores: Stores;
}

/** The example content on the gateway, with nothing published yet. */
async function newSite(prefixes?: readonly [content: string, publicPrefix: string, state: string]): Promise<TestSite> {
  const first = await newPlace(prefixes?.[0]);
  const site = {
    content: first,
    public: prefixes ? place(first.bucket, prefixes[1]) : await newPlace(),
    state: prefixes ? place(first.bucket, prefixes[2]) : await newPlace(),
  };
  await Promise.all([...example].map(([key, body]) => site.content.put(key, body)));
  return { ...site, stores: { content: site.content.store, public: site.public.store, state: site.state.store } };
}

async function publishedSite(): Promise<TestSite> {
  const site = await newSite();
  expect((await run(site.stores)).refused).toBeUndefined();
  return site;
}

function run(stores: Stores, options: Partial<PublishOptions> = {}): Promise<Report> {
  const clock = { now: () => new Date(), wait: (ms: number) => sleep(ms) };
  return publish({ ...stores, now: NOW, clock, run: randomUUID(), ...options });
}

interface FrontMatter {
  readonly tags?: readonly string[];
}

const frontMatterOf = (markdown: string): FrontMatter => parse(markdown.split(/^---$/m)[1] ?? "");

/** The documents that carry any of these posts: the site's, and those of each tag. */
function documentsOf(...posts: readonly string[]): readonly string[] {
  const slugs = new Set(posts.flatMap((markdown) => frontMatterOf(markdown).tags ?? []).map(slugOf));
  return ["", ...[...slugs].map((slug) => `tags/${slug}/`)].flatMap((path) => FILES.map((file) => path + file)).sort();
}

/** The same site in memory: a run must put the same documents on the gateway. */
async function twin(): Promise<Stores> {
  const stores = { content: memoryStore(), public: memoryStore(), state: memoryStore() };
  for (const [key, body] of example) await stores.content.put(key, body, { contentType: "text/markdown" });
  return stores;
}

const putBy = ({ put }: Report): readonly string[] => put.map(({ path }) => path).sort();

interface Difference {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

function difference(before: Objects, after: Objects): Difference {
  const isSame = (key: string) =>
    before[key]?.etag === after[key]?.etag && before[key]?.modified === after[key]?.modified;
  return {
    added: Object.keys(after).filter((key) => !(key in before)),
    changed: Object.keys(after).filter((key) => key in before && !isSame(key)),
    removed: Object.keys(before).filter((key) => !(key in after)),
  };
}

const etagsOf = (objects: Objects) => Object.fromEntries(Object.entries(objects).map(([key, { etag }]) => [key, etag]));

async function readJson<T>({ store }: Place, key: string): Promise<T> {
  const object = await store.get(key);
  if (typeof object !== "object") throw new Error(`there is no ${key}`);
  return JSON.parse(new TextDecoder().decode(object.body));
}

describe("a run on the gateway", () => {
  test.each([
    ["three buckets", undefined],
    ["three prefixes of one bucket", ["content/", "sites/feeds/", "state of it/"]],
  ] as const)("puts the same documents as elsewhere, and a second one writes nothing: %s", async (_, on) => {
    const site = await newSite(on);
    const report = await run(site.stores);
    const documents = putBy(await run(await twin()));
    expect(documents.length).toBeGreaterThan(200);
    expect(putBy(report)).toEqual(documents);
    const before = { public: await site.public.objects(), state: await site.state.objects() };
    expect(Object.keys(before.public).sort()).toEqual(documents);

    const again = await run(site.stores);
    expect(again).toMatchObject({ put: [], removed: [], unchanged: documents.length });
    expect(again.operations).toMatchObject({ public: { put: 0, delete: 0 }, state: { put: 0, delete: 0 } });
    expect({ public: await site.public.objects(), state: await site.state.objects() }).toEqual(before);
  });

  test("sets content type, UTF-8 and cache policy of every document", async () => {
    const site = await publishedSite();
    const types = {
      "rss.xml": "application/rss+xml; charset=utf-8",
      "atom.xml": "application/xml; charset=utf-8",
      "feed.json": "application/json; charset=utf-8",
    };
    for (const folder of ["", `tags/${slugOf("阅读")}/`, `tags/${slugOf("C++")}/`]) {
      for (const [file, type] of Object.entries(types)) {
        const { ContentType, CacheControl } = await site.public.head(folder + file);
        expect({ file, ContentType, CacheControl }).toEqual({
          file,
          ContentType: type,
          CacheControl: "public, max-age=300",
        });
      }
    }
  });

  test("after an edit puts exactly the documents that carry the post", async () => {
    const site = await publishedSite();
    const before = { public: await site.public.objects(), state: await site.state.objects() };
    const other = await twin();
    await run(other);
    const edited = `${textOf(POST)}\n后来我把它关掉了。\n`;
    await site.content.put(POST, edited);
    await other.content.put(POST, bytes(edited), { contentType: "text/markdown" });
    const report = await run(site.stores, { hints: [POST] });

    const carrying = putBy(await run(other));
    expect(carrying).toEqual(expect.arrayContaining([...documentsOf(textOf(POST))]));
    expect(putBy(report)).toEqual(carrying);
    const publicly = difference(before.public, await site.public.objects());
    expect({ ...publicly, changed: [...publicly.changed].sort() }).toEqual({
      added: [],
      changed: carrying,
      removed: [],
    });
    const { added, changed, removed } = difference(before.state, await site.state.objects());
    expect({ changed, removed }).toEqual({ changed: ["head.json"], removed: [] });
    expect(added.map((key) => key.split("/")[0]).sort()).toEqual(["catalogs", "entries", "intents"]);
  });

  test("writes nothing after the same bytes were put again, with hints or without", async () => {
    const site = await publishedSite();
    const before = { public: await site.public.objects(), state: await site.state.objects() };
    await sleep(10);
    const touched = await site.content.objects();
    await Promise.all([...example].map(([key, body]) => site.content.put(key, body)));
    expect(difference(touched, await site.content.objects()).changed).toHaveLength(example.size);
    for (const hints of [[...example.keys()], undefined]) {
      const { operations } = await run(site.stores, { hints });
      expect(operations).toMatchObject({ public: { put: 0, delete: 0 }, state: { put: 0, delete: 0 } });
    }
    expect({ public: await site.public.objects(), state: await site.state.objects() }).toEqual(before);
  });

  test("removes the documents of a tag that no post has any more, and no others", async () => {
    const site = await publishedSite();
    const before = await site.public.objects();
    const key = "posts/a-field-guide.md";
    await site.content.put(key, textOf(key).replace("  - typography\n", ""));
    const report = await run(site.stores, { hints: [key] });
    const gone = [...FILES, "index.html"].map((file) => `tags/typography/${file}`).sort();
    expect(report.removed.map(({ path }) => path)).toEqual(gone);
    expect(difference(before, await site.public.objects())).toMatchObject({ added: [], removed: gone });
  });

  test("at the same time as another ends with exactly the documents of one run, and without a lease", async () => {
    const site = await newSite();
    const alone = await twin();
    const edited = `${textOf(POST)}\n后来我把它关掉了。\n`;

    for (const edit of [false, true]) {
      if (edit) {
        await site.content.put(POST, edited);
        await alone.content.put(POST, bytes(edited), { contentType: "text/markdown" });
      }
      const reports = await Promise.all([run(site.stores), run(site.stores)]);
      expect(reports.map(({ refused }) => refused)).toEqual([undefined, undefined]);
      await run(alone);
      const expected: { [key: string]: string } = {};
      for await (const { key, etag } of alone.public.list("")) expected[key] = etag; // of content, as S3's
      expect(etagsOf(await site.public.objects())).toEqual(expected);
      const head = await readJson<Head>(site.state, "head.json");
      expect(head.lease).toBeUndefined();
      const after = await site.state.objects();
      expect((await run(site.stores)).operations.state.put).toBe(0);
      expect(await site.state.objects()).toEqual(after);
    }
  });
});

describe("the gateway as a store", () => {
  const rivals = Array.from({ length: 8 }, (_, i) => `rival ${i}`);
  const TYPE = { contentType: "text/plain" };

  async function race(put: (rival: string) => Promise<string>): Promise<{ winners: string[]; errors: unknown[] }> {
    const results = await Promise.allSettled(rivals.map(put));
    return {
      winners: rivals.filter((_, i) => results[i]?.status === "fulfilled"),
      errors: results.flatMap((result) => (result.status === "rejected" ? [result.reason] : [])),
    };
  }

  const isLoss = (error: unknown) => error instanceof StoreConflict || error instanceof StoreUnknown;

  test("lets exactly one of eight concurrent creations succeed; the others are a conflict or unknown", async () => {
    const { store } = await newPlace();
    for (let round = 1; round <= 5; round++) {
      const key = `round ${round}`;
      const { winners, errors } = await race((rival) => store.put(key, bytes(rival), { ...TYPE, ifAbsent: true }));
      expect(winners).toHaveLength(1);
      expect(errors.filter((error) => !isLoss(error))).toEqual([]);
      expect(await store.get(key)).toMatchObject({ body: bytes(winners[0] ?? "") });
    }
  });

  test("lets exactly one of eight concurrent replacements succeed; the others are a conflict or unknown", async () => {
    const { store } = await newPlace();
    for (let round = 1; round <= 5; round++) {
      const key = `round ${round}`;
      const ifMatch = await store.put(key, bytes("before"), TYPE);
      const { winners, errors } = await race((rival) => store.put(key, bytes(rival), { ...TYPE, ifMatch }));
      expect(winners).toHaveLength(1);
      expect(errors.filter((error) => !isLoss(error))).toEqual([]);
      expect(await store.get(key)).toMatchObject({ body: bytes(winners[0] ?? "") });
    }
  });

  const operations = (store: Store) => ({
    get: () => store.get("a"),
    put: () => store.put("a", bytes("x"), TYPE),
    delete: () => store.delete("a"),
    list: async () => {
      for await (const _ of store.list("")) throw new Error("there is an object");
    },
  });

  test("reports that the server cannot be reached", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    server.close();
    const store = s3Store({ bucket: "anything", prefix: "", endpoint: `http://127.0.0.1:${port}` });
    for (const [name, operation] of Object.entries(operations(store))) {
      const error = await operation().catch((error: unknown) => error);
      expect(error).toBeInstanceOf(StoreError);
      const what = name === "list" ? name : `${name} "a"`;
      const why = `connect ECONNREFUSED 127.0.0.1:${port}: nobody answers at http://127.0.0.1:${port}`;
      expect(String(error)).toBe(`StoreError: s3://anything: ${what}: ${why}, so check AWS_ENDPOINT_URL_S3`);
    }
  });

  test("reports that the bucket does not exist", async () => {
    const store = s3Store({ bucket: "no-such-bucket", prefix: "feeds/", endpoint });
    for (const [name, operation] of Object.entries(operations(store))) {
      const error = await operation().catch((error: unknown) => error);
      expect(error).toBeInstanceOf(StoreError);
      const what = name === "list" ? name : `${name} "a"`;
      const why = "the bucket does not exist: create it, or correct its name";
      expect(String(error)).toBe(`StoreError: s3://no-such-bucket/feeds: ${what}: ${why}`);
    }
  });

  test("honours the conditions of puts, and nothing stays of the probe", async () => {
    const { store, objects } = await newPlace("a/prefix/");
    await store.probe?.();
    expect(store.probe).toBeDefined();
    expect(await objects()).toEqual({});
  });
});

describe("the command line", () => {
  const dripfeed = (...args: readonly string[]) =>
    exec(process.execPath, ["lib/dripfeed.js", ...args], {
      env: { ...process.env, AWS_ENDPOINT_URL_S3: endpoint },
      maxBuffer: 2 ** 26,
    });

  test("publishes from bucket to bucket, and does nothing the second time", async () => {
    const site = await newSite();
    const args = ["publish", "--content", site.content.url, "--public", site.public.url, "--state", site.state.url];
    const moment = ["--now", NOW.toISOString(), "--json"];
    const first: Report = JSON.parse((await dripfeed(...args, ...moment)).stdout);
    expect(putBy(first)).toEqual(putBy(await run(await twin())));
    expect(Object.keys(await site.public.objects())).toHaveLength(first.put.length);
    const second: Report = JSON.parse((await dripfeed(...args, ...moment)).stdout);
    expect(second).toMatchObject({ put: [], removed: [], operations: { public: { put: 0 }, state: { put: 0 } } });
  });

  test("exits with 4 and one line when a store fails", async () => {
    const stores = ["--content", "s3://no-such-bucket", "--public", "s3://no-such", "--state", "s3://no-such-either"];
    await expect(dripfeed("publish", ...stores)).rejects.toMatchObject({
      code: 4,
      stdout: "",
      stderr:
        'dripfeed: s3://no-such-either: get "head.json": the bucket does not exist: create it, or correct its name\n',
    });
  });
});

describe("the bundled function", () => {
  let folder: string;

  beforeAll(async () => {
    await exec(process.execPath, ["infra/bundle.ts"]);
    folder = join(temporary, "bundle");
    await cp("dist/lambda/rebuild", folder, { recursive: true });
  });

  async function invoke(site: TestSite, event: string): Promise<Report> {
    const code = `
      import { handler } from "./rebuild.mjs";
      const report = await handler(${event}, { awsRequestId: "test", getRemainingTimeInMillis: () => 60_000 });
      process.stdout.write(JSON.stringify(report));`;
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION } = process.env;
    const { stdout } = await exec(process.execPath, ["--input-type=module", "--eval", code], {
      cwd: folder,
      env: {
        AWS_ACCESS_KEY_ID,
        AWS_SECRET_ACCESS_KEY,
        AWS_REGION,
        AWS_ENDPOINT_URL_S3: endpoint,
        DRIPFEED_CONTENT: site.content.url,
        DRIPFEED_PUBLIC: site.public.url,
        DRIPFEED_STATE: site.state.url,
      },
      maxBuffer: 2 ** 26,
    });
    return JSON.parse(stdout);
  }

  test("runs without node_modules, and publishes the post that a recorded event names", async () => {
    const site = await newSite(["blog/", "feeds/", "state/"]);
    const recorded = await readFile("test/events/sqs-s3-put.json", "utf8");
    const event = recorded.replaceAll("my-content", site.content.bucket); // its key is blog/posts/精准 滴灌.md
    const first = await invoke(site, event);
    expect(first.refused).toBeUndefined();
    const documents = Object.keys(await site.public.objects());
    expect(documents).toEqual(expect.arrayContaining([...documentsOf()]));
    expect(first.put).toHaveLength(documents.length);

    const post = "---\ntitle: 精准 滴灌\ndate: 2026-01-01T00:00:00Z\ntags: [滴灌, 新的]\n---\n\n又下了一滴。\n";
    await site.content.put("posts/精准 滴灌.md", post);
    const second = await invoke(site, event);
    expect(putBy(second)).toEqual(expect.arrayContaining([...documentsOf(post)]));
    expect(second.put.length).toBeLessThan(first.put.length / 4);
    expect(second.operations.content.list).toBe(0);
    const { items } = await readJson<JsonFeed>(site.public, `tags/${slugOf("新的")}/feed.json`);
    expect(items.map(({ title }) => title)).toEqual(["精准 滴灌"]);
  });
});

interface JsonFeed {
  readonly items: readonly { readonly title: string }[];
}

describe("the published XML", () => {
  let site: TestSite;
  let folder: string;
  let xml: readonly string[];

  beforeAll(async () => {
    site = await publishedSite();
    folder = join(temporary, "public");
    const keys = Object.keys(await site.public.objects());
    for (const key of keys) {
      const object = await site.public.store.get(key);
      if (typeof object !== "object") throw new Error(`there is no ${key}`);
      await mkdir(dirname(join(folder, key)), { recursive: true });
      await writeFile(join(folder, key), object.body);
    }
    xml = keys.filter((key) => /\.(?:xml|opml)$/.test(key));
    expect(xml.length).toBeGreaterThan(40);
  });

  test("is accepted by xmllint, every document", async () => {
    const { stderr } = await exec("xmllint", ["--noout", "--nonet", ...xml], { cwd: folder });
    expect(stderr).toBe("");
  });
});
