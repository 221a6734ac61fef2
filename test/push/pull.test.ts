/** Pulls, case by case: what came by phone is brought, what was changed here stays, and a push that follows knows of both. */
import { describe, expect, test } from "vitest";
import { mergeLines } from "../../lib/commands/gitmerge.ts";
import { isPostFile } from "../../lib/content/inputs.ts";
import { sha256 } from "../../lib/push/files.ts";
import type { TextMerging } from "../../lib/push/pull/merge.ts";
import { pull } from "../../lib/push/pull/pull.ts";
import { push } from "../../lib/push/push.ts";
import { asideOf, SEEN_KEY } from "../../lib/push/seen.ts";
import { countedStore } from "../../lib/stores/counted.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import { type Store, StoreUnreadable } from "../../lib/stores/store.ts";
import { copied, filesIn, isHidden, remove, storeOf, type Texts, write } from "./sides.ts";

const POST = "---\ntitle: A\n---\n\none\n\ntwo\n\nthree\n";
const former = new Map([POST].map((text) => [sha256(new TextEncoder().encode(text)), text]));
const merging: TextMerging = {
  baseOf: async (_, digest) => {
    const text = former.get(digest);
    return text === undefined ? undefined : new TextEncoder().encode(text);
  },
  mergeLines,
};

const SITE = { "site.yaml": "title: Notes\n", "posts/a.md": POST, "posts/b.md": "B" };

/** A folder and the store that it was pushed to. */
async function pushed(files: Texts = SITE) {
  const folder = await storeOf(files, "folder");
  const bucket = memoryStore("bucket");
  await push({ from: folder, to: bucket });
  return {
    folder,
    bucket,
    pull: (options: { readonly media?: boolean; readonly dryRun?: boolean } = {}) =>
      pull({ from: bucket, to: folder, merging, ...options }),
    push: (from: Store = folder) => push({ from, to: bucket }),
  };
}

const shown = (report: Awaited<ReturnType<typeof pull>>) => [
  ...report.brought.map(({ key, reason }) => `${key} ${reason}`),
  ...report.removed.map(({ key }) => `${key} removed`),
  ...report.conflicts.map(({ key, what }) => `${key} ${what}`),
];
const visible = async (store: Store) =>
  Object.fromEntries(Object.entries(await filesIn(store)).filter(([key]) => !isHidden(key)));

describe("a pull", () => {
  test("brings a post that came by phone, and a second one writes nothing", async () => {
    const { folder, bucket, ...sides } = await pushed();
    await write(bucket, "posts/phone.md", "P");
    expect(shown(await sides.pull())).toEqual(["posts/phone.md new"]);
    expect((await filesIn(folder))["posts/phone.md"]).toBe("P");
    const counted = countedStore(folder);
    expect(shown(await pull({ from: bucket, to: counted, merging }))).toEqual([]);
    expect(counted.operations).toMatchObject({ put: 0, delete: 0 });
    const reading = countedStore(bucket);
    await pull({ from: reading, to: folder, merging });
    expect(reading.operations).toMatchObject({ list: 1, get: 2, put: 0 }); // the manifest, twice
  });

  test("leaves a file that is edited in the very moment of its removal, and says so", async () => {
    const { folder, bucket } = await pushed();
    await bucket.delete("posts/a.md");
    const edited: Store = {
      ...folder,
      async delete(key, ...rest) {
        await write(folder, key, "edited");
        return folder.delete(key, ...rest);
      },
    };
    const report = await pull({ from: bucket, to: edited, merging });
    expect(shown(report)).toEqual(["posts/a.md changed here, removed there"]);
    expect((await filesIn(folder))["posts/a.md"]).toBe("edited");
  });

  test("on one machine does not make the push of another checkout remove the post", async () => {
    const { folder, bucket, ...sides } = await pushed();
    const checkout = await copied(folder);
    await write(bucket, "posts/phone.md", "P");
    await sides.pull();
    const report = await sides.push(checkout);
    expect([report.removed, report.toPull]).toEqual([[], ["posts/phone.md"]]);
    expect((await filesIn(bucket))["posts/phone.md"]).toBe("P");
  });

  test("is followed by pushes that put, and remove, what it brought", async () => {
    const { folder, bucket, ...sides } = await pushed();
    await write(bucket, "posts/phone.md", "P");
    await sides.pull();
    await write(folder, "posts/phone.md", "P, edited");
    expect((await sides.push()).put.map(({ key, reason }) => `${key} ${reason}`)).toEqual(["posts/phone.md changed"]);
    await remove(folder, "posts/phone.md");
    expect((await sides.push()).removed).toEqual([{ key: "posts/phone.md", reason: "file gone" }]);
    // The folder still notes that it was brought, and puts it all the same when it is written again.
    await write(folder, "posts/phone.md", "P");
    expect((await sides.push()).put.map(({ key }) => key)).toEqual(["posts/phone.md"]);
    expect(shown(await sides.pull())).toEqual([]);
  });

  test("does not bring again what was removed here before a push had it, nor does a push remove it", async () => {
    const { folder, bucket, ...sides } = await pushed();
    await write(bucket, "posts/phone.md", "P");
    await sides.pull();
    await remove(folder, "posts/phone.md");
    expect(shown(await sides.pull())).toEqual([]);
    const report = await sides.push();
    expect([report.removed, report.toPull]).toEqual([[], []]);
    expect((await filesIn(bucket))["posts/phone.md"]).toBe("P");
  });

  test("brings an edit by phone, which a push of the former text leaves alone", async () => {
    const { folder, bucket, ...sides } = await pushed();
    await write(bucket, "posts/b.md", "B, by phone");
    const report = await sides.push();
    expect([report.refused, report.put, report.kept]).toEqual([
      undefined,
      [],
      [{ key: "posts/b.md", what: "altered since it was pushed" }],
    ]);
    expect(shown(await sides.pull())).toEqual(["posts/b.md changed"]);
    expect((await filesIn(folder))["posts/b.md"]).toBe("B, by phone");
    expect((await sides.push()).unchanged).toBe(3);
  });

  test("merges edits of different lines, and the next push puts the merged text", async () => {
    const { folder, bucket, ...sides } = await pushed();
    await write(folder, "posts/a.md", POST.replace("one", "one, here"));
    await write(bucket, "posts/a.md", POST.replace("three", "three, there"));
    expect((await sides.push()).refused?.message).toContain("posts/a.md");
    expect(shown(await sides.pull())).toEqual(["posts/a.md merged"]);
    const both = POST.replace("one", "one, here").replace("three", "three, there");
    expect((await filesIn(folder))["posts/a.md"]).toBe(both);
    await sides.push();
    expect((await filesIn(bucket))["posts/a.md"]).toBe(both);
    expect(shown(await sides.pull())).toEqual([]);
  });

  test("puts the text of the store aside where both changed the same lines, until a person has made one of two", async () => {
    const { folder, bucket, ...sides } = await pushed();
    const [ours, theirs] = [POST.replace("two", "2"), POST.replace("two", "II")];
    await write(folder, "posts/a.md", ours);
    await write(bucket, "posts/a.md", theirs);
    const place = asideOf("posts/a.md", sha256(new TextEncoder().encode(theirs)));
    for (let i = 0; i < 2; i++) {
      expect((await sides.pull()).conflicts).toEqual([
        { key: "posts/a.md", what: "changed here and there", aside: place },
      ]);
      expect(await filesIn(folder)).toMatchObject({ "posts/a.md": ours, [place]: theirs });
      expect((await sides.push()).refused?.fix).toContain("dripfeed pull");
    }
    expect([isHidden(place), isPostFile(place)]).toEqual([true, false]);
    await write(folder, "posts/a.md", POST.replace("two", "2, II"));
    await remove(folder, place);
    expect(shown(await sides.pull())).toEqual([]);
    await sides.push();
    expect((await filesIn(bucket))["posts/a.md"]).toBe(POST.replace("two", "2, II"));
  });

  test("what was put aside and removed by a person is dealt with, too, for a push from a checkout that has not pulled again", async () => {
    const { folder, bucket, ...sides } = await pushed();
    await write(folder, "posts/b.md", "here");
    await write(bucket, "posts/b.md", "there");
    const [{ aside = "" } = {}] = (await sides.pull()).conflicts;
    await write(folder, "posts/b.md", "here and there");
    expect((await sides.push()).refused?.message).toContain("posts/b.md");
    await remove(folder, aside);
    expect((await sides.push()).refused).toBeUndefined();
    expect((await filesIn(bucket))["posts/b.md"]).toBe("here and there");
    expect(shown(await sides.pull())).toEqual([]);
  });

  test("a second text that is put aside does not replace the first", async () => {
    const { folder, bucket, ...sides } = await pushed();
    await write(folder, "posts/b.md", "here");
    for (const text of ["there", "there again"]) {
      await write(bucket, "posts/b.md", text);
      await sides.pull();
    }
    const texts = Object.entries(await filesIn(folder)).filter(([key]) =>
      key.startsWith(".pulled/conflicts/posts/b.md."),
    );
    expect(texts.map(([, text]) => text).toSorted()).toEqual(["there", "there again"]);
  });

  test("removes a file that was removed by phone and not changed here, and no push puts it again before", async () => {
    const { folder, bucket, ...sides } = await pushed();
    await remove(bucket, "posts/b.md");
    const report = await sides.push();
    expect([report.put, report.kept]).toEqual([[], [{ key: "posts/b.md", what: "removed since it was pushed" }]]);
    expect(shown(await sides.pull())).toEqual(["posts/b.md removed"]);
    expect(await visible(folder)).toEqual(await visible(bucket));
    expect((await sides.push()).put).toEqual([]);
  });

  test("tells of a file that was changed here and removed by phone: it stays, and is put if it is kept", async () => {
    const { folder, bucket, ...sides } = await pushed();
    await remove(bucket, "posts/b.md");
    await write(folder, "posts/b.md", "B, here");
    expect((await sides.push()).refused?.message).toBe("posts/b.md: removed since it was pushed, and would be lost");
    expect(shown(await sides.pull())).toEqual(["posts/b.md changed here, removed there"]);
    expect(shown(await sides.pull())).toEqual([]);
    expect((await sides.push()).put.map(({ key }) => key)).toEqual(["posts/b.md"]);
    expect(await visible(bucket)).toEqual(await visible(folder));
  });

  test("tells of a file that was removed here and changed by phone: it is here again, and may be removed in both", async () => {
    const { folder, bucket, ...sides } = await pushed();
    await remove(folder, "posts/b.md");
    await write(bucket, "posts/b.md", "B, by phone");
    expect(shown(await sides.pull())).toEqual(["posts/b.md new", "posts/b.md removed here, changed there"]);
    await remove(folder, "posts/b.md");
    expect(shown(await sides.pull())).toEqual([]);
    expect((await sides.push()).removed.map(({ key }) => key)).toEqual(["posts/b.md"]);
    expect(await visible(bucket)).toEqual(await visible(folder));
  });

  test("brings media only if it is asked to, and says how many there are", async () => {
    const { folder, bucket, ...sides } = await pushed();
    await write(bucket, "media/2026/12/x.mp4", "film");
    expect(await sides.pull()).toMatchObject({ brought: [], media: { files: 1, bytes: 4 } });
    expect((await sides.push()).removed).toEqual([]);
    expect(shown(await sides.pull({ media: true }))).toEqual(["media/2026/12/x.mp4 new"]);
    expect((await filesIn(folder))["media/2026/12/x.mp4"]).toBe("film");
    expect(await sides.pull()).toMatchObject({ brought: [], media: { files: 0, bytes: 0 } });
    await write(bucket, "media/2026/12/x.mp4", "news");
    expect(await sides.pull()).toMatchObject({ media: { files: 1, bytes: 4 } });
    await sides.pull({ media: true });
    await remove(folder, "media/2026/12/x.mp4");
    expect(await sides.pull()).toMatchObject({ media: { files: 1, bytes: 4 } });
  });

  test("brings media where the site's generator has them", async () => {
    const { folder, bucket, ...sides } = await pushed();
    const keys = ["public/media/a.mp4", "source/media/a.jpg", "static/media/2026/12/a.mp3"];
    for (const key of [...keys, "static/a.jpg", "static/media/a.js", "content/media/a.jpg"])
      await write(bucket, key, "x");
    expect(shown(await sides.pull({ media: true }))).toEqual(keys.map((key) => `${key} new`));
    expect((await sides.push()).removed).toEqual([]);
    expect(Object.keys(await filesIn(folder))).toEqual(expect.arrayContaining(keys));
  });

  test("brings nothing that something runs, nothing hidden, and nothing that leads out of the folder", async () => {
    const { folder, bucket, ...sides } = await pushed();
    const before = await filesIn(folder);
    const keys = [
      ...[".github/workflows/x.yml", ".git/hooks/post-checkout", "package.json", "_data/x.js", "posts/x.mdx"],
      ...["posts/x.html", "node_modules/x/readme.md", ".pulled/seen.json", ".pulled/conflicts/x.md", "media/x.html"],
    ];
    for (const key of keys) await write(bucket, key, "x");
    expect(shown(await sides.pull({ media: true }))).toEqual([]);
    expect(await filesIn(folder)).toEqual(before);
  });

  test("shows in a dry run what it would do, and does nothing", async () => {
    const { folder, bucket, ...sides } = await pushed();
    await write(bucket, "posts/phone.md", "P");
    await write(bucket, "posts/a.md", POST.replace("three", "3"));
    await write(folder, "posts/a.md", POST.replace("one", "1"));
    await remove(bucket, "posts/b.md");
    const before = await filesIn(folder);
    const dry = shown(await sides.pull({ dryRun: true })).toSorted();
    expect(dry).toEqual(["posts/a.md merged", "posts/b.md removed", "posts/phone.md new"]);
    expect(await filesIn(folder)).toEqual(before);
    expect(shown(await sides.pull()).toSorted()).toEqual(dry);
  });

  test("names what the folder cannot hold, and brings the others", async () => {
    const { folder, bucket } = await pushed();
    await write(bucket, "posts/bad.md", "bad");
    await write(bucket, "posts/good.md", "good");
    const to: Store = {
      ...folder,
      put: async (key, ...rest) => {
        if (key === "posts/bad.md") throw new StoreUnreadable("folder", "put", key, "its name is too long");
        return folder.put(key, ...rest);
      },
    };
    const report = await pull({ from: bucket, to, merging });
    expect([shown(report), report.left.map(({ key }) => key)]).toEqual([["posts/good.md new"], ["posts/bad.md"]]);
  });

  test("names a post that this disk takes for another, and replaces neither", async () => {
    const { folder, bucket } = await pushed();
    await write(bucket, "posts/B.md", "upper");
    await write(bucket, "posts/good.md", "good");
    const lower = (key: string) => key.replace("B.md", "b.md");
    const to: Store = { ...folder, put: (key, ...rest) => folder.put(lower(key), ...rest) };
    const report = await pull({ from: bucket, to, merging });
    expect([shown(report), report.left.map(({ key }) => key)]).toEqual([["posts/good.md new"], ["posts/B.md"]]);
    expect((await filesIn(folder))["posts/b.md"]).toBe("B");
  });

  test("writes into the file that the folder has, though its name is encoded otherwise", async () => {
    const { folder, bucket, ...sides } = await pushed({ ...SITE, "posts/cafe\u0301.md": "C" });
    await write(bucket, "posts/caf\u00e9.md", "C, by phone");
    await sides.pull();
    expect((await filesIn(folder))["posts/cafe\u0301.md"]).toBe("C, by phone");
    expect(Object.keys(await filesIn(folder))).not.toContain("posts/caf\u00e9.md");
  });

  test("says what to do with a note that a merge of git has damaged", async () => {
    const { folder, ...sides } = await pushed();
    await write(folder, SEEN_KEY, "<<<<<<< ours\n{}\n");
    await expect(sides.pull()).rejects.toThrow(/keep the lines of both sides, or remove it/);
    await expect(sides.push()).rejects.toThrow(/keep the lines of both sides, or remove it/);
  });
});

test("a push that removes during a pull is not taken for a removal by phone", async () => {
  const { folder, bucket, ...sides } = await pushed();
  const stale = await copied(folder);
  await write(folder, "posts/new.md", "N");
  await sides.push();
  let hasPushed = false;
  const from: Store = {
    ...bucket,
    async *list(prefix) {
      if (!hasPushed) {
        hasPushed = true;
        await sides.push(stale);
      }
      yield* bucket.list(prefix);
    },
  };
  expect(shown(await pull({ from, to: folder, merging }))).toEqual([]);
  expect((await filesIn(folder))["posts/new.md"]).toBe("N");
});

test.each(["posts/a.md", "posts/b.md"])(
  "an edit of %s by phone during a push is neither replaced nor removed",
  async (edited) => {
    const { folder, bucket } = await pushed();
    await write(folder, "posts/a.md", `${POST}here\n`);
    await remove(folder, "posts/b.md");
    let edits = 0;
    const to: Store = {
      ...bucket,
      put: async (key, ...rest) => {
        if (key === "posts/a.md" && edits++ === 0) {
          await write(bucket, edited, "by phone");
        }
        return bucket.put(key, ...rest);
      },
    };
    const report = await push({ from: folder, to });
    expect(report.conflicts.map(({ key }) => key)).toEqual([edited]);
    expect((await filesIn(bucket))[edited]).toBe("by phone");
  },
);

test("two pulls at once bring the same, once", async () => {
  const { folder, bucket, ...sides } = await pushed();
  for (let i = 0; i < 20; i++) await write(bucket, `posts/${i}.md`, `${i}`);
  await Promise.all([sides.pull(), sides.pull()]);
  expect(await visible(folder)).toEqual(await visible(bucket));
  expect(shown(await sides.pull())).toEqual([]);
});
