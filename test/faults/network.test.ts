/** Bad days of an object store: throttling, conflicts, broken connections, silence, and keys that nobody may read. */
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Report } from "../../lib/model.ts";
import { s3Store } from "../../lib/stores/s3.ts";
import { StoreError, StoreUnknown } from "../../lib/stores/store.ts";
import { codes, NOW, SITE, type World, world, worldOn } from "../support/world.ts";
import { addForeign, copyOf, expectSettled, expectSound, publicObjects, SECRET, told } from "./holds.ts";
import { type Asked, startServer, type TestServer, type Trouble } from "./server.ts";

const run = promisify(execFile);

let server: TestServer;
let site: World;

const storeAt = (bucket: string) => s3Store({ bucket, prefix: "", endpoint: server.endpoint });

beforeEach(async () => {
  for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) vi.stubEnv(name, "test");
  vi.stubEnv("AWS_REGION", "us-east-1");
  server = await startServer("content", "public", "state");
  const stores = { content: storeAt("content"), public: storeAt("public"), state: storeAt("state") };
  site = await world(
    { "posts/a.md": told("a", { tags: "[x]" }), "posts/b.md": told("b", { tags: "[y]" }) },
    `${SITE}tombstones: 0\n`,
    stores,
  );
  await addForeign(site);
  await site.publish();
  await site.write("posts/a.md", told("a", { tags: "[x, w]" }, "Edited."));
  await site.write("posts/c.md", told("c", { draft: "true" }, SECRET));
  await site.remove("posts/b.md");
});

afterEach(() => {
  server.stop();
  vi.unstubAllEnvs();
});

/** By the command line, as people run it. */
const dripfeed = () => {
  const stores = ["content", "public", "state"].flatMap((name) => [`--${name}`, `s3://${name}`]);
  const args = [resolve("lib/dripfeed.js"), "publish", ...stores, "--now", NOW.toISOString()];
  const env = { ...process.env, AWS_ENDPOINT_URL_S3: server.endpoint };
  return run(process.execPath, args, { env }).then(({ stdout, stderr }) => ({ code: 0, stdout, stderr }));
};

/** How often the SDK tries; between two tries it waits. */
async function publish(tries: number): Promise<Report> {
  vi.stubEnv("AWS_MAX_ATTEMPTS", String(tries));
  return site.publish({ content: storeAt("content"), public: storeAt("public"), state: storeAt("state") });
}

/** What is published is what is to be, whatever went before. */
async function expectPublished(): Promise<void> {
  await expectSound(site);
  const good = await publicObjects(site);
  const other = worldOn(await copyOf(site));
  for (const path of Object.keys(good.ours)) await other.public.delete(path);
  await other.publish();
  expect(await publicObjects(other)).toEqual(good);
  expect(good.ours).toHaveProperty(["tags/w/atom.xml"]);
  await expectSettled(site);
}

const isPut = ({ method, bucket }: Asked): boolean => method === "PUT" && bucket === "public";

/** Each request that is meant has this trouble, the first time that it is made. */
function once(trouble: Trouble, isMeant: (asked: Asked) => boolean): TestServer["trouble"] {
  const seen = new Set<string>();
  return (asked) => {
    const name = Object.values(asked).join(" ");
    if (!isMeant(asked) || seen.has(name)) return undefined;
    seen.add(name);
    return trouble;
  };
}

describe("a run goes through", () => {
  test.each<readonly [string, Trouble, (asked: Asked) => boolean]>([
    ["every request is throttled once", "SlowDown", () => true],
    ["every put of a document meets a 409 once", "ConditionalRequestConflict", isPut],
    [
      "every put of a document and of the head takes place, and the connection breaks",
      "breaks late",
      ({ method, key }) => method === "PUT" && (key === "head.json" || !key.includes("/") || key.startsWith("tags/")),
    ],
    ["every connection breaks once", "breaks", () => true],
  ])("though %s", async (_, trouble, isMeant) => {
    server.trouble = once(trouble, isMeant);
    expect(await publish(3)).not.toHaveProperty("refused");
    expect(server.troubled).toBeGreaterThan(5);
    server.trouble = () => undefined;
    await expectPublished();
  });
});

describe("a run fails with one line, loses nothing, and the next one completes,", () => {
  const isThird = ({ bucket, key, method }: Asked) =>
    bucket === "public" && method === "PUT" && key.startsWith("tags/x/");
  test.each<readonly [string, Trouble, (asked: Asked) => boolean, RegExp]>([
    [
      "documents are throttled for good",
      "SlowDown",
      isThird,
      /public: put "tags\/x\/\S+": no clear reply: SlowDown: told to$/,
    ],
    [
      "documents meet nothing but 409",
      "ConditionalRequestConflict",
      isThird,
      /public: put "tags\/x\/\S+": a condition failed \(409\)$/,
    ],
    [
      "documents may not be put",
      "AccessDenied",
      isThird,
      /public: put "tags\/x\/\S+": access denied: check the credentials and the policy of the bucket$/,
    ],
    [
      "connections break at every put",
      "breaks",
      isThird,
      /public: put "tags\/x\/\S+": no clear reply: socket hang up$/,
    ],
    [
      "the removals are throttled",
      "SlowDown",
      ({ method, bucket }) => method === "DELETE" && bucket === "public",
      /public: delete "tags\/y\/\S+": SlowDown: told to$/,
    ],
    [
      "the content cannot be listed",
      "SlowDown",
      ({ bucket, key }) => bucket === "content" && key === "",
      /content: list "": SlowDown: told to$/,
    ],
    [
      "a post is throttled",
      "SlowDown",
      ({ key }) => key === "posts/a.md",
      /content: get "posts\/a.md": SlowDown: told to$/,
    ],
    [
      "the head may not be read",
      "AccessDenied",
      ({ key }) => key === "head.json",
      /state: get "head.json": access denied: check the credentials/,
    ],
    [
      "the catalog cannot be put",
      "SlowDown",
      ({ key, method }) => method === "PUT" && key.startsWith("catalogs/"),
      /state: put "catalogs\/\S+": SlowDown: told to$/,
    ],
  ])("when %s", async (_, trouble, isMeant, message) => {
    server.trouble = (asked) => (isMeant(asked) ? trouble : undefined);
    const error = await publish(1).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(StoreError);
    expect((error as StoreError).message).toMatch(message);
    server.trouble = () => undefined;
    expect(await expectSound(site)).toContain("feed.json");
    expect(await publish(1)).not.toHaveProperty("refused");
    await expectPublished();
  });
});

test("a run whose every put of a document takes place, while no reply to any arrives, is done", async () => {
  server.trouble = (asked) => (isPut(asked) ? "breaks late" : undefined);
  expect((await publish(1)).put.length).toBeGreaterThan(5);
  server.trouble = () => undefined;
  await expectPublished();
});

test("the command line ends with 4 and one line, and the next time with 0", async () => {
  vi.stubEnv("AWS_MAX_ATTEMPTS", "1");
  server.trouble = ({ method }) => (method === "PUT" ? "SlowDown" : undefined);
  const stderr = expect.stringMatching(/^dripfeed: s3:\/\/state: put "intents\/\S+": SlowDown: told to\n$/);
  await expect(dripfeed()).rejects.toMatchObject({ code: 4, stdout: "", stderr });
  server.trouble = () => undefined;
  expect(await dripfeed()).toMatchObject({ code: 0, stderr: "" });
  await expectPublished();
});

test("a put that nobody answers is given up in time, and nobody knows whether it took place", async () => {
  const store = s3Store({ bucket: "public", prefix: "", endpoint: server.endpoint, requestTimeout: 50 });
  server.trouble = ({ method }) => (method === "PUT" ? "silence" : undefined);
  const put = (condition: { readonly ifAbsent?: boolean }) =>
    store.put("new", new Uint8Array(), { contentType: "text/plain", ...condition }).catch((error: unknown) => error);
  expect(await put({ ifAbsent: true })).toBeInstanceOf(StoreUnknown);
  expect(await put({})).toBeInstanceOf(StoreError);
  expect(await put({})).not.toBeInstanceOf(StoreUnknown);
  expect(String(await put({}))).toMatch(/put "new": \S+/);
});

test("a post that is listed and may not be read is a problem, keeps its last good entry, and stops no other", async () => {
  server.trouble = ({ method, key }) => (method === "GET" && key === "posts/a.md" ? "AccessDenied" : undefined);
  await site.write("posts/d.md", told("d", { tags: "[w]" }));
  const { problems } = await publish(1);
  expect(problems).toMatchObject([{ code: "unreadable", file: "posts/a.md" }]);
  expect(problems[0]?.message).toMatch(/access denied/);
  const { items } = JSON.parse(await site.read("feed.json"));
  expect(items.map(({ id }: { id: string }) => id.slice(-1)).sort()).toEqual(["a", "d"]);
  expect(await site.read("feed.json")).not.toContain("Edited");
  expect(codes(await site.publish())).toEqual(["unreadable"]);
  server.trouble = () => undefined;
  expect((await site.publish()).problems).toEqual([]);
  expect(await site.read("feed.json")).toContain("Edited");
  await expectPublished();
});
