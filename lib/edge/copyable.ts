/** Which aliases may be copies of their documents, in the public store under their own paths, and where. */
import { MEDIA } from "../base/served.ts";
import { isKey } from "./address.ts";
import { patternAt, renamedKey, SERVE } from "./aliases.ts";
import { copyKey } from "./decide.ts";
import { type Edge, isOwnKey } from "./folders.ts";
import type { Rule } from "./rules.ts";

export interface CopyCandidate {
  readonly rule: Rule;
  /** The key of the copy. */
  readonly path: string;
}

/** Bytes: S3 takes keys of 1024, file systems names of 255. */
const MAX_KEY = 900;
const MAX_PART = 250;

/**
 * In the order of the rules. Not those with `*` or a query; nor those whose copy would be where a document can be, in the way of
 * another copy, or behind a rule that comes before the store is asked.
 */
export function copyable(rules: readonly Rule[], edge: Edge): readonly CopyCandidate[] {
  const known = new Set<string>();
  const plain = rules.filter(({ path, query }) => {
    const isFirst = query === "" && !path.includes("*") && !known.has(path);
    if (isFirst) known.add(path);
    return isFirst;
  });
  const candidates = plain
    .filter(({ path, value }) => value.startsWith(SERVE) && isFree(path, edge))
    .map((rule) => ({ rule, path: copyKey(rule.path) }));
  // Some file systems ignore case; and none has a file and a folder of one name.
  const files = new Set(candidates.map(({ path }) => path.toLowerCase()));
  const taken = new Set<string>();
  return candidates.filter(({ path }) => {
    const file = path.toLowerCase();
    const isAlone = !taken.has(file) && !foldersAbove(file).some((folder) => files.has(folder));
    taken.add(file);
    return isAlone;
  });
}

function isFree(path: string, edge: Edge): boolean {
  const key = copyKey(path);
  const isShort = size(key) <= MAX_KEY && key.split("/").every((part) => size(part) <= MAX_PART);
  return (
    path !== "" &&
    isShort &&
    isKey(key) &&
    key.isWellFormed() &&
    !/[\u0000-\u001f\u007f\\]/.test(key) &&
    !key.startsWith(MEDIA) && // served from the content store
    ![key, ...foldersAbove(key)].some((each) => isOwnKey(each, edge) || isOwnKey(each.toLowerCase(), edge)) &&
    !isInInner(path, edge) &&
    patternAt(edge.patterns, path, [], false) === undefined &&
    renamedKey(path, edge) === undefined
  );
}

/** Where one of site and feeds is a folder of the other, what lies in the inner one is looked for from there. */
function isInInner(path: string, { base, home }: Edge): boolean {
  const [outer, inner] = base.length < home.length ? [base, home] : [home, base];
  return outer !== inner && `${outer}${path}/`.startsWith(inner);
}

const size = (text: string): number => new TextEncoder().encode(text).length;

/** `a` and `a/b` of `a/b/c`. */
function foldersAbove(path: string): readonly string[] {
  const parts = path.split("/");
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join("/"));
}
