/** Whether a post is held back: every key and value by which authors do that. */

import { present } from "../../base/optional.ts";
import type { ReportProblem } from "../../base/problems.ts";
import type { HeldBack } from "../../model.ts";
import { asField, type Field, isMapValue, type NamedField } from "../frontmatter/types.ts";
import { type Fields, flagOf, textOf } from "../frontmatter/values.ts";
import {
  flagNamed,
  HELD_ACCESS,
  HELD_STATUS,
  LOCKS,
  NESTING,
  PASSWORDS,
  PUBLIC_VISIBILITIES,
  STATUSES,
} from "./holdingwords.ts";
import { foldKey } from "./members.ts";
import type { Place } from "./place.ts";

/** The reason why the post is held back, if there is one. `isDate`: whether the field holds a date. */
export function heldBackBy(
  fields: Fields,
  place: Place,
  isDate: (field: Field) => boolean,
  report: ReportProblem,
): HeldBack | undefined {
  if (place.aside) return place.aside;
  const named = byFoldedName(fields);
  const all = (keys: readonly string[]) => keys.flatMap((key) => named.get(key) ?? []);
  const reasons = new Set<HeldBack>();
  for (const [key, same] of named) {
    for (const [name, field] of same) {
      const reason = reasonOf(key, name, field, isDate, report);
      if (reason) reasons.add(reason);
    }
  }
  if (reasons.has("draft")) return "draft";
  if (reasons.size > 0) return "hidden";
  if (all(STATUSES).some(([name, field]) => isHeldStatus(name, field, report))) return "draft";
  if (all(["access"]).some(([, field]) => wordsOf(field).some((word) => HELD_ACCESS.has(word)))) return "hidden";
  // Eleventy's way to write no page, and below it Hugo's to list a post nowhere.
  if (all(["permalink"]).some(([, field]) => flagOf(field) === false)) return "hidden";
  if (all(["build"]).some(([, field]) => isBuiltUnlisted(field))) return "hidden";
  if (all(["outputs"]).some(([, field]) => namesNoFeed(field))) return "hidden";
  return LOCKS.some((key) => all([key]).some(([, field]) => isLock(key, field))) ? "password" : undefined;
}

/** What a key that is true or false says; `feed: { exclude: true }` is `feed_exclude: true`. */
function reasonOf(
  key: string,
  name: string,
  field: Field,
  isDate: (field: Field) => boolean,
  report: ReportProblem,
): HeldBack | undefined {
  const flag = flagNamed(key);
  if (!flag || (key === "published" && isDate(field))) return undefined;
  if (NAMES_PARTS.has(key) && field.value !== null && typeof field.value !== "string") {
    return namesPartsOnly(key, field) ? undefined : flag.reason;
  }
  const value = flagOf(field);
  if (value === "unclear" && flag.isSure) {
    report("flag-unclear", `${name}: ${field.source} is neither true nor false`, field);
    return flag.reason;
  }
  return value === flag.holdsBack ? flag.reason : undefined;
}

/** Keys of which themes accept a list or a map: what of a page is not shown, how a feed shows it. */
const NAMES_PARTS = new Set(["hide", "feed", "rss"]);
/** What is not a part of a page, but the whole, or a list in which it is named. */
const WHOLES = new Set(
  "feed feeds rss atom all page post everywhere true yes list lists index home collections".split(" "),
);

function namesPartsOnly(key: string, field: Field): boolean {
  if (field.value !== null && typeof field.value !== "string" && isMapValue(field.value)) {
    return [...field.value.members].every(([name, value]) => {
      const { holdsBack } = flagNamed(key + foldKey(name)) ?? flagNamed(foldKey(name)) ?? {};
      return holdsBack === undefined || flagOf(asField(value, field)) === !holdsBack;
    });
  }
  return key === "hide" && !wordsOf(field).some((word) => WHOLES.has(word));
}

export interface HoldingField {
  readonly reason: HeldBack;
  readonly name: string;
  readonly line: number;
  /** Another than the post's. */
  readonly file?: string;
}

/** The first of some fields that holds a post back by itself, with the reason: each word does that alone. */
export function holderAmong(
  fields: readonly NamedField[],
  place: Place,
  isDate: (field: Field) => boolean,
): HoldingField | undefined {
  for (const [name, field] of fields) {
    const reason = heldBackBy(new Map([[name, field]]), place, isDate, () => undefined);
    if (reason) return { reason, name, line: field.line, ...present({ file: field.file }) };
  }
  return undefined;
}

/** By folded key, since `is-draft`, `is_draft` and `isDraft` are one; those below `params` and its like among them. */
function byFoldedName(fields: Fields): ReadonlyMap<string, readonly NamedField[]> {
  const named = new Map<string, NamedField[]>();
  const add = (name: string, path: string, field: Field) => {
    const key = foldKey(name);
    const same = named.get(key);
    if (same) same.push([path, field]);
    else named.set(key, [[path, field]]);
  };
  for (const [name, field] of fields) {
    add(name, name, field);
    if (!NESTING.has(name) || field.value === null || !isMapValue(field.value)) continue;
    for (const [inner, value] of field.value.members) add(inner, `${name}.${inner}`, asField(value, field));
  }
  return named;
}

function isHeldStatus(name: string, field: Field, report: ReportProblem): boolean {
  const status = textOf(field)?.toLowerCase();
  if (status === undefined) return false;
  const unclear = () => {
    report("flag-unclear", `${name}: ${field.source} does not say whether the post is public`, field);
    return true;
  };
  if (typeof field.value !== "string") return unclear();
  if (flagOf(field) === false || wordsOf(field).some((word) => HELD_STATUS.has(word))) return true;
  return /(?:^|\.)visibility$/.test(name) && !PUBLIC_VISIBILITIES.has(status) && unclear();
}

/** The whole without what separates words, and each word. */
function wordsOf(field: Field): readonly string[] {
  const text = textOf(field)?.toLowerCase() ?? "";
  return [text.replace(/[-_\s]/g, ""), ...text.split(/[^\p{L}\p{N}]+/u)];
}

/** Hugo's list of what is made of a page. */
function namesNoFeed(field: Field): boolean {
  const words = wordsOf(field).filter((word) => word !== "");
  return words.length > 0 && !words.some((word) => /rss|atom|feed|json|xml/.test(word));
}

/** `password: no` sets no password, `password: "no"` does. */
function isLock(key: string, field: Field): boolean {
  if (textOf(field) === undefined) return false;
  return flagOf(field) !== false || (PASSWORDS.has(key) && flagOf({ ...field, value: field.source }) !== false);
}

function isBuiltUnlisted({ value }: Field): boolean {
  if (value === null || !isMapValue(value)) return false;
  return [...value.members].some(
    ([name, member]) =>
      /^(?:list|render)$/i.test(name) && /^(?:never|false|no|off)$/i.test(String(member ?? "").trim()),
  );
}
