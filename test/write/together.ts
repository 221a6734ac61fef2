/** Phones, an author's folder and runs over one content store, whose operations come in an order that the test chooses. */
import type { Scheduler } from "fast-check";
import { expect } from "vitest";
import { mergeLines } from "../../lib/commands/gitmerge.ts";
import { sha256 } from "../../lib/push/files.ts";
import { pull } from "../../lib/push/pull/pull.ts";
import { push } from "../../lib/push/push.ts";
import { type ObjectInfo, type Store, StoreError, StoreUnknown } from "../../lib/stores/store.ts";
import { type Desk, deskOn, entry, type SendOptions } from "../micropub/desk.ts";
import { filesIn, isHidden, remove, storeOf, write } from "../push/sides.ts";
import { memoryStores, SITE, type World, worldOn } from "../support/world.ts";

/** The operation, by its number, that breaks off, before or after it is done. */
export interface Break {
  readonly at: number;
  readonly isDone: boolean;
}

export type Order = Pick<Scheduler, "schedule" | "waitFor">;

/** The post that all have, and the name of the one that several begin. */
const OLD = "posts/old.md";
const NEW = "posts/new.md";
const post = (title: string, words: string) => `---\ntitle: ${title}\ndate: 2026-05-01\n---\n\n${words}\n`;

/** What somebody wrote, one word, and what they were told of it. */
export interface Told {
  readonly word: string;
  /** `false`: that it is not in the store, so that they still have it. */
  readonly isTaken: boolean;
}

export interface LoadedPost {
  readonly text: string;
  readonly etag: string;
}

export interface Together extends World {
  readonly oldUrl: string;
  readonly folder: Store;
  /** What a page shows for editing, with its ETag. */
  loaded(): Promise<LoadedPost>;
  page(word: string, read: LoadedPost): Promise<Told>;
  app(word: string): Promise<Told>;
  create(word: string): Promise<Told & { readonly url: string }>;
  withdraw(): Promise<void>;
  pushed(): Promise<void>;
  pulled(): Promise<void>;
  /** A person makes one text of two until nothing is left to bring and to push. */
  settle(): Promise<void>;
  textAt(url: string): Promise<string>;
}

export async function openTogether(order: Order, breaks: readonly Break[]): Promise<Together> {
  const stores = memoryStores();
  const built = worldOn(stores);
  const texts = new Map<string, Uint8Array>();
  const folder = await storeOf({ "site.yaml": SITE, [OLD]: post("Old", "first") }, "folder");
  const merging = { baseOf: async (_: string, digest: string) => texts.get(digest), mergeLines };
  await push({ from: folder, to: stores.content });
  await built.publish();
  const oldUrl = (await built.catalog()).records.find(({ key }) => key === OLD)?.facts?.url ?? "";
  /** As the author has it, who writes before anybody syncs. */
  await write(folder, OLD, post("Old", "first\n\nauthor1"));
  await write(folder, NEW, post("New", "author2"));
  await keep();

  let counted = 0;
  const [content, state] = [stores.content, stores.state].map((store) => ordered(store, order, broken));
  if (!content || !state) throw new Error("two stores are given");
  const desk: Desk = deskOn(built, { ...stores, content, state });

  /** As git does with every commit. */
  async function keep(): Promise<void> {
    for (const text of Object.values(await filesIn(folder))) {
      const body = new TextEncoder().encode(text);
      texts.set(sha256(body), body);
    }
  }
  function broken(): Break | undefined {
    const at = counted++;
    return breaks.find((each) => each.at === at);
  }
  /** Sent again, the very same, as long as there is no answer. */
  async function sent(value: unknown, options: SendOptions = {}): Promise<Response> {
    for (;;) {
      try {
        return await desk.json(value, options);
      } catch (error) {
        expect(error).toBeInstanceOf(StoreError);
      }
    }
  }
  async function told(word: string, answer: Response): Promise<Told> {
    if (answer.ok) return { word, isTaken: true };
    expect([answer.status, await answer.json()]).toMatchObject([412, { error: "changed" }]);
    return { word, isTaken: false };
  }
  async function textAt(url: string): Promise<string> {
    const answer = await deskOn(built, stores).ask(`q=source&url=${encodeURIComponent(url)}`);
    expect(answer.status).toBe(200);
    return JSON.stringify(await answer.json());
  }
  async function again(work: () => Promise<unknown>): Promise<void> {
    for (;;) {
      try {
        await work();
        return;
      } catch (error) {
        expect(error).toBeInstanceOf(StoreError);
        if (!/broke/.test((error as Error).message)) return; // the person is told, and does it again
      } finally {
        await keep();
      }
    }
  }

  return {
    ...built,
    oldUrl,
    folder,
    textAt,
    async loaded() {
      const answer = await deskOn(built, stores).ask(`q=source&url=${encodeURIComponent(oldUrl)}`);
      const { properties } = (await answer.json()) as { properties: { content: [string] } };
      return { text: properties.content[0], etag: answer.headers.get("etag") ?? "" };
    },
    async page(word, { text, etag }) {
      const headers = { "if-match": etag };
      const replace = { content: [`${text}\n\n${word}`] };
      return told(word, await sent({ action: "update", url: oldUrl, replace }, { headers }));
    },
    app: async (word) => told(word, await sent({ action: "update", url: oldUrl, add: { category: [word] } })),
    async create(word) {
      const headers = { "idempotency-key": word };
      const answer = await sent(entry({ name: ["New"], "mp-slug": ["new"], content: [word] }), { headers });
      return { ...(await told(word, answer)), url: answer.headers.get("location") ?? "" };
    },
    async withdraw() {
      expect((await sent({ action: "delete", url: oldUrl })).status).toBe(200);
    },
    pushed: () => again(() => push({ from: folder, to: content })),
    pulled: () => again(() => pull({ from: content, to: folder, merging })),
    async settle() {
      for (let round = 1; round < 6; round++) {
        const { conflicts } = await pull({ from: stores.content, to: folder, merging });
        for (const { key, aside } of conflicts) {
          if (aside === undefined) continue;
          const { [key]: ours = "", [aside]: theirs = "" } = await filesIn(folder);
          await write(folder, key, `${theirs}\n${ours.split("---\n")[2]}`);
          await remove(folder, aside);
        }
        await keep();
        const { refused, kept } = await push({ from: folder, to: stores.content });
        if (!refused && kept.length === 0 && conflicts.length === 0) return;
      }
      throw new Error("the folder and the store stay different");
    },
  };
}

/** Each operation waits for its turn. */
function ordered(store: Store, order: Order, broken: () => Break | undefined): Store {
  const around = async <T>(name: string, key: string, work: () => Promise<T>, isSwap = false): Promise<T> => {
    await order.schedule(Promise.resolve(), `${name} ${store.name} ${key}`);
    const each = broken();
    const why = "the connection broke";
    if (each && !each.isDone) throw new StoreError(store.name, "put", key, why);
    const result = await work();
    if (each && isSwap) throw new StoreUnknown(store.name, "put", key, why);
    if (each) throw new StoreError(store.name, "put", key, why);
    return result;
  };
  return {
    ...store,
    get: (...args) => around("get", args[0], () => store.get(...args)),
    list: async function* (prefix) {
      yield* await around("list", prefix, async () => {
        const objects: ObjectInfo[] = [];
        for await (const object of store.list(prefix)) objects.push(object);
        return objects;
      });
    },
    put: (...args) =>
      around("put", args[0], () => store.put(...args), args[2].ifMatch !== undefined || args[2].ifAbsent === true),
    delete: (...args) => around("delete", args[0], () => store.delete(...args)),
  };
}

/** The posts of a store or a folder, with what lies beside them for a person. */
export async function textsIn(store: Store): Promise<readonly string[]> {
  return Object.entries(await filesIn(store)).flatMap(([key, text]) =>
    !isHidden(key) || key.endsWith(".txt") ? [text] : [],
  );
}
