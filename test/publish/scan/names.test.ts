/** Files whose names cannot be keys, and what is no file: problems of their own, and all others are published. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { folderStore } from "../../../lib/stores/folder.ts";
import type { ObjectInfo, Store } from "../../../lib/stores/store.ts";
import { codes, ids, post, SITE, world } from "../../support/world.ts";

const LINE_BREAKS = ["posts/a\nb.md", "posts/a\rb.md", "posts/a\u2028b.md", "posts/a\u2029b.md", "posts/a\u0085b.md"];
const KEYS = [...LINE_BREAKS, "posts/end.md\n", "posts/new\nfolder/a.md", "posts/a\u001b[31m.md", "posts/a\tb.md"];
/** A listing may name these; no store reads them. */
const UNREADABLE = [
  "posts//a.md",
  "/posts/a.md",
  "posts/../posts/a.md",
  "posts/./a.md",
  "posts/a\\b.md",
  `posts/${"a".repeat(1_020)}.md`,
];

/** The store, in whose listing there are other keys, too. */
const listing = (store: Store, keys: readonly string[]): Store => ({
  ...store,
  async *list(prefix) {
    const others = keys.map((key): ObjectInfo => ({ key, etag: "other", size: 1 }));
    for (const info of others) if (info.key.startsWith(prefix)) yield info;
    yield* store.list(prefix);
  },
});

describe("a key that cannot be one of a post", () => {
  test.each(KEYS)("%j is a problem that shows it in one line, and others are published", async (key) => {
    const site = await world({ [key]: post({ title: "Odd" }), "posts/good.md": post({}) });
    for (const hints of [undefined, [key], undefined]) {
      const report = await site.publish({ hints });
      expect(report.problems).toMatchObject([{ code: "key-unusable", severity: "error", file: key }]);
      expect(report.problems[0]?.message).toMatch(/^"posts\/[^\p{Cc}\u2028\u2029]+$/u);
      expect(report.records).toMatchObject({ public: 1, broken: 1 });
    }
    expect(ids(await site.read("feed.json"))).toEqual(["tag:example.com,2020:posts/good"]);
    await site.remove(key);
    expect((await site.publish({ hints: [key] })).problems).toEqual([]);
  });

  test.each(UNREADABLE)("%j in a listing is one, too", async (key) => {
    const site = await world({ "posts/good.md": post({}) });
    const content = listing(site.content, [key]);
    const report = await site.publish({ content });
    expect(report.problems).toMatchObject([{ code: "key-unusable", file: key }]);
    expect(report.records).toMatchObject({ public: 1, broken: 1 });
  });

  test("is found by its hint, if it exists", async () => {
    const site = await world({ "posts/good.md": post({}) });
    await site.publish();
    await site.write("posts/a\nb.md", post({}));
    expect(codes(await site.publish({ hints: ["posts/a\nb.md", "posts/c\nd.md"] }))).toEqual(["key-unusable"]);
  });

  test("is no problem where no glob of site.yaml would match it", async () => {
    const site = await world({ "notes/a\nb.md": "x", "posts/a\nb.txt": "x", "posts/good.md": post({}) });
    expect((await site.publish()).problems).toEqual([]);
  });
});

describe("in a folder", () => {
  test("names that are no UTF-8, and names that only look like what is shown of those, are told apart", async () => {
    const folder = mkdtempSync(join(tmpdir(), "dripfeed-bytes-"));
    try {
      mkdirSync(join(folder, "posts"));
      writeFileSync(join(folder, "site.yaml"), SITE);
      for (const byte of [0xff, 0xfe]) {
        const name = Buffer.concat([Buffer.from(`${folder}/posts/a`), Buffer.from([byte]), Buffer.from(".md")]);
        writeFileSync(name, post({}));
      }
      writeFileSync(join(folder, "posts/a\\xff.md"), post({}));
      writeFileSync(join(folder, "posts/a\\udcff.md"), post({}));
      const { problems } = await (await world()).publish({ content: folderStore(folder) });
      expect(problems.map(({ message }) => message).sort()).toEqual([
        String.raw`"posts/a\\udcff.md" cannot be a key: a key holds no NUL and no backslash`,
        String.raw`"posts/a\\xff.md" cannot be a key: a key holds no NUL and no backslash`,
        String.raw`"posts/a\xfe.md" cannot be a key: its name is no UTF-8`,
        String.raw`"posts/a\xff.md" cannot be a key: its name is no UTF-8`,
      ]);
      expect(new Set(problems.map(({ file }) => file)).size).toBe(4);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  const folder = mkdtempSync(join(tmpdir(), "dripfeed-names-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const bytes = (name: string, ...more: readonly number[]) =>
    Buffer.concat([Buffer.from(`${folder}/posts/`), Buffer.from(more), Buffer.from(name)]);

  test("every file that would be a post and is none is told, whatever its name is and whatever it is", async () => {
    mkdirSync(join(folder, "posts"));
    writeFileSync(join(folder, "site.yaml"), SITE);
    writeFileSync(join(folder, "posts/good.md"), post({ title: "Good" }));
    writeFileSync(join(folder, "posts/good\ufffd.md"), post({ title: "Good, too" }));
    writeFileSync(bytes("bytes.md", 0xff), post({}));
    mkdirSync(bytes("folder", 0xfe));
    writeFileSync(bytes("folder/a.md", 0xfe), post({}));
    writeFileSync(join(folder, "posts/line\nbreak.md"), post({}));
    execFileSync("mkfifo", [join(folder, "posts/pipe.md")]);
    symlinkSync("pipe.md", join(folder, "posts/piped.md"));
    symlinkSync("nowhere", join(folder, "posts/dangling.md"));

    const stores = await world();
    const publish = () => stores.publish({ content: folderStore(folder) });
    const report = await publish();
    expect(report.problems.map(({ code, file }) => `${code} ${JSON.stringify(file)}`)).toEqual([
      'unreadable "posts/dangling.md"',
      'key-unusable "posts/line\\nbreak.md"',
      'unreadable "posts/pipe.md"',
      'unreadable "posts/piped.md"',
      'key-unusable "posts/\\udcfefolder/a.md"',
      'key-unusable "posts/\\udcffbytes.md"',
    ]);
    expect(report.records).toMatchObject({ public: 2, broken: 6 });
    expect((await publish()).put).toEqual([]);
    // Hints that no file system knows are nobody's.
    const long = "a".repeat(300);
    const hints = [
      "posts/a\0b/c.md",
      `posts/${long}/a.md`,
      `posts/${long}/a\nb.md`,
      `posts/${"b".repeat(2_000)}\n.md`,
      "posts//a.md",
    ];
    const hinted = await stores.publish({ content: folderStore(folder), hints });
    expect([hinted.put, hinted.problems.length]).toEqual([[], 6]);
  });
});
