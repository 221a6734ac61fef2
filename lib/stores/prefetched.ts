/** A store of which some is read ahead, so that whoever asks for the same next need not wait for it again. */
import type { ObjectInfo, Store, StoredObject } from "./store.ts";

export interface PrefetchedStore {
  /** Keeps every answer. */
  readonly ahead: Store;
  /** Gives each of them once, instead of asking; all else is asked. */
  readonly store: Store;
}

/** Of objects that were asked for without an ETag, and of the listing of all. */
export function prefetchedStore(asked: Store): PrefetchedStore {
  const objects = new Map<string, StoredObject>();
  let all: readonly ObjectInfo[] | undefined;

  const forget = (key: string) => {
    objects.delete(key);
    all = undefined;
  };

  const ahead: Store = {
    ...asked,
    async *list(prefix) {
      const listed: ObjectInfo[] = [];
      for await (const object of asked.list(prefix)) {
        listed.push(object);
        yield object;
      }
      if (prefix === "") all = listed;
    },
    async get(key, known, maxBytes) {
      const object = await asked.get(key, known, maxBytes);
      if (known === undefined && maxBytes === undefined && typeof object === "object") objects.set(key, object);
      return object;
    },
  };

  const store: Store = {
    ...asked,
    async *list(prefix) {
      const listed = prefix === "" ? all : undefined;
      if (listed) all = undefined;
      yield* listed ?? asked.list(prefix);
    },
    async get(key, known, maxBytes) {
      const object = maxBytes === undefined ? objects.get(key) : undefined;
      if (!object) return await asked.get(key, known, maxBytes);
      objects.delete(key);
      return object.etag === known ? "unchanged" : object;
    },
    put(key, body, options) {
      forget(key);
      return asked.put(key, body, options);
    },
    delete(key, options) {
      forget(key);
      return asked.delete(key, options);
    },
  };
  return { ahead, store };
}
