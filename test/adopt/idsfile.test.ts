/** `ids.jsonl` as commands renew it: beside other writers, and never over what cannot be read. */
import { describe, expect, test } from "vitest";
import { readIdsFile, renewIdsFile } from "../../lib/adopt/idsfile.ts";
import { encodeLedger, type Ledger } from "../../lib/adopt/ledger.ts";
import { IDS_KEY } from "../../lib/base/problems.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import { type Store, StoreUnknown, StoreUnreadable } from "../../lib/stores/store.ts";

const ledger = (...keys: readonly string[]): Ledger => new Map(keys.map((key) => [key, { key, id: `urn:${key}` }]));
const plus = (key: string) => (posts: Ledger) => new Map([...posts, ...ledger(key)]);
const keysOf = async (store: Store) => [...(await readIdsFile(store)).posts.keys()];

async function storeWith(text: string): Promise<Store> {
  const store = memoryStore("content");
  await store.put(IDS_KEY, new TextEncoder().encode(text), { contentType: "text/plain" });
  return store;
}

describe("renewing the file", () => {
  test("merges with what another writer wrote meanwhile", async () => {
    const store = memoryStore("content");
    let others = 2;
    const slow: Store = {
      ...store,
      async put(...args) {
        others -= 1;
        if (others >= 0) await renewIdsFile(store, plus(`other${others}.md`));
        return store.put(...args);
      },
    };
    expect(await renewIdsFile(slow, plus("mine.md"))).toEqual([]);
    expect(await keysOf(store)).toEqual(["mine.md", "other0.md", "other1.md"]);
  });

  test("is done where the reply to the put was lost, but not the put", async () => {
    const store = memoryStore("content");
    let puts = 0;
    const lossy: Store = {
      ...store,
      async put(...args) {
        puts += 1;
        await store.put(...args);
        throw new StoreUnknown("content", "put", IDS_KEY, "no reply");
      },
    };
    expect(await renewIdsFile(lossy, plus("mine.md"))).toEqual([]);
    expect([puts, await keysOf(store)]).toEqual([1, ["mine.md"]]);
  });

  test("writes nothing where nothing is new", async () => {
    const store = await storeWith(encodeLedger(ledger("a.md").values()));
    const { etag } = await readIdsFile(store);
    await renewIdsFile(store, (posts) => posts);
    expect((await readIdsFile(store)).etag).toBe(etag);
  });

  test("leaves a file that cannot be read, and says why", async () => {
    const text = `${encodeLedger(ledger("a.md").values())}{"key":\n`;
    const store = await storeWith(text);
    expect(await renewIdsFile(store, plus("b.md"))).toMatchObject([{ code: "ids-unreadable", line: 3 }]);
    const object = await store.get(IDS_KEY);
    expect(typeof object === "object" && new TextDecoder().decode(object.body)).toBe(text);
  });
});

test("a file that the store cannot read is an error, and none that is missing", async () => {
  const store: Store = {
    ...memoryStore("content"),
    get: () => Promise.reject(new StoreUnreadable("content", "get", IDS_KEY, "it is a folder")),
  };
  expect((await readIdsFile(store)).errors).toMatchObject([{ code: "ids-unreadable", severity: "error" }]);
});

test("of many lines that cannot be read some are told, and how many more there are", async () => {
  const store = await storeWith(encodeLedger([]) + "?\n".repeat(500));
  const { errors } = await readIdsFile(store);
  expect(errors).toHaveLength(21);
  expect(errors.at(-1)?.message).toBe("480 more lines like these follow");
});
