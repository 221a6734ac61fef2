/** The functions, on the events that AWS really sends. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { handlerFor } from "../functions/rebuild.ts";
import { readBell } from "../lib/bells/bell.ts";

const event = async (name: string): Promise<unknown> => JSON.parse(await readFile(`test/events/${name}.json`, "utf8"));
const sqs = (...bodies: unknown[]) => ({
  Records: bodies.map((body) => ({
    eventSource: "aws:sqs",
    body: typeof body === "string" ? body : JSON.stringify(body),
  })),
});

const STORE = "s3://my-content/blog";

describe("a bell", () => {
  test("of S3 names its key, form-decoded, without the store's prefix", async () => {
    expect(readBell(await event("s3-put"), STORE)).toEqual({ hints: ["posts/a+b.md"] });
    expect(readBell(await event("s3-delete"), STORE)).toEqual({ hints: ["posts/old.md"] });
    expect(readBell(await event("sqs-s3-put"), STORE)).toEqual({ hints: ["posts/精准 滴灌.md"] });
  });

  test("of EventBridge or Ceph names its key as it is", async () => {
    expect(readBell(await event("eventbridge-put"), STORE)).toEqual({ hints: ["posts/精准+滴灌 100%.md"] });
    expect(readBell(sqs(await event("eventbridge-put")), STORE)).toEqual({ hints: ["posts/精准+滴灌 100%.md"] });
    expect(readBell(await event("ceph-put"), STORE)).toEqual({ hints: ["posts/a+b 100%.md"] });
  });

  test("of a whole batch names each key once", async () => {
    const batch = sqs(await event("s3-put"), await event("s3-delete"), await event("s3-put"));
    expect(readBell(batch, STORE)).toEqual({ hints: ["posts/a+b.md", "posts/old.md"] });
  });

  test("of another bucket or outside the prefix is nobody's", async () => {
    expect(readBell(await event("s3-put"), "s3://other/blog")).toEqual({ hints: [] });
    expect(readBell(await event("s3-put"), "s3://my-content/blo")).toEqual({ hints: [] });
    expect(readBell(await event("s3-put"), "s3://my-content")).toEqual({ hints: ["blog/posts/a+b.md"] });
  });

  test("that nobody understands still rings: everything is looked at", async () => {
    for (const odd of [undefined, null, 42, "ring", [], {}, { Records: [] }, { Records: [null] }, { detail: {} }]) {
      expect(readBell(odd, STORE)).toEqual({});
    }
    expect(readBell(await event("s3-test"), STORE)).toEqual({});
    expect(readBell(sqs(await event("s3-test")), STORE)).toEqual({});
    expect(readBell(sqs("not json"), STORE)).toEqual({});
    expect(readBell(sqs(await event("s3-put"), "not json"), STORE)).toEqual({});
    const brokenKey = {
      Records: [{ eventSource: "aws:s3", s3: { bucket: { name: "my-content" }, object: { key: "%E6%zz" } } }],
    };
    expect(readBell(brokenKey, STORE)).toEqual({});
  });

  test("by hand says what it wants", () => {
    expect(readBell({ full: true, dryRun: true, force: true }, STORE)).toEqual({ dryRun: true, force: true });
    expect(readBell({ keys: ["posts/a.md"] }, STORE)).toEqual({ hints: ["posts/a.md"] });
    expect(readBell({ full: true, keys: ["posts/a.md"] }, STORE)).toEqual({});
    expect(readBell({ dryRun: "yes" }, STORE)).toEqual({});
  });
});

describe("rebuild", () => {
  const folders: string[] = [];
  const lines: string[] = [];
  beforeEach(() => {
    lines.length = 0;
    vi.spyOn(process.stderr, "write").mockImplementation((line) => lines.push(String(line)) > 0);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  afterAll(async () => {
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });

  async function environment() {
    const folder = await mkdtemp(join(tmpdir(), "dripfeed-rebuild-"));
    folders.push(folder);
    const stores = {
      DRIPFEED_CONTENT: "content",
      DRIPFEED_PUBLIC: join(folder, "public"),
      DRIPFEED_STATE: join(folder, "state"),
    };
    return { folder, stores };
  }

  test("publishes on any event and gives the report back", async () => {
    const { folder, stores } = await environment();
    const report = await handlerFor(stores)(await event("sqs-s3-put"), { awsRequestId: "request-1" });
    expect(report.put.length).toBeGreaterThan(3);
    expect(await readdir(join(folder, "public"))).toEqual(
      expect.arrayContaining(["atom.xml", "feed.json", "rss.xml", "tags"]),
    );
    const logged = lines.map((line) => JSON.parse(line));
    expect(logged.map(({ message }) => message)).toEqual(["the bell rang", "done"]);
    for (const line of logged) expect(line).toMatchObject({ requestId: "request-1", level: "info" });
  });

  test("does nothing on a dry run", async () => {
    const { folder, stores } = await environment();
    const report = await handlerFor(stores)({ full: true, dryRun: true }, { awsRequestId: "request-2" });
    expect(report).toMatchObject({ dryRun: true });
    expect(await readdir(folder)).toEqual([]);
  });

  test("names every missing setting in one error", async () => {
    const handler = handlerFor({ DRIPFEED_PUBLIC: "public" });
    await expect(handler({}, { awsRequestId: "request-3" })).rejects.toThrow(/DRIPFEED_CONTENT, DRIPFEED_STATE/);
  });

  test("that finds another pass writing fails, so that the queue brings the bell again", async () => {
    const { folder, stores } = await environment();
    const until = new Date(Date.now() + 60_000).toISOString();
    const head = { format: 1, outbox: { paths: [] }, claim: { pass: "other", until, intent: "intents/other.json" } };
    await mkdir(join(folder, "state"));
    await writeFile(join(folder, "state/head.json"), JSON.stringify(head));
    const started = Date.now();
    const ringing = handlerFor(stores)({}, { awsRequestId: "request-5", getRemainingTimeInMillis: () => 600 });
    await expect(ringing).rejects.toThrow(/another pass/);
    expect(Date.now() - started).toBeLessThan(10_000); // half of what was left, not the usual minute and a half
  });

  test("logs a failure with its request id before it fails", async () => {
    const { folder, stores } = await environment();
    await writeFile(join(folder, "state"), "a file where a folder should be");
    await expect(handlerFor(stores)({}, { awsRequestId: "request-4" })).rejects.toThrow();
    expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({
      level: "error",
      requestId: "request-4",
      name: "StoreError",
    });
  });
});
