/** A store that counts its operations, for the report. */

import { present } from "../base/optional.ts";
import type { Store } from "./store.ts";

export interface OperationCount {
  readonly list: number;
  readonly get: number;
  readonly put: number;
  readonly delete: number;
}

export interface CountedStore extends Store {
  /** So far; a listing counts as one. */
  readonly operations: OperationCount;
}

export function countedStore(store: Store): CountedStore {
  const operations = { list: 0, get: 0, put: 0, delete: 0 };
  return {
    name: store.name,
    operations,
    ...present({ probe: store.probe }), // before the work, and only once: not a part of it
    list(prefix) {
      operations.list += 1;
      return store.list(prefix);
    },
    get(key, known, maxBytes) {
      operations.get += 1;
      return store.get(key, known, maxBytes);
    },
    getPart(key, start, length) {
      operations.get += 1;
      return store.getPart(key, start, length);
    },
    put(key, body, options) {
      operations.put += 1;
      return store.put(key, body, options);
    },
    delete(key, options) {
      operations.delete += 1;
      return store.delete(key, options);
    },
  };
}

export const NO_OPERATIONS: OperationCount = { list: 0, get: 0, put: 0, delete: 0 };

export const countedTogether = (a: OperationCount, b: OperationCount = NO_OPERATIONS): OperationCount => ({
  list: a.list + b.list,
  get: a.get + b.get,
  put: a.put + b.put,
  delete: a.delete + b.delete,
});
