/** What a push would do, and what it would rather not: a pure function of the files, the manifest and the listing. */
import type { Etag } from "../model.ts";
import type { Manifest, Pushed } from "./manifest.ts";

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
  /** Every object of the store. */
  readonly present: ReadonlyMap<string, Etag>;
  /** Of the objects that `doubtfulKeys` names: SHA-256 of what they hold. */
  readonly digests: ReadonlyMap<string, string>;
  /** What is not ours, or was altered behind our back, gives way. */
  readonly force: boolean;
}

export interface PushPlan {
  readonly put: readonly {
    readonly file: File;
    readonly reason: "new" | "changed" | "missing" | "forced";
    /** What it takes the place of. */
    readonly over: Etag | undefined;
  }[];
  readonly remove: readonly { readonly key: string; readonly reason: "file gone" | "forced" }[];
  /** Objects that hold what they should, and of which the manifest does not know so. */
  readonly adopt: Manifest["files"];
  /** Keys of the manifest at which nothing is, nor should be. */
  readonly forget: readonly string[];
  /** Objects that somebody else put there, or altered since. */
  readonly conflicts: readonly {
    readonly key: string;
    readonly what: "not put by a push" | "altered since it was pushed";
  }[];
  readonly unchanged: number;
}

/** Objects of which only their bytes can tell whose they are. */
export function doubtfulKeys({ files, pushed, present }: Omit<Situation, "digests" | "force">): readonly string[] {
  const concerned = new Set([...files.map(({ key }) => key), ...Object.keys(pushed)]);
  return [...concerned].filter((key) => present.has(key) && present.get(key) !== pushed[key]?.etag);
}

export function planPush({ files, pushed, present, digests, force }: Situation): PushPlan {
  const put: PushPlan["put"][number][] = [];
  const remove: PushPlan["remove"][number][] = [];
  const adopt: { [key: string]: Pushed } = {};
  const conflicts: PushPlan["conflicts"][number][] = [];
  let unchanged = 0;

  for (const file of files) {
    const { key, digest } = file;
    const known = pushed[key];
    const etag = present.get(key);
    if (etag === undefined) put.push({ file, reason: known?.digest ? "missing" : "new", over: undefined });
    else if (known?.etag === etag && known.digest === digest) unchanged += 1;
    else if (known?.etag === etag) put.push({ file, reason: "changed", over: etag });
    else if (digests.get(key) === digest) {
      adopt[key] = { digest, etag };
      unchanged += 1;
    } else if (isOurs(known, digests.get(key))) put.push({ file, reason: "changed", over: etag });
    else if (force) put.push({ file, reason: "forced", over: etag });
    else conflicts.push({ key, what: known ? "altered since it was pushed" : "not put by a push" });
  }

  const forget: string[] = [];
  const wanted = new Set(files.map(({ key }) => key));
  for (const [key, known] of Object.entries(pushed)) {
    if (wanted.has(key)) continue;
    const etag = present.get(key);
    if (etag === undefined) forget.push(key);
    else if (known.etag === etag || isOurs(known, digests.get(key))) remove.push({ key, reason: "file gone" });
    else if (force) remove.push({ key, reason: "forced" });
    else conflicts.push({ key, what: "altered since it was pushed" });
  }
  return { put, remove, adopt, forget, conflicts, unchanged };
}

/** What a push put that did not come to its end, or what another store's copy of it holds. */
const isOurs = (known: Pushed | undefined, digest: string | undefined): boolean =>
  digest !== undefined && (known?.next === digest || known?.digest === digest);

export interface PushRefusal {
  readonly message: string;
  readonly fix: string;
}

const FEW = 10;
const PERCENT = 10;

/** What looks like an accident: another folder than the last time, or half of it. */
export function refusePush(plan: PushPlan, { files, pushed, force }: Situation): PushRefusal | undefined {
  if (force) return undefined;
  const { remove, conflicts } = plan;
  const known = Object.keys(pushed).length;
  const [first] = conflicts;
  if (first) {
    const more = conflicts.length > 1 ? ` and ${conflicts.length - 1} more` : "";
    return {
      message: `${first.key}${more}: ${first.what}, and would be lost`,
      fix: "take over what is there, or say with --force that it may go",
    };
  }
  if (files.length === 0 && remove.length > 0) {
    return { message: `the folder is empty, and all ${remove.length} objects would go`, fix: MEANT };
  }
  if (remove.length > FEW && remove.length * 100 > known * PERCENT) {
    return { message: `${remove.length} of ${known} objects would go`, fix: MEANT };
  }
  return undefined;
}

const MEANT = "push the right folder, or say with --force that it is meant";
