/** Pushes: only changed files, never others' objects, and completed by the next push after any failure. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MANIFEST_KEY } from "../../lib/push/manifest.ts";
import { push } from "../../lib/push/push.ts";
import { countedStore } from "../../lib/stores/counted.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import { type Store, StoreConflict, StoreError, StoreUnknown, StoreUnreadable } from "../../lib/stores/store.ts";

type Files = { readonly [key: string]: string };

async function storeOf(files: Files, name = "folder"): Promise<Store> {
  const store = memoryStore(name);
  for (const [key, text] of Object.entries(files)) await put(store, key, text);
  return store;
}

const put = (store: Store, key: string, text: string) =>
  store.put(key, new TextEncoder().encode(text), { contentType: "text/plain" });

async function contentOf(store: Store): Promise<Files> {
  const files: { [key: string]: string } = {};
  for await (const { key } of store.list("")) {
    const object = await store.get(key);
    if (typeof object === "object" && key !== MANIFEST_KEY) files[key] = new TextDecoder().decode(object.body);
  }
  return files;
}

const SITE = { "site.yaml": "title: Notes\n", "posts/a.md": "A", "posts/b.md": "B", "media/a.mp4": "film" };

describe("a push", () => {
  test("names files whose names cannot be keys, or that cannot be read, and pushes the others", async () => {
    const folder = await storeOf({
      ...SITE,
      "posts/a\nb.md": "odd",
      "media/c\u2028d.png": "odd",
      "posts/locked.md": "old",
    });
    const to = memoryStore("bucket");
    await put(to, "posts/locked.md", "old");
    await push({ from: await storeOf({ "posts/locked.md": "old" }), to });
    const from: Store = {
      ...folder,
      async get(key, known) {
        if (key === "posts/locked.md") throw new StoreUnreadable("folder", "get", key, "permission denied");
        return folder.get(key, known);
      },
    };
    const report = await push({ from, to });
    expect(report.refused).toBeUndefined();
    expect(report.left.map(({ key }) => key).toSorted()).toEqual([
      "media/c\u2028d.png",
      "posts/a\nb.md",
      "posts/locked.md",
    ]);
    expect(await contentOf(to)).toEqual({ ...SITE, "posts/locked.md": "old" });
  });

  test("puts ids.jsonl before the posts that it names, so that no run gives them other ids", async () => {
    const from = await storeOf({ ...SITE, "ids.jsonl": "ids", "0.md": "first by its name" });
    const bucket = memoryStore("bucket");
    const order: string[] = [];
    const to: Store = {
      ...bucket,
      put(key, ...rest) {
        order.push(key);
        return bucket.put(key, ...rest);
      },
    };
    await push({ from, to });
    expect(order.filter((key) => key !== MANIFEST_KEY)[0]).toBe("ids.jsonl");
    expect(await contentOf(to)).toMatchObject({ "ids.jsonl": "ids", "0.md": "first by its name" });
  });

  test("puts everything at first, then what changed, then nothing", async () => {
    const to = memoryStore("bucket");
    const first = await push({ from: await storeOf(SITE), to });
    expect(first.put.map(({ key, reason }) => `${key} ${reason}`).toSorted()).toEqual(
      Object.keys(SITE)
        .map((key) => `${key} new`)
        .toSorted(),
    );
    expect(await contentOf(to)).toEqual(SITE);

    const { "posts/b.md": _, ...rest } = SITE;
    const edited = { ...rest, "posts/a.md": "A, fixed", "posts/c.md": "C" };
    const second = await push({ from: await storeOf(edited), to });
    expect(second.put.map(({ key, reason }) => `${key} ${reason}`).toSorted()).toEqual([
      "posts/a.md changed",
      "posts/c.md new",
    ]);
    expect([second.removed, second.unchanged]).toEqual([[{ key: "posts/b.md", reason: "file gone" }], 2]);
    expect(await contentOf(to)).toEqual(edited);

    const counted = countedStore(to);
    const third = await push({ from: await storeOf(edited), to: counted });
    expect([third.put, third.removed, third.unchanged]).toEqual([[], [], 4]);
    expect(counted.operations).toMatchObject({ put: 0, delete: 0, list: 1, get: 1 });
  });

  test("puts before it removes", async () => {
    const to = await storeOf({});
    await push({ from: await storeOf({ "posts/old.md": "A" }), to });
    const order: string[] = [];
    const watched: Store = {
      ...to,
      put(key, ...rest) {
        order.push(`put ${key}`);
        return to.put(key, ...rest);
      },
      delete(key, ...rest) {
        order.push(`remove ${key}`);
        return to.delete(key, ...rest);
      },
    };
    await push({ from: await storeOf({ "posts/new.md": "A" }), to: watched });
    expect(order.filter((each) => !each.includes(MANIFEST_KEY))).toEqual(["put posts/new.md", "remove posts/old.md"]);
  });

  test("leaves an object that is edited in the very moment of its removal, and says so", async () => {
    const to = await storeOf({});
    await push({ from: await storeOf({ "posts/a.md": "A", "posts/b.md": "B" }), to });
    const edited: Store = {
      ...to,
      async delete(key, ...rest) {
        await to.put(key, new TextEncoder().encode("edited"), { contentType: "text/plain" });
        return to.delete(key, ...rest);
      },
    };
    const report = await push({ from: await storeOf({ "posts/b.md": "B" }), to: edited });
    expect(report.conflicts).toEqual([{ key: "posts/a.md", what: "altered since it was pushed" }]);
    expect(await contentOf(to)).toMatchObject({ "posts/a.md": "edited" });
  });

  test("leaves alone what other tools put", async () => {
    const to = await storeOf({ "posts/by-hand.md": "by hand", "media/big.mp4": "film" });
    await push({ from: await storeOf({ "posts/a.md": "A" }), to });
    await push({ from: await storeOf({ "posts/b.md": "B" }), to });
    expect(await contentOf(to)).toEqual({ "posts/by-hand.md": "by hand", "media/big.mp4": "film", "posts/b.md": "B" });
  });

  test("adopts what another tool put with the same content", async () => {
    const to = await storeOf(SITE);
    const counted = countedStore(to);
    const report = await push({ from: await storeOf(SITE), to: counted });
    expect([report.put, report.unchanged, counted.operations.put]).toEqual([[], 4, 1]); // the manifest
    expect((await push({ from: await storeOf(SITE), to: countedStore(to) })).unchanged).toBe(4);
  });

  test("refuses to overwrite what others put", async () => {
    const to = await storeOf({ "posts/a.md": "theirs" });
    const report = await push({ from: await storeOf(SITE), to });
    expect(report.refused?.message).toBe("posts/a.md: not put by a push, and would be lost");
    expect(await contentOf(to)).toEqual({ "posts/a.md": "theirs" });
    expect((await push({ from: await storeOf(SITE), to, force: true })).refused).toBeUndefined();
    expect(await contentOf(to)).toEqual(SITE);
  });

  test("does nothing in a dry run, and reports the same", async () => {
    const to = await storeOf({});
    const report = await push({ from: await storeOf(SITE), to, dryRun: true });
    expect([report.dryRun, report.put.length, await contentOf(to)]).toEqual([true, 4, {}]);
  });

  test("leaves out hidden files, and what editors and operating systems leave behind", async () => {
    const from = await storeOf({
      ".git/config": "x",
      "posts/.draft.md": "x",
      "posts/a.md~": "x",
      "posts/.a.md.swp": "x",
      "Thumbs.db": "x",
      "node_modules/x/y.md": "x",
      "posts/a.md": "A",
    });
    const to = await storeOf({});
    await push({ from, to });
    expect(Object.keys(await contentOf(to))).toEqual(["posts/a.md"]);
  });

  test("normalises names to NFC, and refuses two that become one", async () => {
    const to = await storeOf({});
    await push({ from: await storeOf({ "posts/cafe\u0301.md": "C" }), to });
    expect(Object.keys(await contentOf(to))).toEqual(["posts/caf\u00e9.md"]);
    const both = await storeOf({ "posts/cafe\u0301.md": "C", "posts/caf\u00e9.md": "D" });
    await expect(push({ from: both, to })).rejects.toThrow(/posts\/café\.md: 2 files have this name/);
  });

  test("sets content types, and caches media for an hour", async () => {
    const to = await storeOf({});
    await push({ from: await storeOf({ ...SITE, "posts/x.unknown": "?" }), to });
    const headersOf = async (key: string) => {
      const object = await to.get(key);
      return typeof object === "object" ? [object.contentType, object.cacheControl] : [];
    };
    expect(await headersOf("media/a.mp4")).toEqual(["video/mp4", "public, max-age=3600"]);
    expect(await headersOf("posts/a.md")).toEqual(["text/markdown; charset=utf-8", undefined]);
    expect(await headersOf("site.yaml")).toEqual(["application/yaml; charset=utf-8", undefined]);
    expect(await headersOf("posts/x.unknown")).toEqual(["application/octet-stream", undefined]);
  });

  test("reports a manifest that is damaged, or of a newer version", async () => {
    for (const [text, why] of [
      ["{", /damaged/],
      ['{"format":2,"files":{}}', /newer Dripfeed/],
      ["null", /damaged/],
    ] as const) {
      await expect(push({ from: await storeOf(SITE), to: await storeOf({ [MANIFEST_KEY]: text }) })).rejects.toThrow(
        why,
      );
    }
  });
});

describe("a push that fails", () => {
  /** Fails at the n-th write: before it, after it, or with the reply lost. */
  const failingAt = (store: Store, n: number, how: "before" | "after" | "unknown"): Store => {
    let writes = 0;
    const attempt = async <T>(key: string, write: () => Promise<T>): Promise<T> => {
      writes += 1;
      if (writes !== n) return write();
      if (how !== "before") await write();
      const Kind = how === "unknown" ? StoreUnknown : StoreError;
      throw new Kind("bucket", "put", key, "the connection broke");
    };
    return {
      ...store,
      put: (key, ...rest) => attempt(key, () => store.put(key, ...rest)),
      delete: (key, ...rest) => attempt(key, () => store.delete(key, ...rest)),
    };
  };
  const former = { "posts/a.md": "A", "posts/b.md": "B", "posts/old.md": "O" };
  const wanted = { "posts/a.md": "A2", "posts/b.md": "B", "posts/c.md": "C" };

  test.each(["before", "after", "unknown"] as const)(
    "%s any write is completed by the next, and changes nothing of others",
    async (how) => {
      for (let n = 1; n <= 6; n++) {
        const to = await storeOf({ "posts/other.md": "X" }, "bucket");
        await push({ from: await storeOf(former), to });
        await push({ from: await storeOf(wanted), to: failingAt(to, n, how) }).catch((error) => {
          expect(error).toBeInstanceOf(StoreError);
        });
        const report = await push({ from: await storeOf(wanted), to });
        expect([n, report.refused, await contentOf(to)]).toEqual([n, undefined, { ...wanted, "posts/other.md": "X" }]);
        const counted = countedStore(to);
        await push({ from: await storeOf(wanted), to: counted });
        expect([n, counted.operations.put, counted.operations.delete]).toEqual([n, 0, 0]);
      }
    },
  );

  test("leaves objects that the next push recognises, even if its files are others", async () => {
    for (let n = 1; n <= 6; n++) {
      const to = await storeOf({}, "bucket");
      await push({ from: await storeOf(former), to });
      await push({ from: await storeOf(wanted), to: failingAt(to, n, "after") }).catch(() => undefined);
      const report = await push({ from: await storeOf(former), to }); // the author reverts
      expect([n, report.refused, await contentOf(to)]).toEqual([n, undefined, former]);
    }
  });
});

test("two pushes at once end as one of them", async () => {
  for (let i = 0; i < 20; i++) {
    const to = await storeOf({}, "bucket");
    const slow: Store = {
      ...to,
      async put(key, ...rest) {
        await new Promise((resolve) => setTimeout(resolve, (i * key.length) % 3));
        return to.put(key, ...rest);
      },
    };
    const [one, other] = [
      { "a.md": "1", "b.md": "1" },
      { "a.md": "2", "c.md": "2" },
    ];
    await Promise.all(
      [push({ from: await storeOf(one), to: slow }), push({ from: await storeOf(other), to })].map((each) =>
        each.catch((error) => expect(error).toBeInstanceOf(StoreConflict)),
      ),
    );
    const after = await contentOf(to);
    await push({ from: await storeOf(one), to });
    expect([i, await contentOf(to)]).toEqual([i, one]);
    expect(Object.keys(after).length).toBeGreaterThan(0);
  }
});

test("after any sequence of edits by authors and others, a push leaves the folder's files and others' objects, and a second writes nothing", async () => {
  const key = fc.constantFrom("a", "b", "c", "posts/d", "媒体/e");
  const step = fc.oneof(
    fc.record({
      who: fc.constant("author" as const),
      key,
      text: fc.option(fc.constantFrom("1", "2"), { nil: undefined }),
    }),
    fc.record({
      who: fc.constant("other" as const),
      key: fc.constantFrom("x", "posts/y"),
      text: fc.constantFrom("o", "p"),
    }),
    fc.record({ who: fc.constant("push" as const) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      const from = await storeOf({});
      const to = await storeOf({}, "bucket");
      const others: { [key: string]: string } = {};
      for (const each of steps) {
        if (each.who === "push") await push({ from, to, force: true });
        else if (each.who === "other") {
          others[each.key] = each.text;
          await put(to, each.key, each.text);
        } else if (each.text === undefined) await from.delete(each.key);
        else await put(from, each.key, each.text);
      }
      await push({ from, to, force: true });
      expect(await contentOf(to)).toEqual({ ...(await contentOf(from)), ...others });
      const counted = countedStore(to);
      await push({ from, to: counted });
      expect([counted.operations.put, counted.operations.delete]).toEqual([0, 0]);
    }),
  );
});
