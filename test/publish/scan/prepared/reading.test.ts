/** A scan for which one run has no time goes on in the next: in the end all is as if one run had read everything. */
import { describe, expect, test } from "vitest";
import type { PostResult } from "../../../../lib/content/post.ts";
import { isPreparedFinding } from "../../../../lib/publish/scan/prepared/findingguard.ts";
import type { Report } from "../../../../lib/publish/types.ts";
import { eachPrepared, listPrepared, putPrepared } from "../../../../lib/state/findings.ts";
import { type Store, StoreError, StoreUnreadable } from "../../../../lib/stores/store.ts";
import { openTimeLimit, TimedOut } from "../../../../lib/workers/timelimit.ts";
import { codes, NOW, post, SITE, type Stores, WHOLE_SITE, type World, world } from "../../../support/world.ts";

/** A site with everything of which a finding may tell: fourteen files, so that five runs read it, three at a time. */
const YAML = `${WHOLE_SITE}dialect: hugo\nposts: ["content/**/*.md"]\narchives: month\ntimezone: Europe/Berlin\n`;
const POSTS: { readonly [key: string]: string } = {
  "content/posts/a.md": post(
    { title: "A", tags: "[x, 滴灌]", categories: "[Field, Water]" },
    "See [the next](b.md).\n",
  ),
  "content/posts/b.md": post({ title: "B", tags: "[x]", author: "Ada" }, "Back to [the first](a.md), by `code`.\n"),
  "content/posts/bundle/index.md": post({ title: "Bundle", images: "[leaf.jpg]" }, "![A leaf](leaf.jpg)\n"),
  "content/posts/c.zh.md": post({ title: "丙", tags: "[滴灌]", date: "2026-02-03" }, "中文的**字。**\n"),
  "content/posts/c.md": post({ title: "C", date: "2026-02-03" }, "In English.\n"),
  "content/posts/draft.md": post({ title: "Draft", draft: "true" }),
  "content/posts/expired.md": post({ title: "Expired", expiryDate: "2026-03-01" }),
  "content/posts/future.md": post({ title: "Future", date: "2026-09-09" }),
  "content/posts/broken.md": "---\ntitle: [\n---\nNothing of it can be read.\n",
  "content/posts/same.md": post({ title: "Same", slug: "a", date: "2026-01-09" }, "It has another's address.\n"),
  "content/notes/one.md": post({ title: "One" }, "Of a folder with defaults.\n"),
  "content/notes/two.md": post({ title: "Two", weight: "3" }, '{{< figure src="/media/talk.jpg" >}}\n'),
  "content/notes/三.md": post({ title: "三", date: "2025-12-31T23:30:00Z" }, "Of the year before, or not.\n"),
};
const OTHERS: { readonly [key: string]: string } = {
  "content/notes/_index.md": "---\ntitle: Notes\ncascade: { author: Grace, tags: [noted] }\n---\n",
  "content/posts/bundle/leaf.jpg": "a leaf",
  "media/talk.jpg": "a talk",
};

/** One run reads three posts and no more. */
const SHORT = { until: NOW, portion: 3 } as const;

const siteOf = (files: { readonly [key: string]: string } = { ...POSTS, ...OTHERS }, yaml = YAML): Promise<World> =>
  world(files, yaml);

/** As triggers follow each other, until one run ends. Between two of them `meanwhile` happens, once for each. */
async function inShortRuns(
  site: World,
  meanwhile: readonly (() => Promise<unknown>)[] = [],
  options: Partial<Parameters<World["publish"]>[0]> = {},
): Promise<readonly Report[]> {
  const reports: Report[] = [];
  for (let hints: readonly string[] | undefined; reports.length < 40; ) {
    const report = await site.publish({ ...SHORT, run: "last", hints, ...options });
    reports.push(report);
    if (!report.unfinished) break;
    hints = report.scanned ? undefined : [];
    await meanwhile[reports.length - 1]?.();
  }
  return reports;
}

const titles = async (site: World): Promise<readonly string[]> =>
  JSON.parse(await site.read("feed.json")).items.map(({ title }: { title: string }) => title);

const prepared = async (site: Pick<World, "state">) => (await listPrepared(site.state)).length;

/** Documents and catalog, ids and ETags in it, are those of one run over the content as it is now. */
async function expectAsInOneRun(site: World, yaml = YAML): Promise<void> {
  const { "site.yaml": _, ...files } = await site.dump(site.content);
  const whole = await siteOf(files, yaml);
  await whole.publish({ run: "last" });
  expect(await site.dump(site.public)).toEqual(await whole.dump(whole.public));
  const { records, gone, documents } = await site.catalog();
  const expected = await whole.catalog();
  expect({ records, gone, documents }).toEqual({
    records: expected.records,
    gone: expected.gone,
    documents: expected.documents,
  });
  expect(await prepared(site)).toBe(0);
}

test("a site whose scan takes five runs ends in the same stores, byte for byte, as one run", async () => {
  const [site, whole] = await Promise.all([siteOf(), siteOf()]);
  const reports = await inShortRuns(site);
  const [first, , , fourth, last] = reports;
  expect(reports.map(({ scanned }) => scanned?.read)).toEqual([3, 6, 9, 12, undefined]);
  expect(fourth?.scanned).toEqual({ read: 12, total: 14 });
  expect([first?.put, first?.unfinished, last?.unfinished]).toEqual([[], true, undefined]);
  await whole.publish({ run: "last" });
  for (const store of ["public", "state"] as const)
    expect(await site.dump(site[store])).toEqual(await whole.dump(whole[store]));
  const again = await site.publish(SHORT);
  expect(again.operations).toMatchObject({ public: { put: 0, delete: 0 }, state: { put: 0, delete: 0 } });
});

test("no run reads what one before it has read", async () => {
  const site = await siteOf();
  const read = new Map<string, number>();
  const content: Store = {
    ...site.content,
    get(key, ...rest) {
      if (key in POSTS) read.set(key, (read.get(key) ?? 0) + 1);
      return site.content.get(key, ...rest);
    },
  };
  for (let n = 0; n < 4; n++) await site.publish({ ...SHORT, content });
  expect([...read.values()]).toEqual(Array.from({ length: 11 }, () => 1));
});

test("what one portion holds is read at once, and nothing prepared is looked for", async () => {
  const site = await siteOf();
  await site.publish();
  const quiet = (await site.publish()).operations.state;
  await site.write("content/posts/a.md", post({ title: "Edited" }));
  const edit = await site.publish(SHORT);
  expect(edit.unfinished).toBeUndefined();
  expect(edit.operations.state.list).toBe(quiet.list);
  expect(await prepared(site)).toBe(0);
});

describe("between the runs", () => {
  const EDITS: { readonly [name: string]: (site: World) => Promise<unknown> } = {
    "an edit": (site) => site.write("content/posts/a.md", post({ title: "A, edited", tags: "[new]" })),
    "a removal": (site) => site.remove("content/posts/a.md"),
    "a new post": (site) => site.write("content/posts/0.md", post({ title: "New" })),
    "a rename": async (site) => {
      await site.write("content/posts/z.md", POSTS["content/posts/a.md"] ?? "");
      await site.remove("content/posts/a.md");
    },
    "a change of what counts for a folder": (site) =>
      site.write("content/notes/_index.md", "---\ncascade: { draft: true }\n---\n"),
    "a removal of what counts for a folder": (site) => site.remove("content/notes/_index.md"),
    "another picture": (site) => site.write("content/posts/bundle/leaf.jpg", "another, larger leaf"),
    "a draft that is published": (site) => site.write("content/posts/draft.md", post({ title: "Draft" })),
  };

  test.each(Object.entries(EDITS))("%s counts, whenever it comes", async (_, edit) => {
    for (let before = 1; before <= 4; before++) {
      const site = await siteOf();
      const edits = Array.from({ length: before }, (_, n) => async () => (n === before - 1 ? edit(site) : undefined));
      const reports = await inShortRuns(site, edits);
      expect(reports.at(-1)?.unfinished).toBeUndefined();
      await expectAsInOneRun(site);
    }
  });

  test("another site.yaml counts: what was read with the former one is not taken up, and goes", async () => {
    const site = await siteOf();
    const other = YAML.replace("Europe/Berlin", "Asia/Shanghai");
    const reports = await inShortRuns(site, [async () => {}, () => site.write("site.yaml", other)]);
    expect(reports.map(({ scanned }) => scanned?.read)).toEqual([3, 6, 3, 6, 9, 12, undefined]);
    await expectAsInOneRun(site, other);
  });

  test("a trigger of one post goes on with the scan as well, as long as nothing was published", async () => {
    const site = await siteOf();
    await inShortRuns(site, [], { hints: ["content/posts/a.md"] });
    await expectAsInOneRun(site);
  });
});

describe("of a site that is published", () => {
  /** Every post is another, and all are read anew. */
  async function rewritten(): Promise<World> {
    const site = await siteOf();
    await site.publish();
    for (const [key, text] of Object.entries(POSTS))
      await site.write(key, key.includes("broken") ? text : `${text}Again.\n`);
    return site;
  }

  test("ids and dates stay, documents are untouched until all is read, and then they are those of one run", async () => {
    const [site, whole] = await Promise.all([rewritten(), rewritten()]);
    const before = await site.dump(site.public);
    for (let n = 0; n < 3; n++) expect((await site.publish({ ...SHORT, force: true })).scanned).toBeDefined();
    expect(await site.dump(site.public)).toEqual(before);
    await inShortRuns(site, [], { force: true });
    await whole.publish({ run: "last", force: true });
    expect(await site.dump(site.public)).toEqual(await whole.dump(whole.public));
    expect((await site.catalog()).records).toEqual((await whole.catalog()).records);
    expect(await prepared(site)).toBe(0);
  });

  test("a trigger of one post is published meanwhile", async () => {
    const site = await rewritten();
    await site.publish({ ...SHORT, force: true });
    const report = await site.publish({ ...SHORT, force: true, hints: ["content/posts/a.md"] });
    expect(report.unfinished).toBeUndefined();
    expect(await site.read("feed.json")).toContain("Again.");
    const reports = await inShortRuns(site, [], { force: true });
    expect(reports[0]?.scanned).toEqual({ read: 6, total: 11 });
    expect(reports.at(-1)?.unfinished).toBeUndefined();
  });

  test("what a refused run was prepared for stays, for when it is meant", async () => {
    const site = await siteOf();
    await site.publish();
    for (const key of Object.keys(POSTS)) await site.write(key, "---\ndraft: true\ntitle: All drafts\n---\n");
    const reports = await inShortRuns(site);
    expect(reports.at(-1)?.refused).toBeDefined();
    expect(await prepared(site)).toBeGreaterThan(0);
    const forced = await site.publish({ ...SHORT, force: true });
    expect([forced.unfinished, forced.refused]).toEqual([undefined, undefined]);
    expect(await prepared(site)).toBe(0);
  });

  test("what nothing took up goes with the rest that is unused", async () => {
    const site = await siteOf();
    await site.publish();
    await putPrepared(site.state, "x".repeat(22), [{ key: "stale" }]);
    await site.state.put("findings/notes.txt", new TextEncoder().encode("mine"), { contentType: "text/plain" });
    const many = Object.fromEntries(Array.from({ length: 120 }, (_, i) => [`content/posts/many/${i}.md`, i]));
    for (const words of ["once", "twice"]) {
      for (const [key, i] of Object.entries(many))
        await site.write(key, post({ title: `${i} ${words}`, tags: `[t${i}]` }));
      await site.publish({ force: true });
    }
    await site.write("content/posts/a.md", post({ title: "One more" }));
    await site.publish({ force: true });
    expect(await prepared(site)).toBe(0);
    expect(Object.keys(await site.dump(site.state))).toContain("findings/notes.txt");
  });

  test("undated posts that moved together are dated as before, in as many runs as it takes", async () => {
    const text = (n: number) => `# Words of ${n}\n\nThe text of ${n}, undated.\n`;
    const all = (name: string) =>
      Object.fromEntries(Array.from({ length: 8 }, (_, n) => [`content/${name}/${n}.md`, text(n)] as const));
    const yaml = `${YAML}fileDates: true\n`;
    /** Every file is of that day. */
    const dated = ({ content }: World, modified: string): Store => ({
      ...content,
      async get(key, ...rest) {
        const object = await content.get(key, ...rest);
        return typeof object === "object" ? { ...object, modified } : object;
      },
    });
    const moved = async () => {
      const site = await siteOf(all("old"), yaml);
      await site.publish({ content: dated(site, "2026-04-01T00:00:00Z") });
      for (const [key, text] of Object.entries(all("new"))) await site.write(key, text);
      for (const key of Object.keys(all("old"))) await site.remove(key);
      return { site, options: { force: true, content: dated(site, "2026-05-05T00:00:00Z") } };
    };
    const [short, whole] = await Promise.all([moved(), moved()]);
    const reports = await inShortRuns(short.site, [], short.options);
    // Nobody else can read those that are to be dated as before.
    let begun = 0;
    const preparer = { atLeast: 8, begin: async () => ++begun > 1 };
    const alone = await moved();
    await alone.site.publish({ ...alone.options, preparer });
    expect(begun).toBe(1);
    // Each is read twice: by its own date, then by that of the post that it is.
    expect(reports.filter(({ scanned }) => scanned).length).toBe(4);
    expect(reports.at(-1)?.unfinished).toBeUndefined();
    await whole.site.publish({ run: "last", ...whole.options });
    expect(await short.site.read("feed.json")).toContain('"date_published": "2026-04-01T00:00:00Z"');
    expect(await short.site.dump(short.site.public)).toEqual(await whole.site.dump(whole.site.public));
    expect(await prepared(short.site)).toBe(0);
  });
});

describe("a run without any time", () => {
  test("gets on all the same: each reads a portion", async () => {
    const site = await siteOf();
    const reports = await inShortRuns(site, [], { until: new Date(0), portion: 1 });
    expect(reports.map(({ scanned }) => scanned?.read)).toEqual([
      ...Array.from({ length: 13 }, (_, n) => n + 1),
      undefined,
    ]);
    await expectAsInOneRun(site);
  });

  test("reads fewer posts where they are large, and the next goes on", async () => {
    const site = await siteOf();
    const content: Store = {
      ...site.content,
      async *list(prefix) {
        for await (const info of site.content.list(prefix)) yield { ...info, size: 50_000_000 };
      },
    };
    const reports = await inShortRuns(site, [], { content, portion: undefined });
    // Of each no more than 16 MB would be read, of all in a portion 64.
    expect(reports.map(({ scanned }) => scanned?.read)).toEqual([4, 8, 12, undefined]);
    await expectAsInOneRun(site);
  });

  test("gets on where nothing of a portion can be read, and tries that again once all is published", async () => {
    const site = await siteOf();
    let isOpen = false;
    let tries = 0;
    const content: Store = {
      ...site.content,
      async get(key, ...rest) {
        if (isOpen || !key.startsWith("content/notes/") || key.endsWith("_index.md"))
          return site.content.get(key, ...rest);
        tries += 1;
        throw new StoreUnreadable("content", "get", key, "access denied");
      },
    };
    const reports = await inShortRuns(site, [], { content });
    expect(reports).toHaveLength(5);
    expect(codes(reports.at(-1) as Report).filter((code) => code === "unreadable")).toHaveLength(3);
    expect(tries).toBe(3);
    isOpen = true;
    await site.publish({ content, run: "last" });
    expect(await site.read("feed.json")).toContain("Of a folder with defaults.");
  });

  test("does not try a post again that takes too long, until all is published", async () => {
    const site = await siteOf();
    const limit = openTimeLimit();
    let tries = 0;
    const run = async <T>(work: () => T): Promise<T> => {
      const result = await limit.run(work);
      if ((result as PostResult | undefined)?.post?.title !== "Bundle") return result;
      tries += 1;
      throw new TimedOut(5000);
    };
    const reports = await inShortRuns(site, [], { timeLimit: { ...limit, run } });
    expect([reports.length, tries]).toEqual([5, 1]);
    expect(codes(reports.at(-1) as Report)).toContain("timed-out");
    expect(await titles(site)).not.toContain("Bundle");
    await site.publish({ run: "last" });
    expect(await titles(site)).toContain("Bundle");
  });

  test("writes nothing as a dry run, and says how far it came", async () => {
    const site = await siteOf();
    const report = await site.publish({ ...SHORT, dryRun: true });
    expect([report.unfinished, report.scanned]).toEqual([true, { read: 3, total: 14 }]);
    expect(await site.dump(site.state)).toEqual({});
  });

  test("says how far it came", async () => {
    const lines: string[] = [];
    const site = await siteOf();
    await site.publish({ ...SHORT, log: (line) => lines.push(line) });
    await site.publish({ ...SHORT, log: (line) => lines.push(line) });
    expect(lines).toEqual([
      "read 3 of 14 posts; the next run goes on",
      "3 of 14 posts were read before",
      "read 6 of 14 posts; the next run goes on",
    ]);
  });
});

describe("a run with time for many portions", () => {
  const LONG = { until: new Date(NOW.getTime() + 60_000), portion: 1, run: "last" } as const;

  test("prepares what it has read, so that another round need not read it again, and leaves nothing of that", async () => {
    const site = await siteOf();
    const read: string[] = [];
    const content: Store = {
      ...site.content,
      get(key, known, maxBytes) {
        if (key in POSTS && maxBytes !== 0) read.push(key);
        return site.content.get(key, known, maxBytes);
      },
    };
    let edits = 1;
    const state: Store = {
      ...site.state,
      async put(key, ...rest) {
        const etag = await site.state.put(key, ...rest);
        if (key === "head.json" && edits-- > 0) await site.write("content/posts/b.md", post({ title: "B, edited" }));
        return etag;
      },
    };
    const report = await site.publish({ ...LONG, content, state });
    expect(report.unfinished).toBeUndefined();
    // Each once, then for rendering, and what was edited again.
    for (const key of Object.keys(POSTS).filter((key) => key !== "content/posts/b.md")) {
      expect(read.filter((each) => each === key).length, key).toBeLessThanOrEqual(2);
    }
    const { "site.yaml": _, ...files } = await site.dump(site.content);
    const whole = await siteOf(files);
    await whole.publish({ run: "last" });
    expect(await site.dump(site.public)).toEqual(await whole.dump(whole.public));
    expect(await prepared(site)).toBe(0);
  });

  test("that is killed while it writes has read for the next one", async () => {
    const site = await siteOf();
    const killed: Store = {
      ...site.public,
      put: (key) => Promise.reject(new StoreError("public", "put", key, "killed")),
    };
    await expect(site.publish({ ...LONG, public: killed })).rejects.toThrow("killed");
    expect(await prepared(site)).toBe(1);
    const lines: string[] = [];
    await site.publish({ ...LONG, log: (line) => lines.push(line) });
    expect(lines).toContain("14 of 14 posts were read before");
    await expectAsInOneRun(site);
  });
});

test("two runs at once may prepare the same", async () => {
  const site = await siteOf();
  const stores: Stores = site;
  await Promise.all([site.publish({ ...SHORT, ...stores }), site.publish({ ...SHORT, ...stores })]);
  expect(await prepared(site)).toBe(1);
  await inShortRuns(site);
  await expectAsInOneRun(site);
});

test("a crash at any operation of the state store loses no more than one portion", async () => {
  for (const tookPlace of [true, false]) {
    for (let n = 0; ; n++) {
      const site = await siteOf();
      let left = n;
      const dies = async <T>(key: string, work: () => Promise<T>): Promise<T> => {
        if (left-- > 0) return work();
        if (left === -1 && tookPlace) await work();
        throw new StoreError("state", "put", key, "crashed");
      };
      const state: Store = {
        ...site.state,
        async *list(prefix) {
          await dies(prefix, async () => undefined);
          yield* site.state.list(prefix);
        },
        get: (key, ...rest) => dies(key, () => site.state.get(key, ...rest)),
        put: (key, ...rest) => dies(key, () => site.state.put(key, ...rest)),
        delete: (key, ...rest) => dies(key, () => site.state.delete(key, ...rest)),
      };
      const crashed = await inShortRuns(site, [], { state }).catch(() => undefined);
      site.clock.advance(10 * 60_000);
      const reports = await inShortRuns(site);
      expect(reports.at(-1)?.refused).toBeUndefined();
      const whole = await siteOf();
      await whole.publish({ run: "last" });
      expect(await site.dump(site.public)).toEqual(await whole.dump(whole.public));
      if (crashed) break;
    }
  }
});

describe("a prepared finding counts for nothing, and its post is read, where it", () => {
  type Damage = (text: Uint8Array, key: string, other: Uint8Array) => Uint8Array | undefined;
  const bytes = (text: string) => new TextEncoder().encode(text);
  const flipped = (at: number) => (body: Uint8Array) =>
    body.map((byte, i) => (i === Math.floor(body.length * at) ? byte ^ 1 : byte));
  const DAMAGES: readonly (readonly [how: string, damage: Damage])[] = [
    ["is gone", () => undefined],
    ["is empty", () => bytes("")],
    ["is garbage", () => bytes("garbage")],
    ["is cut", (body) => body.slice(0, -5)],
    ["is altered in its seal", flipped(0.01)],
    ["is altered in the middle", flipped(0.5)],
    ["is altered at its end", flipped(0.99)],
    ["lies in the place of another", (_, __, other) => other],
  ];

  test.each(DAMAGES)("%s", async (_, damage) => {
    const site = await siteOf();
    for (let n = 0; n < 2; n++) await site.publish(SHORT);
    const [key = "", other = ""] = await listPrepared(site.state);
    const [object, another] = [await site.state.get(key), await site.state.get(other)];
    if (typeof object !== "object" || typeof another !== "object") throw new Error("nothing is prepared");
    const damaged = damage(object.body, key, another.body);
    if (damaged) await site.state.put(key, damaged, { contentType: "text/plain" });
    else await site.state.delete(key);
    const reports = await inShortRuns(site);
    expect(reports[0]?.scanned).toEqual({ read: 6, total: 14 });
    await expectAsInOneRun(site);
  });

  test.each<readonly [string, (finding: { [name: string]: unknown }) => unknown]>([
    ["is null", () => null],
    ["lacks a field that this version has", ({ finding: _, ...rest }) => rest],
    ["has a field that this version does not know", (finding) => ({ ...finding, later: 1 })],
    ["is of another ETag", (finding) => ({ ...finding, etag: "other" })],
    [
      "is of another date, and has none of its own",
      ({ finding, ...rest }) => {
        const { post, ...file } = finding as { readonly post?: object };
        const undated = post ? { post: { ...post, undated: true } } : { seen: { undated: true } };
        return { ...rest, datedAs: "2026-01-01T00:00:00Z", finding: { ...file, ...undated } };
      },
    ],
    [
      "is of a post of another shape",
      (finding) => ({ ...finding, finding: { etag: finding["etag"], post: {}, problems: [] } }),
    ],
    [
      "was read of another object than it says",
      (finding) => ({ ...finding, finding: { etag: "other", problems: [] } }),
    ],
    [
      "is of other files that count",
      (finding) => ({
        ...finding,
        finding: { etag: finding["etag"], problems: [], deps: ["media/talk.jpg"], depsDigest: "other" },
      }),
    ],
  ])("%s", async (_, alter) => {
    const site = await siteOf();
    await site.publish(SHORT);
    const [key = ""] = await listPrepared(site.state);
    const reader = key.split("/")[1] ?? "";
    const lines: { [name: string]: unknown }[] = [];
    await eachPrepared(site.state, reader, [key], (line) => lines.push(line as { [name: string]: unknown }));
    expect(lines).toHaveLength(3);
    expect(lines.every(isPreparedFinding)).toBe(true);
    await site.state.delete(key);
    await putPrepared(site.state, reader, lines.map(alter) as object[]);
    const reports = await inShortRuns(site);
    expect(reports[0]?.scanned).toEqual({ read: 3, total: 14 });
    await expectAsInOneRun(site);
  });
});

test("what another program keeps below findings/ is left alone", async () => {
  const site = await siteOf();
  const key = `findings/${"x".repeat(22)}/notes.txt`;
  await site.state.put(key, new TextEncoder().encode("mine"), { contentType: "text/plain" });
  await inShortRuns(site);
  expect(Object.keys(await site.dump(site.state))).toContain(key);
});

test("a site of one channel reads on as well", async () => {
  const site = await world(
    Object.fromEntries(Array.from({ length: 7 }, (_, n) => [`posts/${n}.md`, post({ title: `No ${n}` })])),
    SITE,
  );
  expect(await inShortRuns(site)).toHaveLength(3);
});
