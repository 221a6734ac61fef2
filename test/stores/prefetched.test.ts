/** A store of which some was read ahead gives each answer once more, and asks for all else. */
import { expect, test } from "vitest";
import { countedStore } from "../../lib/stores/counted.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import { prefetchedStore } from "../../lib/stores/prefetched.ts";
import { listEtags } from "../../lib/stores/store.ts";

const BYTES = new TextEncoder().encode("a");

async function prefetched() {
  const asked = countedStore(memoryStore());
  const etag = await asked.put("a", BYTES, { contentType: "text/plain" });
  return { asked, etag, ...prefetchedStore(asked) };
}

test("an object that was read is not asked for again, once", async () => {
  const { asked, etag, ahead, store } = await prefetched();
  await ahead.get("a");
  expect(await store.get("a")).toMatchObject({ body: BYTES, etag });
  expect(asked.operations.get).toBe(1);
  await store.get("a");
  expect(asked.operations.get).toBe(2);
});

test("one that is known by its ETag is unchanged", async () => {
  const { asked, etag, ahead, store } = await prefetched();
  await ahead.get("a");
  expect(await store.get("a", etag)).toBe("unchanged");
  expect(asked.operations.get).toBe(1);
});

test("what was not there, or read in part, is asked for", async () => {
  const { asked, ahead, store } = await prefetched();
  await ahead.get("b");
  await ahead.get("a", undefined, 1);
  expect(await store.get("b")).toBeUndefined();
  expect(await store.get("a")).toMatchObject({ body: BYTES });
  expect(asked.operations.get).toBe(4);
});

test("the listing of all is given once, that of a prefix is not kept", async () => {
  const { asked, etag, ahead, store } = await prefetched();
  await listEtags(ahead);
  expect(await listEtags(store)).toEqual(new Map([["a", etag]]));
  expect(asked.operations.list).toBe(1);
  await listEtags(store);
  for await (const _ of store.list("a")) break;
  expect(asked.operations.list).toBe(3);
});

test("what is written later is what is asked for next, not what was read ahead", async () => {
  const { ahead, store } = await prefetched();
  await ahead.get("a");
  const etag = await store.put("a", new Uint8Array(2), { contentType: "text/plain" });
  expect(await store.get("a")).toMatchObject({ etag });

  await listEtags(ahead);
  const later = await store.put("a", new Uint8Array(3), { contentType: "text/plain" });
  expect(await listEtags(store)).toEqual(new Map([["a", later]]));
});
