/** Many hints, as a queue delivers them: few requests where little changed, and the same documents as those of few. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { isListingBetter } from "../../../lib/base/concurrency.ts";
import { post, type World, world } from "../../support/world.ts";

const POSTS = 400;
const KEYS = Array.from({ length: POSTS }, (_, i) => `posts/${String(i).padStart(5, "0")}.md`);
const textOf = (i: number, words = "Some words.") => post({ title: `Post ${i}`, tags: `[t${i % 7}]` }, `${words}\n`);
const built = () => world(Object.fromEntries(KEYS.map((key, i) => [key, textOf(i)])));

test("hints of all keys, of which three changed, take a listing and what the three take", async () => {
  const [many, few] = [await built(), await built()];
  for (const site of [many, few]) {
    await site.publish();
    for (const i of [3, 30, 300]) await site.write(KEYS[i] ?? "", textOf(i, "Other words."));
  }
  const changed = [3, 30, 300].map((i) => KEYS[i] ?? "");
  const { content } = (await many.publish({ hints: KEYS })).operations;
  const fewest = (await few.publish({ hints: changed })).operations.content;
  expect([content.list, content.get]).toEqual([fewest.list + 1, fewest.get]);
  expect(await many.dump(many.public)).toEqual(await few.dump(few.public));
});

test("keys that no longer have a file, and some that never had one, are told by the listing", async () => {
  const site = await built();
  await site.publish();
  for (const i of [5, 50]) await site.remove(KEYS[i] ?? "");
  const hints = [...KEYS, ...KEYS.map((key) => key.replace("posts/", "posts/none-"))];
  const { operations, records } = await site.publish({ hints, force: true });
  expect(operations.content.get + operations.content.list).toBeLessThan(20);
  expect(records).toMatchObject({ public: POSTS - 2, removed: 2, broken: 0 });
});

const edits = fc.array(
  fc.record({ at: fc.nat(POSTS - 1), kind: fc.constantFrom("write", "remove", "rename", "add", "retitle") }),
  { minLength: 1, maxLength: 6 },
);

async function edited(site: World, all: readonly { readonly at: number; readonly kind: string }[]): Promise<string[]> {
  const keys: string[] = [];
  for (const { at, kind } of all) {
    const key = KEYS[at] ?? "";
    const other = `posts/${kind}-${at}.md`;
    keys.push(key, other);
    if (kind === "write") await site.write(key, textOf(at, "Edited words."));
    if (kind === "retitle") await site.write(key, textOf(at + POSTS, "Nothing of what was there."));
    if (kind === "remove" || kind === "rename") await site.remove(key);
    if (kind === "rename") await site.write(other, textOf(at));
    if (kind === "add") await site.write(other, textOf(at + 2 * POSTS));
  }
  return keys;
}

test("after any edits many hints give the documents and records that few give", async () => {
  await fc.assert(
    fc.asyncProperty(edits, async (all) => {
      const [many, few] = [await built(), await built()];
      const sites = [many, few];
      for (const site of sites) await site.publish();
      const keys = await edited(many, all);
      await edited(few, all);
      await many.publish({ hints: [...KEYS, ...keys], force: true });
      await few.publish({ hints: keys, force: true });
      expect(await many.dump(many.public)).toEqual(await few.dump(few.public));
      expect((await many.catalog()).records).toEqual((await few.catalog()).records);
    }),
    { numRuns: 12 },
  );
});

test("a listing is better from some dozens of keys in a small store, and from thousands in a large one", () => {
  expect([30, 31].map((keys) => isListingBetter(keys, 500))).toEqual([false, true]);
  expect([2500, 2501].map((keys) => isListingBetter(keys, 100_000))).toEqual([false, true]);
});
