/** Objects that posts name: how big they are, and whether they moved. */

import { forEachAtOnce } from "../../base/concurrency.ts";
import { digest } from "../../base/digest.ts";
import { compareKeys, type ObjectInfo, type Store } from "../../stores/store.ts";

export type Objects = ReadonlyMap<string, Pick<ObjectInfo, "etag" | "size">>;

/** Those of `keys` that are there. A listing from the key on begins with it, and costs no reading. */
export async function lookUp(content: Store, keys: readonly string[]): Promise<Objects> {
  const objects = new Map<string, ObjectInfo>();
  await forEachAtOnce(keys, async (key) => {
    for await (const object of content.list(key)) {
      if (object.key === key) objects.set(key, object);
      break;
    }
  });
  return objects;
}

/** What the objects are now: another value means that one of them came, changed or went. Nothing of no keys. */
export function depsDigest(deps: readonly string[], objects: Objects): string | undefined {
  if (deps.length === 0) return undefined;
  const present = deps.flatMap((key) => {
    const object = objects.get(key);
    return object ? [[key, object.etag] as const] : [];
  });
  return digest(present.sort(([a], [b]) => compareKeys(a, b)));
}
