/** Servers that take the conditions of puts in their own ways: those that do are published to, others are found out first. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { s3Store } from "../../lib/stores/s3.ts";
import type { Store } from "../../lib/stores/store.ts";
import { namedPost } from "../faults/expectations.ts";
import { type Conditions, type StoreRequest, startServer, type TestServer } from "../faults/server.ts";
import { SITE, world, worldOn } from "../support/world.ts";

const run = promisify(execFile);

let server: TestServer;
let requests: StoreRequest[];

beforeEach(async () => {
  for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) vi.stubEnv(name, "test");
  vi.stubEnv("AWS_REGION", "us-east-1");
  requests = [];
  server = await startServer("content", "public", "state");
  server.faultFor = (request) => void requests.push(request);
});

afterEach(() => {
  server.stop();
  vi.unstubAllEnvs();
});

const storeAt = (bucket: string) => s3Store({ bucket, prefix: "", endpoint: server.endpoint });
const stores = () => ({ content: storeAt("content"), public: storeAt("public"), state: storeAt("state") });
const keysIn = (bucket: string) => [...(server.buckets.get(bucket)?.keys() ?? [])];
const probe = (store: Store) => store.probe?.() ?? Promise.reject(new Error("it has no probe"));
const isProbe = ({ key }: StoreRequest) => key.startsWith(".dripfeed/probe-");

const GOOD: readonly (readonly [string, Conditions])[] = [
  ["takes ETags with and without quotes", {}],
  ["knows ETags without quotes only", { etags: "bare" }],
  ["knows ETags with quotes only", { etags: "quoted" }],
  ["answers 400 to ETags without quotes", { etags: "quoted, else 400" }],
];

const BAD: readonly (readonly [string, Conditions, RegExp])[] = [
  [
    "ignores conditions",
    { ignored: ["if-match", "if-none-match"] },
    /the server http:\S+ ignores If-None-Match, so that two runs/,
  ],
  ["ignores If-Match", { ignored: ["if-match"] }, /the server http:\S+ ignores If-Match, so that two runs/],
  [
    "refuses conditions",
    { refused: ["if-match", "if-none-match"] },
    /the server http:\S+ refuses If-None-Match \(on request\)/,
  ],
  ["refuses If-Match", { refused: ["if-match"] }, /the server http:\S+ refuses If-Match \(on request\)/],
];

describe("the probe", () => {
  test.each(GOOD)("passes on a server that %s, and leaves nothing behind", async (_, conditions) => {
    server.conditions = conditions;
    await probe(storeAt("state"));
    expect(requests.length).toBeGreaterThan(4);
    expect(requests.every(isProbe)).toBe(true);
    expect(keysIn("state")).toEqual([]);
  });

  test.each(BAD)(
    "finds a server that %s, says what to use instead, and leaves nothing behind",
    async (_, conditions, why) => {
      server.conditions = conditions;
      const error: unknown = await probe(storeAt("state")).catch((error: unknown) => error);
      expect(error).toMatchObject({ name: "StoreError", message: expect.stringMatching(why) });
      expect(error).toMatchObject({
        message: expect.stringMatching(/; nothing else was written\n {2}fix: use a server with/),
      });
      expect(keysIn("state")).toEqual([]);
    },
  );

  test("says so if its object cannot be removed", async () => {
    server.conditions = { ignored: ["if-none-match"] };
    server.faultFor = ({ method }) => (method === "DELETE" ? "AccessDenied" : undefined);
    await expect(probe(storeAt("state"))).rejects.toThrow(/ignores If-None-Match.* stays, .*access denied/);
    server.conditions = {};
    await expect(probe(storeAt("public"))).rejects.toThrow(/delete "\.dripfeed\/probe-\S+": access denied/);
  });

  test("does not take a store that cannot be written for one that refuses conditions", async () => {
    server.faultFor = ({ method }) => (method === "PUT" ? "AccessDenied" : undefined);
    const error: unknown = await probe(storeAt("state")).catch((error: unknown) => error);
    expect(String(error)).toMatch(/put "\.dripfeed\/probe-\S+": access denied: check the credentials/);
    expect(String(error)).not.toMatch(/condition|If-/);
  });

  test("passes where replies are lost, and where an object may be put once in a while", async () => {
    vi.stubEnv("AWS_MAX_ATTEMPTS", "1");
    let puts = 0;
    server.faultFor = ({ method }) => (method === "PUT" && ++puts % 3 === 1 ? "breaks late" : undefined);
    await probe(storeAt("state"));
    server.faultFor = ({ method }) => (method === "PUT" && ++puts % 3 === 1 ? "TooManyRequests" : undefined);
    await probe(storeAt("state"));
    expect(puts).toBeGreaterThan(12);
    expect(keysIn("state")).toEqual([]);
  });

  test("passes twice at once", async () => {
    await Promise.all([probe(storeAt("state")), probe(storeAt("state"))]);
    expect(keysIn("state")).toEqual([]);
  });
});

describe("a run", () => {
  test.each(GOOD)("publishes to a server that %s", async (_, conditions) => {
    server.conditions = conditions;
    const posts = { "posts/a.md": namedPost("a", { tags: "[x]" }), "posts/b.md": namedPost("b", { tags: "[y]" }) };
    const first = await world(posts, `${SITE}tombstones: 0\n`, stores());
    expect((await first.publish()).put.length).toBeGreaterThan(5);
    const again = worldOn(stores());
    expect((await again.publish()).operations).toMatchObject({ public: { put: 0 }, state: { put: 0 } });
    // As another process, which knows nothing of the server.
    const later = worldOn(stores());
    await later.write("posts/a.md", namedPost("a", { tags: "[x]" }, "Edited."));
    await later.remove("posts/b.md");
    expect(await later.publish()).not.toHaveProperty("refused");
    expect(await later.read("feed.json")).toContain("Edited.");
    const fresh = await world({ "posts/a.md": namedPost("a", { tags: "[x]" }, "Edited.") });
    await fresh.publish();
    expect(await later.paths()).toEqual(await fresh.paths());
  });

  test("goes on where the head may be put once in a while only", async () => {
    vi.stubEnv("AWS_MAX_ATTEMPTS", "1");
    let puts = 0;
    server.faultFor = ({ method, key }) =>
      method === "PUT" && key === "head.json" && ++puts % 3 !== 0 ? "TooManyRequests" : undefined;
    const site = await world({ "posts/a.md": namedPost("a") }, SITE, stores());
    expect(await site.publish()).not.toHaveProperty("refused");
    expect(puts).toBeGreaterThanOrEqual(6);
    expect(await site.head()).not.toHaveProperty("lease");
  });

  test("probes both stores before its first write, if there is no head, and never again", async () => {
    const site = await world({ "posts/a.md": namedPost("a") }, SITE, stores());
    requests.length = 0;
    await site.publish({ dryRun: true });
    expect(requests.filter(({ method }) => method !== "GET")).toEqual([]);
    await site.publish();
    const writes = requests.filter(({ method }) => method !== "GET");
    const probes = writes.filter(isProbe);
    expect(new Set(probes.map(({ bucket }) => bucket))).toEqual(new Set(["state", "public"]));
    expect(writes.slice(0, probes.length)).toEqual(probes);
    requests.length = 0;
    await site.write("posts/b.md", namedPost("b"));
    await site.publish();
    expect(requests.filter(({ key }) => key === "head.json").length).toBeGreaterThan(0);
    expect(requests.filter(isProbe)).toEqual([]);
  });
});

describe("the command line", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "dripfeed-probe-"));
    await writeFile(join(folder, "site.yaml"), SITE);
    await writeFile(join(folder, "a.md"), namedPost("a"));
    await writeFile(join(folder, "ids.jsonl"), '{"dripfeed":"ids","format":1}\n');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const dripfeed = (...args: readonly string[]) =>
    run(process.execPath, [resolve("lib/dripfeed.js"), ...args], {
      env: { ...process.env, AWS_ENDPOINT_URL_S3: server.endpoint },
    });

  test.each([
    ["publish", () => ["--content", folder, "--public", "s3://public", "--state", "s3://state"]],
    ["push", () => [folder, "s3://content"]],
    ["ids import", () => [join(folder, "ids.jsonl"), "--state", "s3://state"]],
  ])("%s ends with 4 on a server that ignores conditions, and has written nothing", async (command, args) => {
    server.conditions = { ignored: ["if-match", "if-none-match"] };
    const stderr = expect.stringMatching(
      /^dripfeed: s3:.* ignores If-None-Match.*; nothing else was written\n {2}fix: .*\n$/,
    );
    await expect(dripfeed(...command.split(" "), ...args())).rejects.toMatchObject({ code: 4, stdout: "", stderr });
    expect(["content", "public", "state"].flatMap(keysIn)).toEqual([]);
    server.conditions = {};
    await dripfeed(...command.split(" "), ...args());
    expect(["content", "public", "state"].flatMap(keysIn)).not.toEqual([]);
  });
});
