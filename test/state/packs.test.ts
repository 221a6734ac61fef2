/** Packs of the entry cache: what is put into them is read back, in few requests. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Entry, EntryPlace } from "../../lib/model.ts";
import { decodeEntry, encodeEntry, readEntries, readEntry } from "../../lib/state/entries.ts";
import { type EntryLine, eachLine, MAX_PACK, packOf, putPacks } from "../../lib/state/packs.ts";
import { countedStore } from "../../lib/stores/counted.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import type { Store } from "../../lib/stores/store.ts";

const entryOf = (html: string): Entry => ({ title: "A", language: "en", authors: [], html });
const lineOf = (inputHash: string, length: number): EntryLine => ({
  inputHash,
  bytes: Buffer.alloc(length, inputHash),
});

async function packsIn(store: Store): Promise<readonly { readonly pack: string; readonly size: number }[]> {
  const packs = [];
  for await (const { key, size } of store.list("entries/")) packs.push({ pack: packOf(key) ?? "", size });
  return packs;
}

/** What is read at the places, and how many requests it takes. */
async function readAt(state: Store, places: ReadonlyMap<string, EntryPlace>) {
  const counted = countedStore(state);
  const found = new Map<string, string>();
  await eachLine(counted, places, ({ inputHash, bytes }) => {
    found.set(inputHash, Buffer.from(bytes).toString());
  });
  return { found, gets: counted.operations.get };
}

describe("entries that are put into packs", () => {
  test("are read back, whatever they hold and whichever of them are asked for", async () => {
    const texts = fc.uniqueArray(fc.string({ unit: "binary" }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(texts, fc.infiniteStream(fc.boolean()), async (htmls, asks) => {
        const state = memoryStore();
        const entries = htmls.map((html, i) => [`hash-${i}`, entryOf(html)] as const);
        const places = await putPacks(
          state,
          entries.map(([hash, entry]) => encodeEntry(hash, entry)),
        );
        const asked = new Map([...places].filter(() => asks.next().value));
        const found = await readEntries(state, asked);
        expect(new Map(found)).toEqual(new Map(entries.filter(([hash]) => asked.has(hash))));
      }),
      { numRuns: 25 },
    );
  });

  test("are a line each that names its hash, so that a pack can be read alone", async () => {
    const state = memoryStore();
    await putPacks(state, [encodeEntry("a", entryOf("<p>\n</p>")), encodeEntry("b", entryOf("<p>b</p>"))]);
    const [pack] = await packsIn(state);
    const object = await state.get(`entries/${pack?.pack}.jsonl`);
    const lines = typeof object === "object" ? new TextDecoder().decode(object.body).split("\n") : [];
    expect(lines.pop()).toBe("");
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { inputHash: "a", entry: entryOf("<p>\n</p>") },
      { inputHash: "b", entry: entryOf("<p>b</p>") },
    ]);
  });

  test("are not read at another's place, nor from a pack that is gone", async () => {
    const state = memoryStore();
    const places = await putPacks(state, [encodeEntry("a", entryOf("a")), encodeEntry("b", entryOf("b"))]);
    const [a, b] = [...places.values()];
    if (!a || !b) throw new Error("there are two places");
    expect(await readEntry(state, "b", b)).toEqual(entryOf("b"));
    expect(await readEntry(state, "b", a)).toBeUndefined();
    for (const place of [
      { ...a, start: 1 },
      { ...a, length: 5 },
      { ...a, start: 9_999 },
      { ...a, length: 9_999 },
    ]) {
      expect(await readEntry(state, "a", place)).toBeUndefined();
    }
    expect(await readEntry(state, "a", { ...a, pack: "gone" })).toBeUndefined();
    expect(decodeEntry({ inputHash: "b", bytes: encodeEntry("a", entryOf("a")).bytes })).toBeUndefined();
  });
});

describe("a pack", () => {
  test("has a name of what it holds: the same entries are the same pack, others another", async () => {
    const state = memoryStore();
    const put = (...htmls: readonly string[]) =>
      putPacks(
        state,
        htmls.map((html) => encodeEntry("hash", entryOf(html))),
      );
    await put("a");
    expect(await put("a")).toEqual(await put("a"));
    expect(await packsIn(state)).toHaveLength(1);
    await put("b");
    await put("a", "b");
    expect(await packsIn(state)).toHaveLength(3);
  });

  test("is bounded, and an entry that is larger has one of its own", async () => {
    const state = memoryStore();
    const sizes = [MAX_PACK / 2, MAX_PACK / 3, MAX_PACK / 4, 10, MAX_PACK + 1, 20, 30].map(Math.floor);
    const lines = sizes.map((size, i) => lineOf(`${i}`, size));
    const places = await putPacks(state, lines);
    expect((await packsIn(state)).map(({ size }) => size).toSorted((a, b) => a - b)).toEqual(
      [[20, 30], [MAX_PACK / 4, 10], [MAX_PACK / 2, MAX_PACK / 3], [MAX_PACK + 1]].map((each) =>
        each.reduce((sum, size) => sum + Math.floor(size) + 1, 0),
      ),
    );
    const { found } = await readAt(state, places);
    for (const { inputHash, bytes } of lines) expect(found.get(inputHash) === bytes.toString()).toBe(true);
  });

  test("is read in one request where entries lie close to each other, and in several where they do not", async () => {
    const state = memoryStore();
    const places = await putPacks(
      state,
      Array.from({ length: 100 }, (_, i) => lineOf(`${i}`, 10_000)),
    );
    const of = (...numbers: readonly number[]) =>
      new Map([...places].filter(([hash]) => numbers.includes(Number(hash))));
    expect((await readAt(state, of(7))).gets).toBe(1);
    expect((await readAt(state, of(0, 5, 9))).gets).toBe(1);
    expect((await readAt(state, of(99, 0, 50))).gets).toBe(3);
    expect((await readAt(state, places)).gets).toBe(2); // of at most a million bytes
    expect((await readAt(state, new Map())).gets).toBe(0);
  });
});
