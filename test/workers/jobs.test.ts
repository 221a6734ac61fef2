/** What a second thread does of its work: here in this one. */
import { expect, test } from "vitest";
import { newClaims } from "../../lib/base/claims.ts";
import type { Parts } from "../../lib/publish/helper.ts";
import { openChunks } from "../../lib/publish/render/memory.ts";
import { sharedPieces } from "../../lib/publish/write/pieces.ts";
import { parseSite } from "../../lib/site/site.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import { openJobs } from "../../lib/workers/jobs.ts";
import { listedOf } from "../channels/records.ts";
import { post, SITE } from "../support/world.ts";

test.each([
  { of: "just now", ago: 0, put: 1 },
  { of: "a minute ago, of a computer that slept", ago: 60_000, put: 0 },
  { of: "later, since the clock was set back", ago: -60_000, put: 0 },
])("documents of a request of $of: $put of them is written", async ({ ago, put }) => {
  const store = memoryStore();
  const { work, operations } = openJobs({ content: memoryStore(), public: store, send: () => undefined });
  const job = {
    claims: newClaims(1),
    documents: [{ path: "rss.xml", contentType: "text/xml", known: undefined }],
    pieces: sharedPieces([["<rss/>"]]),
    ...{ cacheControl: "no-cache", within: 20_000 },
  };
  await work({ kind: "write", job, sent: Date.now() - ago }).catch(() => undefined);
  expect(operations().public.put).toBe(put);
});

test("a post whose file is another since it was read is read again before it is rendered", async () => {
  const content = memoryStore();
  const sent: Partial<Parts["read"] & Parts["render"]>[] = [];
  const { work } = openJobs({
    content,
    public: memoryStore(),
    send: (part) => sent.push(part as (typeof sent)[number]),
  });
  const put = (front: { readonly [key: string]: string }) =>
    content.put("posts/a.md", new TextEncoder().encode(post(front)), { contentType: "text/markdown" });
  const parsed = parseSite(new TextEncoder().encode(SITE), "content", 2026);
  if (!parsed.ok) throw new Error("the site cannot be read");
  await put({ draft: "true" });
  const given = { site: parsed.site, limits: {}, stopped: [] };
  const read = { keys: ["posts/a.md"], published: [undefined], listed: undefined, room: 1000 };
  const reading = { ...given, ...read, claims: newClaims(1) };
  await work({ kind: "read", job: reading, sent: Date.now() });
  const finding = sent[0]?.findings?.[0]?.[1];
  const seen = finding && !finding.gone ? finding.post : undefined;
  expect(seen?.hidden).toBeTruthy();
  const etag = await put({});
  const facts = { ...listedOf("a").facts, inputHash: seen?.inputHash ?? "" };
  const rendering = {
    ...given,
    claims: newClaims(1),
    itemSite: undefined,
    memory: openChunks().lend(0, []),
    tasks: [{ key: "posts/a.md", etag, facts }],
  };
  await work({ kind: "render", job: rendering, sent: Date.now() });
  expect(sent[1]).toMatchObject({ faults: [], block: { places: [{ task: 0 }] } });
});

test("a post that is read again is looked for in the listing with which it was read", async () => {
  const content = memoryStore();
  const sent: Partial<Parts["read"] & Parts["render"]>[] = [];
  const { work, operations } = openJobs({
    content,
    public: memoryStore(),
    send: (part) => sent.push(part as (typeof sent)[number]),
  });
  const parsed = parseSite(new TextEncoder().encode(SITE), "content", 2026);
  if (!parsed.ok) throw new Error("the site cannot be read");
  const key = "posts/a.md";
  const text = new TextEncoder().encode(post({ enclosure: "/media/a.mp3" }));
  const etag = await content.put(key, text, { contentType: "text/markdown" });
  const listed = new Map([
    [key, { etag, size: text.length }],
    ["media/a.mp3", { etag: "5", size: 1234 }],
  ]);
  const given = { site: parsed.site, limits: {}, stopped: [] };
  const reading = { ...given, claims: newClaims(1), keys: [key], published: [undefined], listed, room: 0 };
  await work({ kind: "read", job: reading, sent: Date.now() });
  const finding = sent[0]?.findings?.[0]?.[1];
  const inputHash = finding && !finding.gone ? (finding.post?.inputHash ?? "") : "";
  const tasks = [{ key, etag, facts: { ...listedOf("a").facts, inputHash } }];
  const rendering = { ...given, claims: newClaims(1), itemSite: undefined, memory: openChunks().lend(0, []), tasks };
  await work({ kind: "render", job: rendering, sent: Date.now() });
  expect(sent[1]).toMatchObject({ faults: [], block: { places: [{ task: 0 }] } });
  expect(operations().content).toMatchObject({ list: 0, get: 2 });
});

test("a post that is another by a former listing is left to the other thread, which has the present one", async () => {
  const content = memoryStore();
  const sent: Partial<Parts["read"] & Parts["render"]>[] = [];
  const { work } = openJobs({
    content,
    public: memoryStore(),
    send: (part) => sent.push(part as (typeof sent)[number]),
  });
  const parsed = parseSite(new TextEncoder().encode(SITE), "content", 2026);
  if (!parsed.ok) throw new Error("the site cannot be read");
  const key = "posts/a.md";
  const text = new TextEncoder().encode(post({ enclosure: "/media/a.mp3" }));
  const etag = await content.put(key, text, { contentType: "text/markdown" });
  const before = new Map([[key, { etag, size: text.length }]]);
  const given = { site: parsed.site, limits: {}, stopped: [] };
  const reading = { ...given, claims: newClaims(1), keys: [key], published: [undefined], listed: before, room: 0 };
  await work({ kind: "read", job: reading, sent: Date.now() });
  const facts = { ...listedOf("a").facts, inputHash: "of the post with its enclosure, which came since" };
  const tasks = [{ key, etag, facts }];
  await work({
    kind: "render",
    job: { ...given, claims: newClaims(1), itemSite: undefined, memory: openChunks().lend(0, []), tasks },
    sent: Date.now(),
  });
  expect(sent[1]).toMatchObject({ faults: [], block: { places: [] } });
});
