/** Posts that are read and rendered beside the runs: a run takes them up, and publishes as if it had done everything. */
import { describe, expect, test } from "vitest";
import { type PrepareReport, preparePosts } from "../../lib/publish/prepare.ts";
import type { Preparer, Report } from "../../lib/publish/types.ts";
import { parseSite } from "../../lib/site/site.ts";
import { listPrepared } from "../../lib/state/findings.ts";
import type { Store } from "../../lib/stores/store.ts";
import { NOW, post, WHOLE_SITE, type World, world } from "../support/world.ts";

const YAML = `${WHOLE_SITE}dialect: hugo\nposts: ["content/**/*.md", "content/**/*.html"]\narchives: month\n`;
const FILES: { readonly [key: string]: string } = {
  "content/_index.md": "---\ntitle: Home\n---\n",
  "content/notes/_index.md": "---\ntitle: Notes\ncascade: { author: Grace, tags: [noted] }\n---\n",
  "content/notes/one.md": post({ title: "One" }, "Of a folder with defaults.\n"),
  "content/notes/two.md": post({ title: "Two" }, '{{< figure src="/media/talk.jpg" >}}\n'),
  "content/posts/a.md": post({ title: "A", tags: "[x]" }, "See [the next](b.md).\n"),
  "content/posts/b.md": post({ title: "B", author: "Ada" }, "By `code`.\n"),
  "content/posts/bundle/index.md": post({ title: "Bundle", images: "[leaf.jpg]" }, "![A leaf](leaf.jpg)\n"),
  "content/posts/bundle/leaf.jpg": "a leaf",
  "content/posts/draft.md": post({ title: "Draft", draft: "true" }),
  "content/posts/future.md": post({ title: "Future", date: "2026-09-09" }),
  "content/posts/broken.md": "---\ntitle: [\n---\nNothing of it can be read.\n",
  "content/posts/page.html": "---\ntitle: In HTML\ndate: 2026-01-05\n---\n<p>As it is.</p>\n",
  "media/talk.jpg": "a talk",
};
const NO_LOG = () => undefined;

/** As a state machine would have it: all objects, some at a time. */
async function prepared(site: World, { size = 4, yaml = YAML } = {}): Promise<readonly PrepareReport[]> {
  const read = parseSite(new TextEncoder().encode(yaml), "content", 2026);
  if (!read.ok) throw new Error("site.yaml is wrong");
  const keys: string[] = [];
  for await (const { key } of site.content.list("")) keys.push(key);
  const batches = Array.from({ length: Math.ceil(keys.length / size) }, (_, n) =>
    keys.slice(n * size, n * size + size),
  );
  const { content, state, clock } = site;
  const given = { content, state, clock, site: read.site, log: NO_LOG };
  return Promise.all(batches.map((keys) => preparePosts({ ...given, keys })));
}

/** The store, and which of its posts were read. A folder's defaults are read along with each post that is parsed. */
function counting(store: Store): { readonly store: Store; readonly read: string[] } {
  const read: string[] = [];
  const get: Store["get"] = (key, known, maxBytes) => {
    if (/(?<!_index)\.(?:md|html)$/.test(key) && maxBytes !== 0) read.push(key);
    return store.get(key, known, maxBytes);
  };
  return { store: { ...store, get }, read };
}

/** A run that looks for what is prepared, however few posts there are. */
const RUN = { run: "last", portion: 1 } as const;

async function expectSame(site: World, whole: World): Promise<void> {
  expect(await site.dump(site.public)).toEqual(await whole.dump(whole.public));
  const [{ records, gone, documents }, expected] = [await site.catalog(), await whole.catalog()];
  const placeless = (all: typeof records) => all.map(({ rendered: _, ...record }) => record);
  expect([placeless(records), gone, documents]).toEqual([
    placeless(expected.records),
    expected.gone,
    expected.documents,
  ]);
}

test("a run reads and renders only what could not be prepared, and publishes the very same", async () => {
  const [site, whole] = await Promise.all([world(FILES, YAML), world(FILES, YAML)]);
  const reports = await prepared(site);
  const sum = (count: (report: PrepareReport) => number) => reports.reduce((all, report) => all + count(report), 0);
  expect([sum(({ posts }) => posts), sum(({ read }) => read), sum(({ rendered }) => rendered)]).toEqual([11, 11, 5]);
  const content = counting(site.content);
  const report = await site.publish({ ...RUN, content: content.store });
  // The post that links to another is rendered by the run, which alone knows where that is.
  expect(content.read).toEqual(["content/posts/a.md"]);
  expect(report.entries).toEqual({ rendered: 1, cached: 5 });
  await whole.publish(RUN);
  await expectSame(site, whole);
  expect(await listPrepared(site.state)).toEqual([]);
  expect((await site.publish()).operations).toMatchObject({ public: { put: 0 }, state: { put: 0, delete: 0 } });
});

test("what was prepared of a site that is published already is taken up as well, though nobody knew when readers got it", async () => {
  const later = YAML.replace("archives: month", "archives: month\ntimezone: Asia/Shanghai");
  const make = async () => {
    const site = await world(FILES, YAML);
    await site.publish({ run: "first", now: new Date("2026-05-01T00:00:00Z") });
    await site.write("site.yaml", later);
    return site;
  };
  const [site, whole] = await Promise.all([make(), make()]);
  await prepared(site, { yaml: later });
  const content = counting(site.content);
  await site.publish({ ...RUN, content: content.store, force: true });
  // Of HTML it matters when readers got it.
  expect(content.read.filter((key) => key !== "content/posts/a.md")).toEqual(["content/posts/page.html"]);
  await whole.publish({ ...RUN, force: true });
  await expectSame(site, whole);
});

test("without archives nothing is rendered beside the run, which alone knows what documents show", async () => {
  const yaml = YAML.replace("archives: month", "archives: false");
  const site = await world(FILES, yaml);
  const reports = await prepared(site, { yaml });
  expect(reports.every(({ rendered }) => rendered === 0)).toBe(true);
  const whole = await world(FILES, yaml);
  await Promise.all([site.publish(RUN), whole.publish(RUN)]);
  await expectSame(site, whole);
});

test("an entry that was collected before any run named it is rendered again", async () => {
  const yaml = `${YAML}limit: 1\n`;
  const [site, whole] = await Promise.all([world(FILES, yaml), world(FILES, yaml)]);
  await prepared(site, { yaml });
  const keys = Object.keys(await site.dump(site.state)).filter((key) => key.startsWith("entries/"));
  for (const key of keys) await site.state.delete(key);
  const first = await site.publish({ ...RUN, batchSize: 1, until: NOW });
  expect(first.unfinished).toBe(true);
  const packs = new Set(
    (await site.catalog()).records.map(({ rendered }) => rendered && `entries/${rendered.pack}.jsonl`),
  );
  // No record names what is gone, also where its post is still to be rendered.
  for (const key of keys) expect(packs).not.toContain(key);
  expect((await site.publish({ ...RUN, hints: [] })).unfinished).toBeUndefined();
  await whole.publish(RUN);
  await expectSame(site, whole);
});

test("what changed since it was prepared is read again", async () => {
  const [site, whole] = await Promise.all([world(FILES, YAML), world(FILES, YAML)]);
  await prepared(site);
  for (const each of [site, whole]) {
    await each.write("content/posts/b.md", post({ title: "B, edited" }));
    await each.write("content/notes/_index.md", "---\ncascade: { draft: true }\n---\n");
    await each.remove("content/posts/bundle/index.md");
  }
  await site.publish(RUN);
  await whole.publish(RUN);
  await expectSame(site, whole);
});

test("what there is no time for is left to the run", async () => {
  const site = await world(FILES, YAML);
  const read = parseSite(new TextEncoder().encode(YAML), "content", 2026);
  if (!read.ok) throw new Error("site.yaml is wrong");
  const { content, state, clock } = site;
  const keys = Object.keys(FILES);
  const report = await preparePosts({ content, state, clock, site: read.site, keys, until: NOW, log: NO_LOG });
  expect(report).toEqual({ posts: 11, read: 0, rendered: 0 });
  expect(await site.dump(state)).toEqual({});
});

describe("a run that may leave posts to others", () => {
  const preparerOf = (atLeast: number, begins = true): Preparer & { readonly begun: () => number } => {
    let begun = 0;
    return {
      atLeast,
      begun: () => begun,
      begin: async () => {
        begun += 1;
        return begins;
      },
    };
  };
  const ended = ({ unfinished, scanned, put }: Report) => ({ unfinished, scanned, put: put.length });

  test("ends without reading any where there are many, and takes up what they made", async () => {
    const site = await world(FILES, YAML);
    const preparer = preparerOf(11);
    const content = counting(site.content);
    const lines: string[] = [];
    const first = await site.publish({ ...RUN, content: content.store, preparer, log: (line) => lines.push(line) });
    expect(ended(first)).toEqual({ unfinished: true, scanned: { read: 0, total: 11, handedOver: true }, put: 0 });
    expect([preparer.begun(), content.read]).toEqual([1, []]);
    expect(lines).toEqual(["read 0 of 11 posts; the others are read beside this run"]);
    expect(await site.dump(site.state)).toEqual({});
    await prepared(site);
    const second = await site.publish({ ...RUN, preparer });
    expect([second.unfinished, preparer.begun()]).toEqual([undefined, 1]);
  });

  test("reads them by itself where they are few, where the others cannot begin, and in a dry run", async () => {
    for (const [preparer, dryRun, times] of [
      [preparerOf(12), false, 0],
      [preparerOf(11, false), false, 1],
      [preparerOf(1), true, 0],
    ] as const) {
      const site = await world(FILES, YAML);
      const report = await site.publish({ ...RUN, preparer, dryRun });
      expect([report.unfinished, report.put.length > 3, preparer.begun()]).toEqual([undefined, true, times]);
    }
  });
});
