/** Other objects that posts name: their sizes, and whether they changed since a post was read. */
import { forEachAtOnce } from "../../base/concurrency.ts";
import { digest } from "../../base/digest.ts";
import { differenceOf } from "../../base/segments.ts";
import { isServed } from "../../base/served.ts";
import type { PostRecord } from "../../model.ts";
import { compareKeys, type ObjectInfo, type Store } from "../../stores/store.ts";

export type Objects = ReadonlyMap<string, Pick<ObjectInfo, "etag" | "size">>;

/** Those of `keys` that exist. A listing with the key as its prefix begins with it, and reads no object. */
export async function lookUp(content: Store, keys: readonly string[]): Promise<Objects> {
  const objects = new Map<string, ObjectInfo>();
  const groups = Map.groupBy(keys, stemOf);
  await forEachAtOnce([...groups], async ([stem, members]) => {
    const others = members.length === 1 ? members : await lookUpTogether(content, stem, new Set(members), objects);
    for (const key of others) await lookUpOne(content, key, objects);
  });
  return objects;
}

async function lookUpOne(content: Store, key: string, found: Map<string, ObjectInfo>): Promise<void> {
  for await (const object of content.list(key)) {
    if (object.key === key) found.set(key, object);
    break;
  }
}

/** Keys that differ in their ends, as `notes.json` and `notes.11tydata.js`, take one listing. */
const stemOf = (key: string): string => /^(?:.*\/)?\.?[^./]*\.?/s.exec(key)?.[0] ?? key;

/** Objects of other keys that may stand between those that are looked up. */
const MOST_BETWEEN = 500;

/** Returns the keys that are still to be looked up, each by itself. */
async function lookUpTogether(
  content: Store,
  stem: string,
  keys: ReadonlySet<string>,
  found: Map<string, ObjectInfo>,
): Promise<readonly string[]> {
  const last = [...keys].reduce((most, key) => (compareKeys(key, most) > 0 ? key : most));
  let between = 0;
  for await (const object of content.list(stem)) {
    if (keys.has(object.key)) found.set(object.key, object);
    else between += 1;
    if (compareKeys(object.key, last) >= 0) return [];
    if (between > MOST_BETWEEN) return [...keys].filter((key) => compareKeys(key, object.key) > 0);
  }
  return [];
}

/**
 * Another value means that one of the objects came, changed or went. Each object that is served has a word of its own in it, so
 * that two values show which of these changed. Nothing for no keys.
 */
export function depsDigest(deps: readonly string[], objects: Objects): string | undefined {
  if (deps.length === 0) return undefined;
  const existing = deps.flatMap((key) => {
    const object = objects.get(key);
    return object ? [[key, object.etag] as const] : [];
  });
  const words = deps.filter(isServed).map((key) => {
    const etag = objects.get(key)?.etag;
    return etag === undefined ? ABSENT : digest(etag).slice(0, 8);
  });
  return [digest(existing.sort(([a], [b]) => compareKeys(a, b))), ...words].join(" ");
}

const ABSENT = "-";

type Made = Pick<PostRecord, "deps" | "depsDigest">;

/** Keys of served objects that held other bytes when the posts that name them were read before, or that went since. */
export function movedMedia(before: readonly PostRecord[] = [], after: readonly PostRecord[]): readonly string[] {
  const moved = new Set<string>();
  const { was, is } = differenceOf(before, after);
  const formers = new Map(was.map((record) => [record.key, record]));
  for (const record of is) {
    if (record.depsDigest === undefined || record.deps.length === 0) continue;
    const former = formers.get(record.key);
    if (!former || former.depsDigest === record.depsDigest) continue;
    const words = wordsOf(former);
    for (const [key, word] of wordsOf(record)) {
      const known = words.get(key);
      if (known !== undefined && known !== ABSENT && known !== word) moved.add(key);
    }
  }
  return [...moved];
}

function wordsOf({ deps, depsDigest = "" }: Made): ReadonlyMap<string, string | undefined> {
  const [, ...words] = depsDigest.split(" ");
  return new Map(deps.filter(isServed).map((key, i) => [key, words[i]]));
}
