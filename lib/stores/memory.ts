/** A store in memory: for tests, and the plainest reading of the port. Its ETags follow content, as S3's do. */
import { createHash } from "node:crypto";
import { assertKey, compareKeys, type Store, StoreConflict, type StoredObject } from "./store.ts";

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

    async get(key, known) {
      assertKey(name, "get", key);
      const object = objects.get(key);
      if (object && object.etag === known) return "unchanged";
      return object && { ...object, body: object.body.slice() };
    },

    async put(key, body, { contentType, cacheControl, ifMatch, ifAbsent }) {
      assertKey(name, "put", key);
      const present = objects.get(key);
      if (ifAbsent && present) throw new StoreConflict(name, "put", key, "there is an object already");
      if (ifMatch !== undefined && present?.etag !== ifMatch) {
        throw new StoreConflict(name, "put", key, "the object is another one");
      }
      const etag = createHash("md5").update(body).digest("hex");
      objects.set(key, { body: body.slice(), etag, contentType, ...(cacheControl !== undefined && { cacheControl }) });
      return etag;
    },

    async delete(key) {
      assertKey(name, "delete", key);
      objects.delete(key);
    },
  };
}
