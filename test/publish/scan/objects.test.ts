/** Objects that are looked up by their keys: all that exist are found, in few listings. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { lookUp } from "../../../lib/publish/scan/objects.ts";
import { memoryStore } from "../../../lib/stores/memory.ts";
import type { Store } from "../../../lib/stores/store.ts";
import { post, SITE, world } from "../../support/world.ts";

const OPTIONS = { contentType: "text/plain", cacheControl: "" };

async function storeOf(keys: readonly string[]): Promise<{ readonly store: Store; readonly listed: string[] }> {
  const memory = memoryStore();
  for (const key of keys) await memory.put(key, new Uint8Array(3), OPTIONS);
  const listed: string[] = [];
  const list: Store["list"] = (prefix) => {
    listed.push(prefix);
    return memory.list(prefix);
  };
  return { store: { ...memory, list }, listed };
}

test("those that exist are found, and no others", async () => {
  const part = fc.constantFrom("a", "b", ".a", "a.b", "a.b.c", "a.", "é", "a-b", "a.\n");
  const key = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(key), fc.uniqueArray(key), async (existing, wanted) => {
      const { store } = await storeOf(existing);
      const found = await lookUp(store, wanted);
      expect([...found.keys()].sort()).toEqual(wanted.filter((each) => existing.includes(each)).sort());
    }),
    { numRuns: 200 },
  );
});

test("keys that differ in their ends take one listing", async () => {
  const { store, listed } = await storeOf(["a/b.11tydata.js", "a/b.json", "a/b.md", "a/b/c.json"]);
  const found = await lookUp(store, ["a/b.json", "a/b.11tydata.json", "a/b.11tydata.js", "a/c.json"]);
  expect([...found.keys()].sort()).toEqual(["a/b.11tydata.js", "a/b.json"]);
  expect(listed.sort()).toEqual(["a/b.", "a/c.json"]);
});

test("many others between them do not make that listing long", async () => {
  const others = Array.from({ length: 2_000 }, (_, i) => `a/b.n${i}`);
  const { store, listed } = await storeOf([...others, "a/b.a", "a/b.z"]);
  expect([...(await lookUp(store, ["a/b.a", "a/b.y", "a/b.z"])).keys()].sort()).toEqual(["a/b.a", "a/b.z"]);
  expect(listed).toEqual(["a/b.", "a/b.y", "a/b.z"]);
});

test("an edited post of Eleventy, four folders deep, takes few requests", async () => {
  const key = "content/a/b/c/hello.md";
  const written = { title: "Hello", date: "2026-05-20" };
  const site = await world({ [key]: post(written) }, `${SITE}dialect: eleventy\n`);
  await site.publish();
  await site.write(key, post(written, "Other words.\n"));
  const { content } = (await site.publish({ hints: [key] })).operations;
  expect(content.list).toBeLessThanOrEqual(9);
  // The post and the configuration, and the post again to render it.
  expect(content.get).toBeLessThanOrEqual(4);
});
