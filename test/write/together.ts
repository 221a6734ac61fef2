/** Phones, an author's folder and runs over one content store, whose operations come in an order that the test chooses. */
import { setImmediate } from "node:timers/promises";
import fc, { type Scheduler } from "fast-check";
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

/** After each operation everybody comes as far as their next one: to delete takes less thought than to edit, and would always be next. */
export const orders = fc.scheduler({
  act: async (operate) => {
    await operate();
    for (let rounds = 0; rounds < 4; rounds++) await setImmediate();
  },
});

/** The post that all have, and the name of the one that several begin. */
const OLD = "posts/old.md";
const NEW = "posts/new.md";
/** What nobody has published, so that it is removed at once. */
const DRAFT = "posts/draft.md";
const post = (title: string, words: string, more = "") =>
  `---\ntitle: ${title}\ndate: 2026-05-01\n${more}---\n\n${words}\n`;

const draft = (words: string) => post("Draft", words, "draft: true\n");

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

/** Texts that were removed, by whether who removed them had read them as they were. */
export interface Removed {
  readonly seen: string[];
  readonly unseen: string[];
}

export interface Together extends World {
  readonly oldUrl: string;
  readonly removed: Removed;
  readonly folder: Store;
  /** What a page shows for editing, with its ETag. */
  loaded(): Promise<LoadedPost>;
  page(word: string, read: LoadedPost): Promise<Told>;
  app(word: string): Promise<Told>;
  create(word: string): Promise<Told & { readonly url: string }>;
  withdraw(): Promise<void>;
  /** Lets so many operations of others come first. */
  later(operations: number): Promise<void>;
  /** Into the draft, by an app. */
  draft(word: string): Promise<Told>;
  /** Removes the draft. */
  discard(): Promise<void>;
  /** Writes into the draft in the folder, if it is there, or removes it. */
  edited(word: string): Promise<Told>;
  cleared(): Promise<void>;
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
  const folder = await storeOf({ "site.yaml": SITE, [OLD]: post("Old", "first"), [DRAFT]: draft("first") }, "folder");
  const merging = { baseOf: async (_: string, digest: string) => texts.get(digest), mergeLines };
  await push({ from: folder, to: stores.content });
  await built.publish();
  const oldUrl = (await built.catalog()).records.find(({ key }) => key === OLD)?.facts?.url ?? "";
  /** As the author has it, who writes before anybody syncs. */
  await write(folder, OLD, post("Old", "first\n\nauthor1"));
  await write(folder, NEW, post("New", "author2"));
  await keep();

  let counted = 0;
  const removed: Removed = { seen: [], unseen: [] };
  const orderedOf = (store: Store, breaking = broken) => ordered(store, order, breaking, removed);
  const state = orderedOf(stores.state);
  const deskOf = (): Desk => deskOn(built, { ...stores, content: orderedOf(stores.content), state });
  const desk = deskOf();
  const draftUrl = oldUrl.replace("old", "draft");

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
  async function sent(value: unknown, options: SendOptions = {}, by = desk): Promise<Response> {
    for (;;) {
      try {
        return await by.json(value, options);
      } catch (error) {
        expect(error).toBeInstanceOf(StoreError);
      }
    }
  }
  async function told(word: string, answer: Response): Promise<Told> {
    if (answer.ok) return { word, isTaken: true };
    expect(await refusalOf(answer)).toMatch(/^(?:412 changed|404 not_found)$/);
    return { word, isTaken: false };
  }
  async function refusalOf(answer: Response): Promise<string> {
    return `${answer.status} ${((await answer.json()) as { error?: string }).error}`;
  }
  /** The folder's files change while it is pushed and pulled; its disk does not break. */
  const disk = () => orderedOf(folder, () => undefined);
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
    removed,
    async later(operations) {
      for (let i = 0; i < operations; i++) await order.schedule(Promise.resolve(), "wait");
    },
    draft: async (word) => told(word, await sent({ action: "update", url: draftUrl, add: { category: [word] } })),
    async discard() {
      const answer = await sent({ action: "delete", url: draftUrl }, {}, deskOf());
      if (!answer.ok) expect(await refusalOf(answer)).toMatch(/^(?:412 changed|404 not_found)$/);
    },
    async edited(word) {
      await order.schedule(Promise.resolve(), `edit ${DRAFT}`);
      const { [DRAFT]: text } = await filesIn(folder);
      if (text !== undefined) await write(folder, DRAFT, `${text}\n${word}\n`);
      await keep();
      return { word, isTaken: text !== undefined };
    },
    async cleared() {
      await order.schedule(Promise.resolve(), `remove ${DRAFT}`);
      removed.seen.push((await filesIn(folder))[DRAFT] ?? "");
      await remove(folder, DRAFT);
    },
    pushed: () => again(() => push({ from: disk(), to: orderedOf(stores.content) })),
    pulled: () => again(() => pull({ from: orderedOf(stores.content), to: disk(), merging })),
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

/** Each operation waits for its turn. Whoever has the store is one: what they remove is compared with what they read of it last. */
function ordered(store: Store, order: Order, broken: () => Break | undefined, removed: Removed): Store {
  const seen = new Map<string, string>();
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
  const get: Store["get"] = async (key, known, most) => {
    const object = await store.get(key, known, most);
    if (typeof object === "object") seen.set(key, object.etag);
    return object;
  };
  const put: Store["put"] = async (key, body, options) => {
    const etag = await store.put(key, body, options);
    seen.set(key, etag);
    return etag;
  };
  const remove: Store["delete"] = async (key, options) => {
    // In one step: memory does both before anybody else's turn.
    const [object] = await Promise.all([store.get(key), store.delete(key, options)]);
    if (typeof object !== "object") return;
    const isSeen = seen.get(key) === object.etag;
    removed[isSeen ? "seen" : "unseen"].push(new TextDecoder().decode(object.body));
  };
  return {
    ...store,
    get: (...args) => around("get", args[0], () => get(...args)),
    list: async function* (prefix) {
      yield* await around("list", prefix, async () => {
        const objects: ObjectInfo[] = [];
        for await (const object of store.list(prefix)) objects.push(object);
        for (const { key, etag } of objects) seen.set(key, etag);
        return objects;
      });
    },
    put: (...args) =>
      around("put", args[0], () => put(...args), args[2].ifMatch !== undefined || args[2].ifAbsent === true),
    delete: (...args) => around("delete", args[0], () => remove(...args)),
  };
}

/** The posts of a store or a folder, with what lies beside them for a person. */
export async function textsIn(store: Store): Promise<readonly string[]> {
  return Object.entries(await filesIn(store)).flatMap(([key, text]) =>
    !isHidden(key) || key.endsWith(".txt") ? [text] : [],
  );
}
