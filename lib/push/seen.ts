/** What pulls have brought into a folder: kept in the folder, and committed with its files, so that every checkout knows what it has of the store. */
import { present } from "../base/optional.ts";
import type { Etag } from "../model.ts";
import { readObject, type Store, StoreError } from "../stores/store.ts";
import { type Manifest, sorted } from "./manifest.ts";

/** Not below `.dripfeed/`, which blogs do not commit. Hidden, so that it is never pushed and holds no posts. */
export const PULLED = ".pulled/";
export const SEEN_KEY = `${PULLED}seen.json`;
/** Where texts of the store lie beside those of the folder, until a person has made one of two. */
export const ASIDE = `${PULLED}conflicts/`;

/** The state of an object that this folder has taken in. */
export interface Seen {
  /** SHA-256 of the object, in hexadecimal; absent where it was gone. */
  readonly digest?: string;
  /** Only saves reading it again. */
  readonly etag?: Etag;
  /** Tells two times apart at which the object was the same. */
  readonly turn?: number;
}

export interface Known {
  readonly files: { readonly [key: string]: Seen };
  /** Key → SHA-256 of the object that was put aside, and waits for a person. */
  readonly aside: { readonly [key: string]: string };
  /** ETag of the file itself; `undefined` before the first pull. */
  readonly etag: Etag | undefined;
}

/** As the manifest notes what a push has brought back. */
export const markOf = ({ digest = "gone", turn = 0 }: Seen): string => (turn === 0 ? digest : `${digest}/${turn}`);

/** What this folder has taken in and no push has brought back yet. */
export function lastSeen(key: string, known: Known["files"], taken: Manifest["taken"]): Seen | undefined {
  const seen = known[key];
  return seen !== undefined && !taken[key]?.includes(markOf(seen)) ? seen : undefined;
}

/** `posts/hello.md.3f2a9c1d.txt`: never a post, by its extension, and a further text of the post does not replace a former one. */
export const asideOf = (key: string, digest: string): string => `${ASIDE}${key}.${digest.slice(0, 8)}.txt`;

/** What was put aside and is gone since counts as taken in: a person has made one text of two. */
export async function readKnown(folder: Store): Promise<Known> {
  const known = await readNote(folder);
  const waiting = new Set<string>();
  for await (const { key } of folder.list(ASIDE)) waiting.add(key);
  const files = { ...known.files };
  const aside: { [key: string]: string } = {};
  for (const [key, digest] of Object.entries(known.aside)) {
    if (waiting.has(asideOf(key, digest))) aside[key] = digest;
    else files[key] = { digest };
  }
  return { ...known, files, aside };
}

async function readNote(folder: Store): Promise<Known> {
  const object = await readObject(folder, SEEN_KEY);
  if (!object) return { files: {}, aside: {}, etag: undefined };
  const why = (what: string) => new StoreError(folder.name, "get", SEEN_KEY, what);
  try {
    const { format, files, aside = {} } = JSON.parse(new TextDecoder().decode(object.body));
    if (Number(format) > 1) throw why("it was written by a newer Dripfeed: use that one");
    if (format === 1 && typeof files === "object" && files !== null && typeof aside === "object" && aside !== null) {
      return { files, aside, etag: object.etag };
    }
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
  }
  throw why(
    "it is damaged, perhaps by a merge of git: keep the lines of both sides, or remove it, and what both sides changed is told once more",
  );
}

/** Replaces what was read; throws `StoreConflict` where another pull did so first. A line for each file, which git can merge. */
export async function writeKnown(folder: Store, { files, aside, etag }: Known): Promise<void> {
  const lines = (map: { readonly [key: string]: unknown }): string =>
    Object.entries(sorted(map))
      .map(([key, value]) => `\n  ${JSON.stringify(key)}: ${JSON.stringify(value)}`)
      .join(",")
      .concat("\n ");
  const text = `{\n "format": 1,\n "aside": {${lines(aside)}},\n "files": {${lines(files)}}\n}\n`;
  const condition = etag === undefined ? { ifAbsent: true as const } : { ifMatch: etag };
  await folder.put(SEEN_KEY, new TextEncoder().encode(text), { contentType: "application/json", ...condition });
}

/** The note of an object as it is now. */
export function seenAs(
  key: string,
  { digest, etag }: { readonly digest?: string | undefined; readonly etag?: Etag | undefined },
  taken: Manifest["taken"],
): Seen {
  const seen: Seen = present({ digest, etag });
  let turn = 0;
  while (taken[key]?.includes(markOf({ ...seen, turn }))) turn += 1;
  return turn === 0 ? seen : { ...seen, turn };
}
