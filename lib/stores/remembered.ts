/** A store that keeps what it answered, so that whoever asks the same next need not wait for it again. */
import type { ObjectInfo, Store, StoredObject } from "./store.ts";

export interface RememberedStore {
  /** Keeps every answer. */
  readonly first: Store;
  /** Gives each of them once, instead of asking; all else is asked. */
  readonly then: Store;
}

/** Of objects that were asked for without an ETag, and of the listing of all. */
export function rememberedStore(store: Store): RememberedStore {
  const objects = new Map<string, StoredObject>();
  let all: readonly ObjectInfo[] | undefined;

  const forget = (key: string) => {
    objects.delete(key);
    all = undefined;
  };

  const first: Store = {
    ...store,
    async *list(prefix) {
      const listed: ObjectInfo[] = [];
      for await (const object of store.list(prefix)) {
        listed.push(object);
        yield object;
      }
      if (prefix === "") all = listed;
    },
    async get(key, known, maxBytes) {
      const object = await store.get(key, known, maxBytes);
      if (known === undefined && maxBytes === undefined && typeof object === "object") objects.set(key, object);
      return object;
    },
  };

  const then: Store = {
    ...store,
    async *list(prefix) {
      const listed = prefix === "" ? all : undefined;
      if (listed) all = undefined;
      yield* listed ?? store.list(prefix);
    },
    async get(key, known, maxBytes) {
      const object = maxBytes === undefined ? objects.get(key) : undefined;
      if (!object) return await store.get(key, known, maxBytes);
      objects.delete(key);
      return object.etag === known ? "unchanged" : object;
    },
    put(key, body, options) {
      forget(key);
      return store.put(key, body, options);
    },
    delete(key, options) {
      forget(key);
      return store.delete(key, options);
    },
  };
  return { first, then };
}
