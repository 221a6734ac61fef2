/** What a pull compares: each key that it may bring, in the folder, in the store, and in what is known of both. */
import { forEachAtOnce } from "../../base/concurrency.ts";
import type { Etag } from "../../model.ts";
import { flawOfKey, type ObjectInfo, readObject, type Store, StoreConflict } from "../../stores/store.ts";
import { type Files, isContent, MAX_BYTES, readFiles, sha256 } from "../files.ts";
import { isMediaFile, isPulled } from "../keys.ts";
import { MANIFEST_KEY, type Manifest, readManifest } from "../manifest.ts";
import { type Known, lastSeen, readKnown } from "../seen.ts";
import type { Sides } from "./plan.ts";

export interface ComparedFile {
  readonly key: string;
  /** In the folder, whose names may be encoded otherwise. */
  readonly source: string;
  readonly here: { readonly etag: Etag } | undefined;
  readonly there: { readonly etag: Etag; readonly digest: string } | undefined;
  readonly sides: Sides;
}

export interface PulledSides {
  readonly found: readonly ComparedFile[];
  readonly known: Known;
  readonly taken: Manifest["taken"];
  readonly left: Files["left"];
  readonly media: { readonly files: number; readonly bytes: number };
}

/** The folder before the store: what a push brings up in between is seen in both. */
export async function readSides(from: Store, to: Store, withMedia: boolean): Promise<PulledSides> {
  const wanted = (key: string) => isPulled(key.normalize("NFC"), withMedia);
  const known = await readKnown(to);
  const folder = await readFiles(to, wanted);
  const manifest = await readManifest(from);
  const store = await listStore(from, withMedia);
  const media = withMedia ? [] : await mediaNotIn(to, store.media, manifest, known);
  const left = [...folder.left, ...store.left];
  const leftKeys = new Set(left.map(({ key }) => key));

  const here = new Map(folder.files.map((file) => [file.key, file]));
  const keys = new Set([...here.keys(), ...store.objects.keys(), ...Object.keys(known.files)]);
  const found: ComparedFile[] = [];
  await forEachAtOnce(
    [...keys].filter((key) => wanted(key) && !leftKeys.has(key)),
    async (key) => {
      const last = manifest.files[key];
      const seen = lastSeen(key, known.files, manifest.taken);
      const there = await digested(from, store.objects.get(key), [last, known.files[key]]);
      const file = here.get(key);
      const at = folder.sources.get(key);
      found.push({
        key,
        source: at?.source ?? key,
        here: at && { etag: at.etag },
        there,
        sides: {
          here: file?.digest,
          there: there?.digest,
          last,
          seen,
          aside: known.aside[key],
        },
      });
    },
  );
  // A push that began meanwhile has put and removed what would seem to be others' doing.
  const after = await from.get(MANIFEST_KEY, manifest.etag);
  if (after !== "unchanged" && after?.etag !== manifest.etag) {
    throw new StoreConflict(from.name, "get", MANIFEST_KEY, "a push is writing into the store");
  }
  return {
    found,
    known,
    taken: manifest.taken,
    left,
    media: { files: media.length, bytes: media.reduce((sum, { size }) => sum + size, 0) },
  };
}

async function listStore(from: Store, withMedia: boolean) {
  const objects = new Map<string, ObjectInfo>();
  const left: Files["left"][number][] = [];
  const media: ObjectInfo[] = [];
  for await (const object of from.list("")) {
    const { key, size } = object;
    if (isContent(key) && isMediaFile(key)) media.push(object);
    if (!isPulled(key, withMedia)) continue;
    const why =
      (size > MAX_BYTES ? "larger than 1 GiB: download it by other means" : flawOfKey(key)) ??
      (key === key.normalize("NFC") ? undefined : "its name is not in the usual form of Unicode (NFC)");
    if (why === undefined) objects.set(key, object);
    else left.push({ key, why });
  }
  return { objects, left, media };
}

/**
 * Those that the folder lacks and no push put. None is read for that: a checkout may have what was noted of a file, and not the
 * file, or one of another length.
 */
async function mediaNotIn(
  folder: Store,
  media: readonly ObjectInfo[],
  { files }: Manifest,
  { files: seen }: Known,
): Promise<readonly ObjectInfo[]> {
  const others = media.filter(({ key }) => !Object.hasOwn(files, key));
  if (others.length === 0) return [];
  const here = new Map<string, number>();
  for await (const { key, size } of folder.list("")) {
    if (isMediaFile(key)) here.set(key.normalize("NFC"), size);
  }
  return others.filter(({ key, size, etag }) => here.get(key) !== size || (seen[key]?.etag ?? etag) !== etag);
}

type Noted = { readonly digest?: string; readonly etag?: Etag } | undefined;

/** Reads only objects whose ETag nobody has noted. */
async function digested(
  from: Store,
  object: ObjectInfo | undefined,
  noted: readonly Noted[],
): Promise<ComparedFile["there"]> {
  if (!object) return undefined;
  const { etag } = object;
  const same = noted.find((each) => each?.digest !== undefined && each.etag === etag);
  if (same?.digest !== undefined) return { etag, digest: same.digest };
  const read = await readObject(from, object.key);
  return read && { etag: read.etag, digest: sha256(read.body) };
}
