/** Faults of an object store: throttling, conflicts, broken connections, missing replies, and keys without access. */
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Report } from "../../lib/publish/types.ts";
import { s3Store } from "../../lib/stores/s3.ts";
import { StoreError, StoreUnknown } from "../../lib/stores/store.ts";
import { codes, NOW, SITE, type World, world, worldOn } from "../support/world.ts";
import { addForeign, copyOf, expectSettled, expectSound, namedPost, publicObjects, SECRET } from "./expectations.ts";
import { type Fault, type StoreRequest, startServer, type TestServer } from "./server.ts";

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
    { "posts/a.md": namedPost("a", { tags: "[x]" }), "posts/b.md": namedPost("b", { tags: "[y]" }) },
    `${SITE}tombstones: 0\n`,
    stores,
  );
  await addForeign(site);
  await site.publish();
  await site.write("posts/a.md", namedPost("a", { tags: "[x, w]" }, "Edited."));
  await site.write("posts/c.md", namedPost("c", { draft: "true" }, SECRET));
  await site.remove("posts/b.md");
});

afterEach(() => {
  server.stop();
  vi.unstubAllEnvs();
});

/** Runs the command line over the three buckets. */
const dripfeed = () => {
  const stores = ["content", "public", "state"].flatMap((name) => [`--${name}`, `s3://${name}`]);
  const args = [resolve("lib/dripfeed.js"), "publish", ...stores, "--now", NOW.toISOString()];
  const env = { ...process.env, AWS_ENDPOINT_URL_S3: server.endpoint };
  return run(process.execPath, args, { env }).then(({ stdout, stderr }) => ({ code: 0, stdout, stderr }));
};

/** The SDK sends each request so often at most, with pauses between. */
async function publish(tries: number): Promise<Report> {
  vi.stubEnv("AWS_MAX_ATTEMPTS", String(tries));
  return site.publish({ content: storeAt("content"), public: storeAt("public"), state: storeAt("state") });
}

/** The documents are those that a run over an empty public store makes. */
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

const isPut = ({ method, bucket }: StoreRequest): boolean => method === "PUT" && bucket === "public";

/** Each matching request gets this fault the first time that it is sent. */
function once(fault: Fault, matches: (request: StoreRequest) => boolean): TestServer["faultFor"] {
  const sent = new Set<string>();
  return (request) => {
    const name = Object.values(request).join(" ");
    if (!matches(request) || sent.has(name)) return undefined;
    sent.add(name);
    return fault;
  };
}

describe("a run succeeds", () => {
  test.each<readonly [string, Fault, (request: StoreRequest) => boolean]>([
    ["every request is throttled once", "SlowDown", () => true],
    ["every put of a document meets a 409 once", "ConditionalRequestConflict", isPut],
    [
      "every put of a document and of the head takes effect, and the connection breaks",
      "breaks late",
      ({ method, key }) => method === "PUT" && (key === "head.json" || !key.includes("/") || key.startsWith("tags/")),
    ],
    ["every connection breaks once", "breaks", () => true],
  ])("although %s", async (_, fault, matches) => {
    server.faultFor = once(fault, matches);
    expect(await publish(3)).not.toHaveProperty("refused");
    expect(server.faults).toBeGreaterThan(5);
    server.faultFor = () => undefined;
    await expectPublished();
  });
});

describe("a run fails with one line, loses nothing, and the next one completes", () => {
  const isTagX = ({ bucket, key, method }: StoreRequest) =>
    bucket === "public" && method === "PUT" && key.startsWith("tags/x/");
  test.each<readonly [string, Fault, (request: StoreRequest) => boolean, RegExp]>([
    [
      "documents are always throttled",
      "SlowDown",
      isTagX,
      /public: put "tags\/x\/\S+": no clear reply: SlowDown: on request: the server is busy or broken, so try again later$/,
    ],
    [
      "every put of a document is answered with 409",
      "ConditionalRequestConflict",
      isTagX,
      /public: put "tags\/x\/\S+": a condition failed \(409\)$/,
    ],
    [
      "documents may not be put",
      "AccessDenied",
      isTagX,
      /public: put "tags\/x\/\S+": access denied: check the credentials and the policy of the bucket$/,
    ],
    [
      "connections break at every put",
      "breaks",
      isTagX,
      /public: put "tags\/x\/\S+": no clear reply: socket hang up: the connection to \S+ broke, so try again, or with https:\/\/ in place of http:\/\/$/,
    ],
    [
      "the removals are throttled",
      "SlowDown",
      ({ method, bucket }) => method === "DELETE" && bucket === "public",
      /public: delete "tags\/y\/\S+": SlowDown: on request: the server is busy or broken, so try again later$/,
    ],
    [
      "the content cannot be listed",
      "SlowDown",
      ({ bucket, key }) => bucket === "content" && key === "",
      /content: list: SlowDown: on request: the server is busy or broken, so try again later$/,
    ],
    [
      "a post is throttled",
      "SlowDown",
      ({ key }) => key === "posts/a.md",
      /content: get "posts\/a.md": SlowDown: on request: the server is busy or broken, so try again later$/,
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
      /state: put "catalogs\/\S+": SlowDown: on request: the server is busy or broken, so try again later$/,
    ],
  ])("when %s", async (_, fault, matches, message) => {
    server.faultFor = (request) => (matches(request) ? fault : undefined);
    const error = await publish(1).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(StoreError);
    expect((error as StoreError).message).toMatch(message);
    server.faultFor = () => undefined;
    expect(await expectSound(site)).toContain("feed.json");
    expect(await publish(1)).not.toHaveProperty("refused");
    await expectPublished();
  });
});

test("a run succeeds when every put of a document takes effect and every reply is lost", async () => {
  server.faultFor = (request) => (isPut(request) ? "breaks late" : undefined);
  expect((await publish(1)).put.length).toBeGreaterThan(5);
  server.faultFor = () => undefined;
  await expectPublished();
});

test("the command line ends with code 4 and one line, and the next time with 0", async () => {
  vi.stubEnv("AWS_MAX_ATTEMPTS", "1");
  server.faultFor = ({ method }) => (method === "PUT" ? "SlowDown" : undefined);
  const stderr = expect.stringMatching(
    /^dripfeed: s3:\/\/state: put "intents\/\S+": SlowDown: on request: the server is busy or broken, so try again later\n$/,
  );
  await expect(dripfeed()).rejects.toMatchObject({ code: 4, stdout: "", stderr });
  server.faultFor = () => undefined;
  expect(await dripfeed()).toMatchObject({ code: 0, stderr: "" });
  await expectPublished();
});

test("a put without a reply ends after the time-out, with an unknown outcome if it was conditional", async () => {
  const store = s3Store({ bucket: "public", prefix: "", endpoint: server.endpoint, requestTimeout: 50 });
  server.faultFor = ({ method }) => (method === "PUT" ? "silence" : undefined);
  const put = (condition: { readonly ifAbsent?: boolean }) =>
    store.put("new", new Uint8Array(), { contentType: "text/plain", ...condition }).catch((error: unknown) => error);
  expect(await put({ ifAbsent: true })).toBeInstanceOf(StoreUnknown);
  expect(await put({})).toBeInstanceOf(StoreError);
  expect(await put({})).not.toBeInstanceOf(StoreUnknown);
  expect(String(await put({}))).toMatch(/put "new": \S+/);
});

test("a post that is listed but may not be read is a problem, keeps its last good entry, and stops no other", async () => {
  server.faultFor = ({ method, key }) => (method === "GET" && key === "posts/a.md" ? "AccessDenied" : undefined);
  await site.write("posts/d.md", namedPost("d", { tags: "[w]" }));
  const { problems } = await publish(1);
  expect(problems).toMatchObject([{ code: "unreadable", file: "posts/a.md" }]);
  expect(problems[0]?.message).toMatch(/access denied/);
  const { items } = JSON.parse(await site.read("feed.json"));
  expect(items.map(({ id }: { id: string }) => id.slice(-1)).sort()).toEqual(["a", "d"]);
  expect(await site.read("feed.json")).not.toContain("Edited");
  expect(codes(await site.publish())).toEqual(["unreadable"]);
  server.faultFor = () => undefined;
  expect((await site.publish()).problems).toEqual([]);
  expect(await site.read("feed.json")).toContain("Edited");
  await expectPublished();
});
