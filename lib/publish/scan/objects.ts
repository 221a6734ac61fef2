/** Other objects that posts name: their sizes, and whether they changed since a post was read. */
import { forEachAtOnce } from "../../base/concurrency.ts";
import { digest } from "../../base/digest.ts";
import { compareKeys, type ObjectInfo, type Store } from "../../stores/store.ts";

export type Objects = ReadonlyMap<string, Pick<ObjectInfo, "etag" | "size">>;

/** Those of `keys` that exist. A listing with the key as its prefix begins with it, and reads no object. */
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

/** Another value means that one of the objects came, changed or went. Nothing for no keys. */
export function depsDigest(deps: readonly string[], objects: Objects): string | undefined {
  if (deps.length === 0) return undefined;
  const existing = deps.flatMap((key) => {
    const object = objects.get(key);
    return object ? [[key, object.etag] as const] : [];
  });
  return digest(existing.sort(([a], [b]) => compareKeys(a, b)));
}
