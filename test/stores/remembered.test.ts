/** A store that remembers gives each answer once more, and asks for all else. */
import { expect, test } from "vitest";
import { countedStore } from "../../lib/stores/counted.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import { rememberedStore } from "../../lib/stores/remembered.ts";
import { listEtags } from "../../lib/stores/store.ts";

const BYTES = new TextEncoder().encode("a");

async function remembered() {
  const store = countedStore(memoryStore());
  const etag = await store.put("a", BYTES, { contentType: "text/plain" });
  const { first, then } = rememberedStore(store);
  return { store, etag, first, then };
}

test("an object that was read is not asked for again, once", async () => {
  const { store, etag, first, then } = await remembered();
  await first.get("a");
  expect(await then.get("a")).toMatchObject({ body: BYTES, etag });
  expect(store.operations.get).toBe(1);
  await then.get("a");
  expect(store.operations.get).toBe(2);
});

test("one that is known by its ETag is unchanged", async () => {
  const { store, etag, first, then } = await remembered();
  await first.get("a");
  expect(await then.get("a", etag)).toBe("unchanged");
  expect(store.operations.get).toBe(1);
});

test("what was not there, or read in part, is asked for", async () => {
  const { store, first, then } = await remembered();
  await first.get("b");
  await first.get("a", undefined, 1);
  expect(await then.get("b")).toBeUndefined();
  expect(await then.get("a")).toMatchObject({ body: BYTES });
  expect(store.operations.get).toBe(4);
});

test("the listing of all is given once, that of a prefix is not kept", async () => {
  const { store, etag, first, then } = await remembered();
  await listEtags(first);
  expect(await listEtags(then)).toEqual(new Map([["a", etag]]));
  expect(store.operations.list).toBe(1);
  await listEtags(then);
  for await (const _ of then.list("a")) break;
  expect(store.operations.list).toBe(3);
});

test("what is written later is what is asked for next, not what was remembered of it", async () => {
  const { first, then } = await remembered();
  await first.get("a");
  const etag = await then.put("a", new Uint8Array(2), { contentType: "text/plain" });
  expect(await then.get("a")).toMatchObject({ etag });

  await listEtags(first);
  const later = await then.put("a", new Uint8Array(3), { contentType: "text/plain" });
  expect(await listEtags(then)).toEqual(new Map([["a", later]]));
});
