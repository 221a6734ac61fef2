/** Packs of which little is needed: their entries move into new ones, and every record finds its own there. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Entry, EntryPlace, PostRecord } from "../../../lib/model.ts";
import { placesOf, repack } from "../../../lib/publish/write/repack.ts";
import { encodeEntry, readEntry } from "../../../lib/state/entries.ts";
import { packOf, putPacks } from "../../../lib/state/packs.ts";
import { countedStore } from "../../../lib/stores/counted.ts";
import { memoryStore } from "../../../lib/stores/memory.ts";
import type { Store } from "../../../lib/stores/store.ts";
import { listedOf } from "../../channels/records.ts";

const entryOf = (html: string): Entry => ({ title: "A", language: "en", authors: [], html });

const recordAt = (hash: string, place: EntryPlace): PostRecord =>
  listedOf(hash, { inputHash: hash }, { rendered: place });

/** Of a broken post, whose last good entry is to be made from a former one. */
const relinkedAt = (hash: string, place: EntryPlace): PostRecord =>
  listedOf(hash, {
    inputHash: `of ${hash}`,
    links: { references: [], targets: [], own: "own", former: { hash, place, targets: [] } },
  });

async function sizesIn(state: Store): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>();
  for await (const { key, size } of state.list("entries/")) sizes.set(packOf(key) ?? "", size);
  return sizes;
}

/** Packs of so many entries each, of which each record names one. */
async function packed(counts: readonly number[], html = "<p>Words</p>") {
  const state = memoryStore();
  const places: (readonly [hash: string, place: EntryPlace])[] = [];
  for (const [i, count] of counts.entries()) {
    const lines = Array.from({ length: count }, (_, n) => encodeEntry(`${i}-${n}`, entryOf(`${html}${i}-${n}`)));
    places.push(...(await putPacks(state, lines)));
  }
  return { state, places };
}

const packsNamed = (records: readonly PostRecord[]) => new Set(records.flatMap(placesOf).map(([, { pack }]) => pack));

describe("entries", () => {
  test("that records need are found where the records say after it, whichever they are", async () => {
    const counts = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(counts, fc.infiniteStream(fc.boolean()), async (counts, chance) => {
        const { state, places } = await packed(counts);
        const needed = places.filter(() => chance.next().value);
        const before = needed.map(([hash, place]) => (chance.next().value ? recordAt : relinkedAt)(hash, place));
        const { records } = await repack(state, before, await sizesIn(state));
        expect(records.map(({ key }) => key)).toEqual(before.map(({ key }) => key));
        for (const [i, record] of records.entries()) {
          const [[hash, place] = []] = placesOf(record);
          expect(hash).toBe(needed[i]?.[0]);
          expect(place && (await readEntry(state, hash ?? "", place))).toEqual(entryOf(`<p>Words</p>${hash}`));
        }
        // Small packs become one.
        expect(packsNamed(records).size).toBeLessThanOrEqual(1);
        const again = countedStore(state);
        expect((await repack(again, records, await sizesIn(state))).records).toEqual(records);
        expect(again.operations.put).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  test("of a large pack move only once less than half of it is needed", async () => {
    const { state, places } = await packed([100], "x".repeat(10_000));
    const sizes = await sizesIn(state);
    const needing = (count: number) => places.slice(0, count).map(([hash, place]) => recordAt(hash, place));
    expect(await repack(state, needing(51), sizes)).toEqual({ records: needing(51), isUnfinished: false });
    const { records } = await repack(state, needing(49), sizes);
    expect(packsNamed(records)).not.toEqual(packsNamed(needing(49)));
    expect((await sizesIn(state)).size).toBe(2); // the old one stays for former catalogs
  });

  test("move a bounded amount at once, and the rest is told to be left", async () => {
    const { state, places } = await packed([4, 4, 4, 4, 4], "x".repeat(1_900_000));
    const needed = places.filter(([hash]) => /-0$/.test(hash)).map(([hash, place]) => recordAt(hash, place));
    const first = await repack(state, needed, await sizesIn(state));
    expect(first.isUnfinished).toBe(true);
    const second = await repack(state, first.records, await sizesIn(state));
    expect(second.isUnfinished).toBe(false);
    for (const { rendered } of second.records) expect(needed.map((each) => each.rendered)).not.toContainEqual(rendered);
  });

  test("that are damaged stay where they are, and those beside them move", async () => {
    const { state, places } = await packed([2, 2]);
    const [[, { pack, start, length }] = ["", { pack: "", start: 0, length: 0 }]] = places;
    const object = await state.get(`entries/${pack}.jsonl`);
    if (typeof object !== "object") throw new Error("there is no pack");
    object.body.fill(0x20, start, start + length);
    await state.put(`entries/${pack}.jsonl`, object.body, { contentType: "application/jsonl" });
    const before = places.map(([hash, place]) => recordAt(hash, place));
    const { records } = await repack(state, before, await sizesIn(state));
    expect(records[0]).toBe(before[0]);
    expect(packsNamed(records.slice(1)).size).toBe(1);
    expect(packsNamed(records.slice(1))).not.toContain(pack);
  });

  test("of packs that are gone are not looked for", async () => {
    const { state, places } = await packed([2, 2]);
    const records = places.map(([hash, place]) => recordAt(hash, place));
    expect(await repack(state, records, new Map())).toEqual({ records, isUnfinished: false });
  });
});
