/** What the plan of a push is made of: the folder, the store, and what is known of both. */
import { forEachAtOnce } from "../base/concurrency.ts";
import { listEtags, readObject, type Store } from "../stores/store.ts";
import { type Files, sha256 } from "./files.ts";
import { isPulled } from "./keys.ts";
import type { Manifest } from "./manifest.ts";
import { doubtfulKeys, type Situation } from "./plan.ts";
import { type Known, lastSeen, type Seen } from "./seen.ts";

export async function readSituation(
  to: Store,
  { files, left }: Files,
  { files: listed, taken }: Manifest,
  known: Known,
  force: boolean,
): Promise<Situation> {
  const etags = await listEtags(to);
  // Objects of files that are not pushed, since they are too large, are put by other means: they are neither replaced nor removed.
  const leftKeys = new Set(left.map(({ key }) => key));
  const pushed = Object.fromEntries(Object.entries(listed).filter(([key]) => !leftKeys.has(key)));
  const digests = new Map<string, string>();
  await forEachAtOnce(doubtfulKeys({ files, pushed, present: etags }), async (key) => {
    const object = await readObject(to, key);
    if (object) digests.set(key, sha256(object.body));
  });
  const seen: { [key: string]: Seen } = {};
  for (const key of Object.keys(known.files)) {
    const last = lastSeen(key, known.files, taken);
    if (last) seen[key] = last;
  }
  return { files, pushed, seen, present: etags, digests, force };
}

/** Those that were brought here and removed again are not wanted. */
export function postsToPull({ files, pushed, present }: Situation, known: Known): readonly string[] {
  const here = new Set(files.map(({ key }) => key));
  return [...present.keys()].filter(
    (key) => isPulled(key, false) && !here.has(key) && !(key in pushed) && !(key in known.files),
  );
}
