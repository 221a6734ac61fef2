/** A store in memory, for tests: the simplest implementation of the port. Its ETags depend on the content, as S3's do. */
import { createHash } from "node:crypto";
import { present } from "../base/optional.ts";
import { assertKey, compareKeys, type Store, StoreConflict, type StoredObject } from "./store.ts";

/** An empty store in memory, for tests. `name` is what messages call it. */
export function memoryStore(name = "memory"): Store {
  const objects = new Map<string, StoredObject>();

  return {
    name,

    async *list(prefix) {
      const keys = [...objects.keys()].filter((key) => key.startsWith(prefix)).sort(compareKeys);
      for (const key of keys) {
        const object = objects.get(key);
        if (object) yield { key, etag: object.etag, size: object.body.length };
      }
    },

    async get(key, known, maxBytes) {
      assertKey(name, "get", key);
      const object = objects.get(key);
      if (object && object.etag === known) return "unchanged";
      return object && { ...object, body: object.body.slice(0, maxBytes) };
    },

    async getPart(key, start, length) {
      assertKey(name, "get", key);
      return objects.get(key)?.body.slice(start, start + length);
    },

    async put(key, body, { contentType, cacheControl, ifMatch, ifAbsent }) {
      assertKey(name, "put", key);
      const current = objects.get(key);
      if (ifAbsent && current) throw new StoreConflict(name, "put", key, "there is an object already");
      if (ifMatch !== undefined && current?.etag !== ifMatch) {
        throw new StoreConflict(name, "put", key, "the object is another one");
      }
      const etag = createHash("md5").update(body).digest("hex");
      objects.set(key, { body: body.slice(), etag, contentType, ...present({ cacheControl }) });
      return etag;
    },

    async delete(key, { ifMatch } = {}) {
      assertKey(name, "delete", key);
      const current = objects.get(key);
      if (ifMatch !== undefined && current && current.etag !== ifMatch) {
        throw new StoreConflict(name, "delete", key, "the object is another one");
      }
      objects.delete(key);
    },
  };
}
