/** The plan of a push: a pure function of the files, the manifest, what pulls brought, and the listing of the store. */
import type { Etag } from "../model.ts";
import type { Manifest, Pushed } from "./manifest.ts";
import type { Seen } from "./seen.ts";

export interface File {
  readonly key: string;
  /** SHA-256 in hexadecimal. */
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
}

export interface Situation {
  readonly files: readonly File[];
  readonly pushed: Manifest["files"];
  /** What pulls brought into the folder, and no push has brought back. */
  readonly seen: { readonly [key: string]: Seen };
  /** The ETag of every object in the store. */
  readonly present: ReadonlyMap<string, Etag>;
  /** SHA-256 of the objects that `doubtfulKeys` names. */
  readonly digests: ReadonlyMap<string, string>;
  /** Overwrite and remove also what others put or altered. */
  readonly force: boolean;
}

export interface PushPlan {
  readonly put: readonly {
    readonly file: File;
    readonly reason: "new" | "changed" | "missing" | "forced";
    /** The ETag of the object that it replaces. */
    readonly over: Etag | undefined;
  }[];
  readonly remove: readonly { readonly key: string; readonly reason: "file gone" | "forced" }[];
  /** Objects with the right content that the manifest does not list as such: another tool, or a push that failed, put them. */
  readonly adopt: Manifest["files"];
  /** Keys of the manifest without a file and without an object. */
  readonly forget: readonly string[];
  /** Objects that others put, or altered since a push put them. */
  readonly conflicts: readonly {
    readonly key: string;
    readonly what: "not put by a push" | "altered since it was pushed" | "removed since it was pushed";
  }[];
  /** Objects that others altered or removed, where the folder has nothing new: theirs stays, and `dripfeed pull` brings it. */
  readonly kept: readonly {
    readonly key: string;
    readonly what: "altered since it was pushed" | "removed since it was pushed";
  }[];
  readonly unchanged: number;
}

/** Objects whose ETag is not that of the manifest: their content must be compared. */
export function doubtfulKeys({
  files,
  pushed,
  present,
}: Pick<Situation, "files" | "pushed" | "present">): readonly string[] {
  const concerned = new Set([...files.map(({ key }) => key), ...Object.keys(pushed)]);
  return [...concerned].filter((key) => present.has(key) && present.get(key) !== pushed[key]?.etag);
}

export function planPush(situation: Situation): PushPlan {
  const { files, pushed, seen, present, digests, force } = situation;
  const put: PushPlan["put"][number][] = [];
  const remove: PushPlan["remove"][number][] = [];
  const adopt: { [key: string]: Pushed } = {};
  const conflicts: PushPlan["conflicts"][number][] = [];
  const kept: PushPlan["kept"][number][] = [];
  let unchanged = 0;

  for (const file of files) {
    const { key, digest } = file;
    const last = pushed[key];
    const etag = present.get(key);
    const hasNothingNew = digest === last?.digest || digest === seen[key]?.digest;
    if (etag === undefined) {
      const what = "removed since it was pushed";
      if (force || !isRemovedByOthers(last, seen[key])) {
        put.push({ file, reason: last?.digest ? "missing" : "new", over: undefined });
      } else if (hasNothingNew) kept.push({ key, what });
      else conflicts.push({ key, what });
    } else if (last?.etag === etag && last.digest === digest) unchanged += 1;
    else if (last?.etag === etag) put.push({ file, reason: "changed", over: etag });
    else if (digests.get(key) === digest) {
      adopt[key] = { digest, etag };
      unchanged += 1;
    } else if (isOurs(last, digests.get(key))) put.push({ file, reason: "changed", over: etag });
    else if (force) put.push({ file, reason: "forced", over: etag });
    // Before what was brought here: a checkout may lack the text of the store, and yet have the note that it was brought.
    else if (digest === last?.digest) kept.push({ key, what: "altered since it was pushed" });
    else if (isBrought(seen[key], digests.get(key))) put.push({ file, reason: "changed", over: etag });
    else if (hasNothingNew) kept.push({ key, what: "altered since it was pushed" });
    else conflicts.push({ key, what: last ? "altered since it was pushed" : "not put by a push" });
  }

  const forget: string[] = [];
  const wanted = new Set(files.map(({ key }) => key));
  for (const [key, last] of Object.entries(pushed)) {
    if (wanted.has(key)) continue;
    const etag = present.get(key);
    const digest = digests.get(key);
    if (etag === undefined) forget.push(key);
    else if (last.etag === etag || isOurs(last, digest) || isBrought(seen[key], digest)) {
      remove.push({ key, reason: "file gone" });
    } else if (force) remove.push({ key, reason: "forced" });
    else conflicts.push({ key, what: "altered since it was pushed" });
  }
  return { put, remove, adopt, forget, conflicts, kept, unchanged };
}

/** An object was here, no push has begun to remove it, and no pull has said in this folder that it is gone. */
export function isRemovedByOthers(last: Pushed | undefined, seen: Seen | undefined): boolean {
  return last?.next !== null && (seen ?? last)?.digest !== undefined;
}

/** The folder's file was made with this very text in view. */
const isBrought = (seen: Seen | undefined, digest: string | undefined): boolean =>
  digest !== undefined && seen?.digest === digest;

/** The content is ours though the ETag is not: of a push that failed, or of a copy of the store. */
const isOurs = (last: Pushed | undefined, digest: string | undefined): boolean =>
  digest !== undefined && (last?.next === digest || last?.digest === digest);

export interface PushRefusal {
  readonly message: string;
  readonly fix: string;
}

/** A push may always remove this many objects, and beyond it this percentage of all. */
const FEW = 10;
const PERCENT = 10;

/** Refuses what looks like an accident, such as pushing the wrong folder or part of it, and what would destroy others' work. */
export function refusePush(plan: PushPlan, { files, pushed, force }: Situation): PushRefusal | undefined {
  if (force) return undefined;
  const { remove, conflicts } = plan;
  const total = Object.keys(pushed).length;
  const [first] = conflicts;
  if (first) {
    const more = conflicts.length > 1 ? ` and ${conflicts.length - 1} more` : "";
    return {
      message: `${first.key}${more}: ${first.what}, and would be lost`,
      fix: "bring it into the folder with dripfeed pull, or confirm with --force that it may be lost",
    };
  }
  if (files.length === 0 && remove.length > 0) {
    return { message: `the folder is empty, and all ${remove.length} objects would be removed`, fix: MEANT };
  }
  if (remove.length > FEW && remove.length * 100 > total * PERCENT) {
    return { message: `${remove.length} of ${total} objects would be removed`, fix: MEANT };
  }
  return undefined;
}

const MEANT = "push the right folder, or confirm with --force that this is meant";
