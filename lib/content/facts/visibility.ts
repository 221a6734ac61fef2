/** Whether a post is held back: every key and value by which authors do that. */

import type { ReportProblem } from "../../base/problems.ts";
import type { HeldBack } from "../../model.ts";
import { type Field, isMapValue, type NamedField } from "../frontmatter/types.ts";
import { type Fields, flagOf, textOf } from "../frontmatter/values.ts";
import type { Place } from "./place.ts";

/** Each folded key, with the value that holds a post back. An unclear value does too: a leak cannot be undone. */
const FLAGS: readonly (readonly [key: string, holdsBack: boolean, reason: HeldBack])[] = [
  ["draft", true, "draft"],
  ["isdraft", true, "draft"],
  ["published", false, "draft"],
  ["publish", false, "draft"],
  ["hidden", true, "hidden"],
  ["hide", true, "hidden"],
  ["unlisted", true, "hidden"],
  ["private", true, "hidden"],
  ["headless", true, "hidden"],
  ["feed", false, "hidden"],
  ["rss", false, "hidden"],
  ["eleventyexcludefromcollections", true, "hidden"],
];

const LOCKS = ["password", "postpassword", "encrypted", "encrypt"];
const PASSWORDS = new Set(["password", "postpassword"]);

/** Values of `status` that hold a post back; others may describe a public post. */
const HELD_STATUS = new Set(
  [
    "draft drafts drafting unpublished notpublished unlisted private hidden secret internal confidential invisible",
    "pending review inreview wip workinprogress inprogress todo idea outline unfinished incomplete inherit",
    "trash trashed deleted removed archived archive inactive disabled offline members paid",
    "草稿 私密 私有 隐藏 隱藏 未发布 未發布 待审 待審 审核中 審核中 回收站 已删除 已刪除 下线 下線 归档 歸檔 仅自己可见",
  ].flatMap((words) => words.split(" ")),
);
/** Values of `visibility` for public posts; any other holds the post back. */
const PUBLIC_VISIBILITIES = new Set(
  "public published publish visible everyone all open listed live true yes on 1 公开 公開 可见".split(" "),
);
const STATUSES = ["status", "poststatus", "visibility"];

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
  for (const [key, holdsBack, reason] of FLAGS) {
    for (const [name, field] of named.get(key) ?? []) {
      if (key === "published" && isDate(field)) continue;
      const flag = flagOf(field);
      if (flag === "unclear") report("flag-unclear", `${name}: ${field.source} is neither true nor false`, field);
      if (flag === holdsBack || flag === "unclear") return reason;
    }
  }
  if (all(STATUSES).some(([name, field]) => isHeldStatus(name, field, report))) return "draft";
  // Eleventy's way to write no page, and below it Hugo's to list a post nowhere.
  if (all(["permalink"]).some(([, field]) => flagOf(field) === false)) return "hidden";
  if (all(["build"]).some(([, field]) => isBuiltUnlisted(field))) return "hidden";
  return all(LOCKS).some(([name, field]) => isLock(foldKey(name), field)) ? "password" : undefined;
}

/** The first of some fields that holds a post back by itself, with the reason: each word does that alone. */
export function holderAmong(
  fields: readonly NamedField[],
  place: Place,
  isDate: (field: Field) => boolean,
): { readonly reason: HeldBack; readonly name: string; readonly line: number } | undefined {
  for (const [name, field] of fields) {
    const reason = heldBackBy(new Map([[name, field]]), place, isDate, () => undefined);
    if (reason) return { reason, name, line: field.line };
  }
  return undefined;
}

/** `is-draft`, `is_draft` and `isDraft` are one key. */
const foldKey = (name: string): string => name.replace(/[-_\s]/g, "");

function byFoldedName(fields: Fields): ReadonlyMap<string, readonly NamedField[]> {
  const named = new Map<string, NamedField[]>();
  for (const [name, field] of fields) {
    const key = foldKey(name);
    const same = named.get(key);
    if (same) same.push([name, field]);
    else named.set(key, [[name, field]]);
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
  const words = [status.replace(/[-_\s]/g, ""), ...status.split(/[^\p{L}\p{N}]+/u)];
  if (flagOf(field) === false || words.some((word) => HELD_STATUS.has(word))) return true;
  return name === "visibility" && !PUBLIC_VISIBILITIES.has(status) && unclear();
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
