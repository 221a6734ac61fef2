/** The contract suite that every store passes. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareKeys, type Store, StoreConflict, StoreUnknown, StoreUnreadable } from "../../lib/stores/store.ts";

const text = (value: string) => new TextEncoder().encode(value);

const KEYS = [
  "posts/hello.md",
  "posts/精准滴灌.md",
  "posts/हिन्दी.md",
  "posts/a b+c%20d&e=f.md",
  "posts/it's (a) [test] {of} ~keys~ !*;@,$#?.md",
  'posts/"quoted" <angles> ^`|.md',
  "posts/🎉.md",
  "posts/\u{fff0}.md",
  "posts/e\u0301.md",
  "posts/.hidden.md",
  "posts-and-more.md",
  "a/b/c/d/e.md",
  "tags/c-cedb1bac7e/rss.xml",
];

async function keysOf(store: Store, prefix = ""): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys;
}

async function read(store: Store, key: string): Promise<string | undefined> {
  const object = await store.get(key);
  return object === undefined || object === "unchanged" ? undefined : new TextDecoder().decode(object.body);
}

async function outcomeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "done",
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );
}

/**
 * `make` returns an empty store at each call. `durable`: that is asked of each put and delete. `looksBeforeDeletes`: its server ignores
 * the conditions of deletes.
 */
export function storeContract(
  name: string,
  make: () => Store | Promise<Store>,
  { looksBeforeDeletes, ...durable }: { readonly durable?: true; readonly looksBeforeDeletes?: true } = {},
): void {
  const TYPE = { contentType: "text/plain; charset=utf-8", ...durable };
  describe(`${name} fulfils the contract of a store:`, () => {
    test("get returns as many bytes as are asked for, with the ETag of the whole", async () => {
      const store = await make();
      const body = Uint8Array.from({ length: 300_000 }, (_, i) => i % 251);
      const etag = await store.put("a/bytes", body, TYPE);
      for (const maxBytes of [0, 1, 200_000, 300_000, 300_001]) {
        const object = await store.get("a/bytes", undefined, maxBytes);
        expect(object).toMatchObject({ etag });
        expect(typeof object === "object" && Buffer.compare(object.body, body.subarray(0, maxBytes))).toBe(0);
      }
      expect(await store.get("a/bytes", etag, 1)).toBe("unchanged");
      expect(await store.get("missing", undefined, 1)).toBeUndefined();
    });

    test("getPart returns as many bytes from where it is asked to begin as there are", async () => {
      const store = await make();
      const body = Uint8Array.from({ length: 300_000 }, (_, i) => i % 251);
      await store.put("a/bytes", body, TYPE);
      await store.put("empty", new Uint8Array(), TYPE);
      for (const [start, length] of [
        [0, 1],
        [0, 300_000],
        [1, 70_000],
        [299_999, 1],
        [299_000, 2_000],
        [0, 400_000],
        [300_000, 1],
        [400_000, 10],
      ] as const) {
        const part = await store.getPart("a/bytes", start, length);
        expect(part && Buffer.compare(part, body.subarray(start, start + length)), `${start} ${length}`).toBe(0);
      }
      expect(await store.getPart("empty", 0, 1)).toHaveLength(0);
      expect(await store.getPart("missing", 0, 1)).toBeUndefined();
      expect(await store.getPart("a", 0, 1)).toBeUndefined();
      await expect(store.getPart("../a", 0, 1)).rejects.toThrow(StoreUnreadable);
    });

    test("get returns what was put, byte for byte, with the ETag that put returned", async () => {
      const store = await make();
      const body = Uint8Array.from({ length: 256 }, (_, i) => i);
      const etag = await store.put("a/bytes", body, TYPE);
      const object = await store.get("a/bytes");
      expect(object).toMatchObject({ etag });
      expect(typeof object === "object" && Buffer.from(object.body)).toEqual(Buffer.from(body));
    });

    test("an empty object is an object", async () => {
      const store = await make();
      await store.put("empty", new Uint8Array(), TYPE);
      expect(await read(store, "empty")).toBe("");
      expect(await keysOf(store)).toEqual(["empty"]);
    });

    test("get of a key without an object returns nothing, and so does get of a folder", async () => {
      const store = await make();
      await store.put("folder/file", text("x"), TYPE);
      expect(await store.get("missing")).toBeUndefined();
      expect(await store.get("missing/too")).toBeUndefined();
      expect(await store.get("folder")).toBeUndefined();
    });

    test("get with a known ETag returns unchanged until the object changes", async () => {
      const store = await make();
      const first = await store.put("key", text("one"), TYPE);
      expect(await store.get("key", first)).toBe("unchanged");
      const second = await store.put("key", text("two"), TYPE);
      expect(second).not.toBe(first);
      expect(await store.get("key", first)).toMatchObject({ etag: second });
    });

    test("a listing has every key of any script, in UTF-8 order, with the size and the ETag that get knows", async () => {
      const store = await make();
      for (const key of KEYS) await store.put(key, text(key), TYPE);
      const listed = [];
      for await (const info of store.list("")) listed.push(info);
      const expected = [...KEYS].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      expect(listed.map(({ key }) => key)).toEqual(expected);
      for (const { key, etag, size } of listed) {
        expect(size).toBe(Buffer.byteLength(key));
        expect(await store.get(key, etag)).toBe("unchanged");
        expect(await read(store, key)).toBe(key);
      }
    });

    test("a listing takes its prefix as text, not as a folder", async () => {
      const store = await make();
      for (const key of KEYS) await store.put(key, text(key), TYPE);
      expect(await keysOf(store, "posts")).toContain("posts-and-more.md");
      expect(await keysOf(store, "posts/")).not.toContain("posts-and-more.md");
      expect(await keysOf(store, "posts/精")).toEqual(["posts/精准滴灌.md"]);
      expect(await keysOf(store, "nothing/here")).toEqual([]);
    });

    test("a put with ifAbsent fails over an object and leaves it", async () => {
      const store = await make();
      await store.put("key", text("one"), { ...TYPE, ifAbsent: true });
      await expect(store.put("key", text("two"), { ...TYPE, ifAbsent: true })).rejects.toThrow(StoreConflict);
      expect(await read(store, "key")).toBe("one");
    });

    test("a put with ifMatch fails over another ETag and over nothing, and changes nothing", async () => {
      const store = await make();
      const first = await store.put("key", text("one"), TYPE);
      const second = await store.put("key", text("two"), { ...TYPE, ifMatch: first });
      await expect(store.put("key", text("three"), { ...TYPE, ifMatch: first })).rejects.toThrow(StoreConflict);
      expect(await read(store, "key")).toBe("two");
      await store.delete("key", durable);
      await expect(store.put("key", text("four"), { ...TYPE, ifMatch: second })).rejects.toThrow(StoreConflict);
      expect(await read(store, "key")).toBeUndefined();
    });

    test("of concurrent conditional puts exactly one succeeds", async () => {
      const store = await make();
      const rivals = Array.from({ length: 8 }, (_, i) => i);
      const created = await Promise.all(
        rivals.map((i) => outcomeOf(store.put("new", text(`n${i}`), { ...TYPE, ifAbsent: true }))),
      );
      expect(created.filter((outcome) => outcome === "done")).toHaveLength(1);
      const etag = await store.put("old", text("old"), TYPE);
      const replaced = await Promise.all(
        rivals.map((i) => outcomeOf(store.put("old", text(`o${i}`), { ...TYPE, ifMatch: etag }))),
      );
      expect(replaced.filter((outcome) => outcome === "done")).toHaveLength(1);
      expect(await read(store, "old")).toBe(`o${replaced.indexOf("done")}`);
      const others = [...created, ...replaced].filter((outcome) => outcome !== "done");
      for (const outcome of others) expect([StoreConflict.name, StoreUnknown.name]).toContain(outcome);
    });

    test("a delete with ifMatch fails over another ETag, and leaves the object", async () => {
      const store = await make();
      const first = await store.put("a/key", text("one"), TYPE);
      const second = await store.put("a/key", text("two"), TYPE);
      await expect(store.delete("a/key", { ...durable, ifMatch: first })).rejects.toThrow(StoreConflict);
      expect(await read(store, "a/key")).toBe("two");
      await store.delete("a/key", { ...durable, ifMatch: second });
      expect(await keysOf(store)).toEqual([]);
    });

    test("a delete with ifMatch succeeds for a missing key: it may be that of a former attempt", async () => {
      const store = await make();
      const etag = await store.put("a/key", text("one"), TYPE);
      await store.delete("a/key", { ...durable, ifMatch: etag });
      await store.delete("a/key", { ...durable, ifMatch: etag });
      await store.delete("never/was", { ...durable, ifMatch: etag });
      expect(await keysOf(store)).toEqual([]);
    });

    test.skipIf(looksBeforeDeletes ?? false)(
      "of a put and deletes under one condition either the put or the deletes succeed",
      async () => {
        const store = await make();
        for (let round = 0; round < 20; round++) {
          const ifMatch = await store.put("key", text(`old ${round}`), TYPE);
          const put = () => outcomeOf(store.put("key", text(`new ${round}`), { ...TYPE, ifMatch }));
          const remove = () => outcomeOf(store.delete("key", { ...durable, ifMatch }));
          const rivals = Array.from({ length: 6 }, (_, i) => (i === round % 6 ? put() : remove()));
          const [won, ...others] = (await Promise.all(rivals)).map((each, i, all) => all[(i + round) % 6] ?? each);
          const isThere = won === "done";
          expect(new Set(others)).toEqual(new Set([isThere ? StoreConflict.name : "done"]));
          expect(await read(store, "key")).toBe(isThere ? `new ${round}` : undefined);
        }
      },
    );

    test("delete removes the object, and succeeds for a missing key", async () => {
      const store = await make();
      await store.put("a/b", text("x"), TYPE);
      await store.delete("a/b", durable);
      await store.delete("a/b", durable);
      await store.delete("never/was", durable);
      expect(await keysOf(store)).toEqual([]);
      await store.put("a", text("now a file"), TYPE);
      expect(await read(store, "a")).toBe("now a file");
    });

    test.each([
      "",
      "/",
      "/a",
      "a/",
      "a//b",
      ".",
      "..",
      "../a",
      "a/../../b",
      "a/./b",
      "a\0b",
      "a\\..\\b",
      "x".repeat(1025),
    ])("%j is refused as a key", async (key) => {
      const store = await make();
      await expect(store.put(key, text("x"), TYPE)).rejects.toThrow(StoreUnreadable);
      await expect(store.get(key)).rejects.toThrow(StoreUnreadable);
      await expect(store.delete(key, durable)).rejects.toThrow(StoreUnreadable);
      expect(await keysOf(store)).toEqual([]);
    });
  });
}

export function keyOrderContract(): void {
  test("keys compare as their UTF-8 bytes do", () => {
    const key = fc.string({ unit: "grapheme" });
    fc.assert(
      fc.property(key, key, (a, b) => {
        expect(Math.sign(compareKeys(a, b))).toBe(Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))));
      }),
      { numRuns: 1000, examples: [["\u{fff0}", "😀"]] },
    );
  });
}
