/**
 * Prepared findings: what was read of posts before there was time to publish them, in immutable objects that no other object names.
 * A run does without any that is missing, damaged or of another kind: it reads the post.
 */
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { forEachAtOnce } from "../base/concurrency.ts";
import { digestOf } from "../base/digest.ts";
import { readObject, type Store } from "../stores/store.ts";
import { openBytes, sealBytes } from "./sealed.ts";

export const FINDINGS = "findings/";

/** Characters of JSON, beyond which another object is begun: several times as much is held while it is written. */
const MAX_CHARACTERS = 4_000_000;
/** Objects that are read at once. */
const AT_ONCE = 4;

/** A name that such an object has, with the digest of what its posts were read with. Another folder may lie in this one. */
const KEY = /^findings\/([\w-]{22})\/[\w-]{22}\.findings$/;

export const isPreparedKey = (key: string): boolean => KEY.test(key);

/** Writes each finding into a line of some object, and gives their names. To write the same again is to put the same. */
export async function putPrepared(
  state: Store,
  reader: string,
  findings: Iterable<object>,
): Promise<readonly string[]> {
  const keys: string[] = [];
  let lines: string[] = [];
  let size = 0;
  const put = async () => {
    if (lines.length === 0) return;
    const text = lines.join("\n");
    const key = `${FINDINGS}${reader}/${digestOf(text)}.findings`;
    await state.put(key, sealBytes(key, zstdCompressSync(text)), { contentType: "application/octet-stream" });
    keys.push(key);
    [lines, size] = [[], 0];
  };
  for (const finding of findings) {
    const line = JSON.stringify(finding);
    if (size + line.length > MAX_CHARACTERS) await put();
    lines.push(line);
    size += line.length;
  }
  await put();
  return keys;
}

/** Names of all such objects, whatever their posts were read with. */
export async function listPrepared(state: Store): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { key } of state.list(FINDINGS)) if (isPreparedKey(key)) keys.push(key);
  return keys;
}

/** Calls `use` with each line of those of the objects whose posts were read so. */
export async function eachPrepared(
  state: Store,
  reader: string,
  keys: readonly string[],
  use: (finding: unknown) => void,
): Promise<void> {
  const meant = keys.filter((key) => KEY.exec(key)?.[1] === reader);
  await forEachAtOnce(meant, async (key) => linesOf(key, (await readObject(state, key))?.body).forEach(use), AT_ONCE);
}

/** None where there is no such object any more, or it is not what was written under this name. */
function linesOf(key: string, bytes: Uint8Array | undefined): readonly unknown[] {
  if (!bytes) return [];
  try {
    const text = zstdDecompressSync(openBytes(key, bytes)).toString("utf8");
    return text.split("\n").map((line): unknown => JSON.parse(line));
  } catch {
    return [];
  }
}
