/** What always holds, whatever an author does and whatever goes wrong, in any order. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeCatalog } from "../lib/state/catalog.ts";
import { codes, post, type World, world } from "./world.ts";

const KEYS = ["posts/a.md", "posts/b.md", "posts/c.md", "posts/d.md"];

/** What happens to the content; `bells` say in which order the keys that it touched are rung, and which ring twice. */
type Change =
  | {
      readonly kind: "write" | "edit" | "hide" | "break" | "remove";
      readonly at: number;
      readonly bells: readonly number[];
    }
  | { readonly kind: "rename"; readonly at: number; readonly to: number; readonly bells: readonly number[] };

const at = fc.nat(KEYS.length - 1);
const bells = fc.array(fc.nat(1), { maxLength: 3 }).map((more) => [...more, 0, 1]);
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constantFrom("write", "edit", "hide", "break", "remove"), at, bells }),
  fc.record({ kind: fc.constant("rename"), at, to: at, bells }),
);

interface File {
  readonly uid: number;
  readonly words: number;
  readonly isHidden: boolean;
  readonly isBroken: boolean;
}

const textOf = ({ uid, words, isHidden, isBroken }: File): string =>
  isBroken
    ? "---\ntitle: [\n---\n"
    : post(
        { title: `Post ${uid}`, tags: `[t${uid % 2}]`, ...(isHidden && { draft: "true" }) },
        `uid${uid} words${words}\n`,
      );

/** An author at work: makes a change and gives the keys it touched. */
function author(site: World) {
  const files = new Map<string, File>();
  /** Which posts have ever been at a key. */
  const former = new Map<string, Set<number>>();
  let uids = 0;
  const put = async (key: string, file: File) => {
    files.set(key, file);
    former.set(key, (former.get(key) ?? new Set()).add(file.uid));
    await site.write(key, textOf(file));
    return [key];
  };
  return {
    files,
    former,
    async change(change: Change): Promise<readonly string[]> {
      const key = KEYS[change.at] ?? "";
      const file = files.get(key);
      if (change.kind === "write") {
        uids += 1;
        return put(key, { uid: uids, words: 0, isHidden: false, isBroken: false });
      }
      if (!file) return [];
      if (change.kind === "edit") return put(key, { ...file, words: file.words + 1, isBroken: false });
      if (change.kind === "hide") return put(key, { ...file, isHidden: !file.isHidden });
      // A file that cannot be read cannot be known again under another name.
      if (change.kind === "rename" && file.isBroken) return [];
      if (change.kind === "break") return put(key, { ...file, isBroken: true });
      files.delete(key);
      await site.remove(key);
      const to = change.kind === "rename" ? (KEYS[change.to] ?? "") : "";
      return change.kind === "rename" && !files.has(to) ? [key, ...(await put(to, file))] : [key];
    },
  };
}

async function shown(site: World): Promise<readonly { readonly id: string; readonly uid: number }[]> {
  const items: { id: string; content_html: string }[] = JSON.parse(await site.read("feed.json")).items;
  return items.map(({ id, content_html }) => ({ id, uid: Number(/uid(\d+)/.exec(content_html)?.[1]) }));
}

test("a published id never changes, and no two posts share one, whichever bell rings first, twice or alone", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (changes) => {
      const site = await world();
      const { change } = author(site);
      const known = new Map<number, string>();
      const look = async () => {
        const items = await shown(site);
        expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
        expect(new Set(items.map(({ uid }) => uid)).size).toBe(items.length);
        for (const { id, uid } of items) {
          expect(known.get(uid) ?? id).toBe(id);
          known.set(uid, id);
        }
      };
      for (const each of changes) {
        const keys = await change(each);
        for (const bell of each.bells) {
          const key = keys[bell];
          if (key === undefined) continue;
          await site.publish({ hints: [key], force: true });
          await look();
        }
      }
      await site.publish({ force: true });
      await look();
    }),
    { numRuns: 300 },
  );
});

test("a bell may ring twice, late, out of order or not at all; the next full pass makes it right", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { maxLength: 12 }),
      fc.array(fc.boolean(), { maxLength: 12 }),
      async (changes, rings) => {
        const site = await world();
        const { change, files, former } = author(site);
        const late: string[] = [];
        for (const [i, each] of changes.entries()) {
          late.push(...(await change(each)));
          if (rings[i]) await site.publish({ hints: late.splice(0).reverse(), force: true });
        }
        await site.publish({ force: true });
        const uids = (await shown(site)).map(({ uid }) => uid).toSorted();
        const good = [...files.values()]
          .filter(({ isHidden, isBroken }) => !isHidden && !isBroken)
          .map(({ uid }) => uid);
        for (const uid of good) expect(uids).toContain(uid);
        // Besides the good ones there are only last good entries: of what was at a key whose file is broken now.
        const broken = [...files].flatMap(([key, { isBroken }]) => (isBroken ? [...(former.get(key) ?? [])] : []));
        for (const uid of uids) expect([...good, ...broken]).toContain(uid);
        expect((await site.publish({ force: true })).operations.state).toMatchObject({ put: 0, delete: 0 });
      },
    ),
    { numRuns: 300 },
  );
});

test("drafts are in no document, though the bell be late and an older entry move up", async () => {
  const many = Array.from({ length: 21 }, (_, i) => String(i + 10));
  const site = await world(
    Object.fromEntries(
      many.map((n) => [`posts/${n}.md`, post({ title: `Post ${n}`, date: `2026-01-01 00:${n}` }, `${n}\n`)]),
    ),
  );
  await site.publish();
  await site.write("posts/10.md", post({ title: "Post 10", date: "2026-01-01 00:10", draft: "true" }, "10\n"));
  await site.remove("posts/30.md");
  await site.publish({ hints: ["posts/30.md"] });
  expect(await shown(site)).toHaveLength(19);
  expect(await site.read("rss.xml")).not.toContain("Post 10");
});

test("a post that is renamed while it is a draft comes back under the id that readers know", async () => {
  const site = await world({ "posts/a.md": post({ title: "A" }, "words\n"), "posts/z.md": post({}) });
  await site.publish();
  const before = await shown(site);
  await site.write("posts/a.md", post({ title: "A", draft: "true" }, "words\n"));
  await site.publish();
  await site.remove("posts/a.md");
  await site.write("posts/b.md", post({ title: "A", draft: "true" }, "words\n"));
  await site.publish();
  await site.write("posts/b.md", post({ title: "A" }, "other words\n"));
  await site.publish();
  expect((await shown(site)).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
});

test("a new renderer keeps every id and every date, and renders what was never rendered", async () => {
  const site = await world(
    {
      "posts/1.md": post({}, "1\n"),
      "posts/2.md": post({ date: "2026-01-03" }, "2\n"),
      "posts/3.md": post({ date: "2026-01-04" }, "3\n"),
    },
    "title: T\nurl: https://example.com/\nsince: 2020\nlimit: 2\n",
  );
  await site.publish();
  const before = await site.read("feed.json");
  // What an older renderer left: other input hashes, and another reading.
  const { catalog = "" } = await site.head();
  const older = await site.catalog();
  const records = older.records.map((each) => ({
    ...each,
    ...(each.facts && { facts: { ...each.facts, inputHash: "old" } }),
  }));
  const bytes = encodeCatalog({ ...older, reading: "old", records });
  await site.state.put(catalog, bytes, { contentType: "application/gzip" });
  await site.publish();
  expect(await site.read("feed.json")).toBe(before);
  await site.remove("posts/3.md");
  await site.publish();
  expect(JSON.parse(await site.read("feed.json")).items).toMatchObject([
    { id: "tag:example.com,2020:posts/2", date_modified: "2026-01-03T00:00:00Z" },
    { id: "tag:example.com,2020:posts/1", date_modified: "2026-01-02T03:04:05Z" },
  ]);
});

test("expired posts leave when their time has come, without an edit", async () => {
  const site = await world({ "posts/a.md": post({}), "posts/b.md": post({ expiryDate: "2026-06-02T00:00:00Z" }) });
  expect((await site.publish()).due).toBe("2026-06-02T00:00:00Z");
  const report = await site.publish({ now: new Date("2026-06-02T00:00:00Z"), hints: [] });
  expect(report.records).toMatchObject({ public: 1, expired: 1 });
  expect(JSON.parse(await site.read("feed.json")).items).toHaveLength(1);
});

test("a broken post expires all the same", async () => {
  const site = await world({ "posts/a.md": post({}), "posts/b.md": post({ title: "B", expires: "2026-07-01" }) });
  await site.publish();
  await site.write("posts/b.md", "---\ntitle: [\n---\n");
  expect((await site.publish()).due).toBe("2026-07-01T00:00:00Z");
  expect(await site.read("rss.xml")).toContain("<title>B<");
  await site.publish({ now: new Date("2026-07-01T00:00:00Z"), hints: [] });
  expect(await site.read("rss.xml")).not.toContain("<title>B<");
  const again = await site.publish({ now: new Date("2026-07-02T00:00:00Z") });
  expect(again.operations.state).toMatchObject({ put: 0 });
});

test("a pass for a later moment can be taken back", async () => {
  const site = await world({ "posts/a.md": post({}), "posts/b.md": post({ date: "2027-03-01" }) });
  await site.publish();
  await site.publish({ now: new Date("2028-01-01T00:00:00Z") });
  expect(await shown(site)).toHaveLength(2);
  await site.publish();
  expect(await shown(site)).toHaveLength(1);
});

test("a key that the globs exclude is no post's, hinted or not", async () => {
  const site = await world({ "posts/a.md": post({ title: "A" }), "posts/old/b.md": post({ title: "B" }) });
  const siteYaml = "title: T\nurl: https://example.com/\nsince: 2020\nposts: ['posts/*']\n";
  await site.publish();
  await site.write("site.yaml", siteYaml);
  await site.publish();
  await site.write("posts/old/b.md", post({ title: "B, edited" }));
  await site.publish({ hints: ["posts/old/b.md"] });
  expect(await site.read("rss.xml")).not.toContain("<title>B");
});

test("a post whose address comes to clash with another's keeps its last good entry", async () => {
  const site = await world({ "posts/a.md": post({ title: "A" }), "posts/b.md": post({ title: "B" }) });
  await site.publish();
  await site.write("posts/b.md", post({ title: "B", slug: "a" }));
  expect(codes(await site.publish())).toEqual(["url-taken"]);
  expect(JSON.parse(await site.read("feed.json")).items).toHaveLength(2);
  expect((await site.publish()).operations.state).toMatchObject({ put: 0 });
});

test("edits that came while site.yaml could not be read are seen when it is mended", async () => {
  const site = await world({ "posts/a.md": post({ title: "A" }) });
  await site.publish();
  const good = await site.dump(site.content);
  await site.write("site.yaml", "title: [\n");
  await site.write("posts/a.md", post({ title: "Edited" }));
  expect((await site.publish({ hints: ["posts/a.md"] })).refused).toMatchObject({ code: "site-unusable" });
  await site.write("site.yaml", good["site.yaml"] ?? "");
  await site.publish({ hints: ["site.yaml"] });
  expect(await site.read("rss.xml")).toContain("<title>Edited</title>");
});
