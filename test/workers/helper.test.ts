/** A run with a second thread does what a run without does, whatever becomes of the thread. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { newClaims } from "../../lib/base/claims.ts";
import type { Helper, Jobs } from "../../lib/publish/helper.ts";
import type { PublishOptions } from "../../lib/publish/options.ts";
import { parseSite } from "../../lib/site/site.ts";
import type { Site } from "../../lib/site/types.ts";
import { readEntries } from "../../lib/state/entries.ts";
import { folderStore } from "../../lib/stores/folder.ts";
import { type HelperOptions, type OpenHelper, openHelper } from "../../lib/workers/helper.ts";
import { openTimeLimit } from "../../lib/workers/timelimit.ts";
import { post, SITE, world, worldOn } from "../support/world.ts";
import { slowLimit } from "./slowly.ts";

// Each test publishes some hundred posts.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** Enough for a second thread. */
const MANY = 320;

const KINDS: readonly (keyof Jobs)[] = ["read", "render", "write"];
/** Few documents, and more than one batch of them. */
const TAGS_AND_PAGES = SITE.replace("pages: false", "pages: true");

const day = (i: number) => new Date(Date.UTC(2025, 0, 1 + i, 8)).toISOString();

const usual = (i: number) =>
  post(
    { title: `Post ${i}`, date: day(i), tags: `[tea, t${i % 4}]`, ...(i % 50 === 7 && { draft: "true" }) },
    `Some *words* of ${i}, 以及中文。\n\n${i % 5 === 0 ? `See [that](./post-${i + 3}.md) one.\n` : ""}`,
  );

/** Of every kind that is read, rendered or written otherwise than most. */
const OTHERS = {
  "posts/broken.md": "---\ntitle: [\n---\n",
  "posts/deep.md": post({ title: "Deep" }, `${"> ".repeat(20_000)}deep\n`),
  "posts/summary.md": post({ title: "Short", content: "summary", tags: "[tea]", date: day(300) }),
  "posts/audio.md": post({ title: "Heard", enclosure: "/media/a.mp3", tags: "[t1]", date: day(301) }),
  "posts/lost.md": post({ title: "Lost", date: day(303) }, "A [link](./nowhere.md).\n"),
  "posts/stream.md": post({
    title: "Live",
    date: day(302),
    live: '{ start: "2026-06-01T11:00:00Z", url: "https://example.com/s.m3u8" }',
  }),
  "media/a.mp3": "sound",
};

const POSTS = {
  ...Object.fromEntries(Array.from({ length: MANY }, (_, i) => [`posts/post-${i}.md`, usual(i)])),
  ...OTHERS,
};

let folder = "";
let opened: OpenHelper | undefined;
let runs = 0;
let expected: Awaited<ReturnType<typeof firstRun>>;

const placeOf = (name: string) => ({ name, root: join(folder, name) });
const content = () => folderStore(join(folder, "content"));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dripfeed-helper-"));
  await world(POSTS, TAGS_AND_PAGES, { content: content(), public: content(), state: content() });
  expected = await firstRun();
});
afterEach(() => opened?.close());
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Given extends Partial<PublishOptions> {
  readonly thread?: HelperOptions;
  /** May do something to the thread while a run uses it. */
  readonly watch?: (helper: OpenHelper) => Helper;
}

/** What a first run comes to; without `thread` on one thread. */
async function firstRun({ thread, watch = (helper) => helper, ...options }: Given = {}) {
  runs += 1;
  const at = (name: string) => join(folder, `${runs}`, name);
  const site = worldOn({ content: content(), public: folderStore(at("public")), state: folderStore(at("state")) });
  opened = thread && openHelper({ content: placeOf("content"), public: placeOf(`${runs}/public`) }, thread);
  const report = await site.publish({ run: "one", timeLimit: undefined, ...options, helper: opened && watch(opened) });
  await opened?.close();
  const { records } = report.dryRun ? { records: [] } : await site.catalog();
  const places = records.flatMap(({ facts, rendered }) =>
    facts && rendered ? [[facts.inputHash, rendered] as const] : [],
  );
  const { took: _, operations, ...reported } = report;
  return {
    report: reported,
    puts: operations.public.put,
    documents: await site.dump(site.public),
    places,
    entries: await readEntries(site.state, new Map(places)),
  };
}

test("the site has what is treated otherwise than most", () => {
  const { report, documents } = expected;
  expect(report.problems.map(({ code }) => code)).toEqual(
    expect.arrayContaining(["front-matter-yaml", "too-slow", "template-link"]),
  );
  expect(documents["rss.xml"]).toContain("podcast:liveItem");
  expect(Object.keys(documents).length).toBeGreaterThan(20);
});

describe("with a second thread", () => {
  test("documents, entries and the report are the same", async () => {
    const used = new Set<string>();
    const watch = (helper: OpenHelper): Helper => ({
      ...helper,
      help(kind, job, take) {
        used.add(kind);
        return helper.help(kind, job, take);
      },
    });
    expect(await firstRun({ thread: {}, watch })).toEqual(expected);
    expect(used).toEqual(new Set(KINDS));
  });

  test("so they are where entries are shared by many batches", async () => {
    const batchSize = 17;
    expect(await firstRun({ thread: {}, batchSize })).toEqual(await firstRun({ batchSize }));
  });

  test("a dry run finds the same, and writes nothing", async () => {
    const { report, documents } = await firstRun({ thread: {}, dryRun: true, renderAll: true });
    expect(report.problems).toEqual(expected.report.problems);
    expect(report.put).toEqual(expected.report.put);
    expect(documents).toEqual({});
  });
});

/** What a second thread runs for which some posts are too slow. */
const threadWith = (limit: "slowLimit" | "hangingLimit") => `
import { parentPort, workerData } from "node:worker_threads";
import { openJobs } from "${new URL("../../lib/workers/jobs.ts", import.meta.url)}";
import { folderStore } from "${new URL("../../lib/stores/folder.ts", import.meta.url)}";
import { ${limit} } from "${new URL("./slowly.ts", import.meta.url)}";
const [content, served] = [workerData.content, workerData.public].map(({ name, root }) => folderStore(name, root));
const send = (part) => parentPort.postMessage({ part });
const worker = openJobs({ content, public: served, limit: ${limit}(), send });
parentPort.on("message", async (request) => {
  await worker.work(request);
  parentPort.postMessage({ ended: worker.operations() });
});
`;

test("a post that takes too long is stopped in either thread, with the same report", async () => {
  const file = join(folder, "slowly.mjs");
  await writeFile(file, threadWith("slowLimit"));
  const one = await firstRun({ timeLimit: slowLimit() });
  expect(one.report.problems.filter(({ code }) => code === "timed-out").map(({ file }) => file)).toEqual([
    "posts/post-3.md",
    "posts/post-300.md",
  ]);
  expect(await firstRun({ timeLimit: slowLimit(), thread: { file: pathToFileURL(file) } })).toEqual(one);
});

test("a post that hangs in the second thread is stopped there: the run names it, and publishes all others", async () => {
  const file = join(folder, "hanging.mjs");
  await writeFile(file, threadWith("hangingLimit"));
  const stopped: string[] = [];
  const { promise: isStopped, resolve } = Promise.withResolvers<void>();
  const watch = (helper: OpenHelper): Helper => ({
    ...helper,
    help: (kind, job, take) =>
      helper
        .help(kind, job, (part) => {
          if ("stopped" in part && kind === "read") stopped.push(...part.stopped.map(({ key }) => key));
          if (stopped.length > 0) resolve();
          take(part);
        })
        .finally(resolve),
  });
  // This thread waits for the other one, which otherwise might find nothing left to read.
  const limit = openTimeLimit();
  const run = <T>(work: () => T) => isStopped.then(() => limit.run(work));
  const { report, documents } = await firstRun({
    thread: { file: pathToFileURL(file) },
    watch,
    timeLimit: { ...limit, run },
  });
  expect(new Set(stopped).size).toBe(1);
  const told = report.problems.filter(({ code }) => code === "timed-out").map(({ file }) => file);
  expect(told).toEqual([stopped[0]]);
  expect(report.problems).toHaveLength(expected.report.problems.length + 1);
  expect(report.records.public).toBe(expected.report.records.public - 1);
  expect(Object.keys(documents)).toEqual(Object.keys(expected.documents));
});

test("a file that a second thread cannot read is in the folder that was named, whatever the program works in", async () => {
  const key = "posts/nowhere.md";
  await mkdir(join(folder, "links/posts"), { recursive: true });
  await symlink("none", join(folder, "links", key));
  opened = openHelper({ content: placeOf("links") });
  const messages: (string | undefined)[] = [];
  const { site } = parseSite(new TextEncoder().encode(SITE), "content", 2026) as { readonly site: Site };
  const read = { keys: [key], published: [undefined], listed: undefined, room: 1000 };
  const job = { ...read, claims: newClaims(1), site, limits: {}, stopped: [] };
  await opened.help("read", job, ({ findings }) => {
    for (const [, finding] of findings) messages.push(finding.gone ? undefined : finding.problems[0]?.message);
  });
  expect(messages).toEqual([expect.stringMatching(/^links: get "posts\/nowhere.md": a symbolic link leads nowhere/)]);
});

describe("a second thread that is lost", () => {
  test.each(KINDS)("while it is to %s: this thread does what is left", async (lost) => {
    const watch = (helper: OpenHelper): Helper => ({
      ...helper,
      help(kind, job, take) {
        const helping = helper.help(kind, job, take);
        if (kind === lost) void helper.close();
        return helping;
      },
    });
    expect(await firstRun({ thread: {}, watch })).toEqual(expected);
  });

  test("since none can be started", async () => {
    expect(await firstRun({ thread: { file: new URL("https://example.com/worker.js") } })).toEqual(expected);
  });

  test.each([
    ["does not go on", `parentPort.on("message", ({ job }) => { Atomics.sub(job.claims.cells, 0, 20); for (;;); });`],
    ["fails each time", `parentPort.on("message", () => parentPort.postMessage({ ended: NONE }));`],
  ])("since it %s", async (name, code) => {
    const file = join(folder, `${name}.mjs`);
    const none = `{ list: 0, get: 0, put: 0, delete: 0 }`;
    const start = `import { parentPort } from "node:worker_threads";\nconst NONE = { content: ${none}, public: ${none} };\n`;
    await writeFile(file, start + code);
    const thread = { file: pathToFileURL(file), limit: { limitInThread: () => 200 } };
    expect(await firstRun({ thread })).toEqual(expected);
  });
});
