/** Whether a post is held back: every key and value by which authors do that. */
import { present } from "../../base/optional.ts";
import type { ReportProblem } from "../../base/problems.ts";
import type { HeldBack } from "../../model.ts";
import { type Field, isMapValue, memberFields, type NamedField } from "../frontmatter/types.ts";
import { type Fields, flagOf, textOf } from "../frontmatter/values.ts";
import {
  flagNamed,
  HELD_ACCESS,
  HELD_STATUS,
  LOCKS,
  NESTING,
  PARTS,
  PASSWORDS,
  PUBLIC_VISIBILITIES,
  STATUSES,
  SURE_ANYWHERE,
  SURE_STATUS,
  WHOLES,
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
    for (const said of same) {
      const reason = reasonOf(key, said, isDate, report);
      if (reason) reasons.add(reason);
    }
  }
  if (reasons.has("draft")) return "draft";
  if (reasons.size > 0) return "hidden";
  if (all(STATUSES).some((said) => isHeldStatus(said, report)) || all(["state"]).some(isSurelyHeld)) return "draft";
  if (all(["access"]).some(({ field }) => wordsOf(field).some((word) => HELD_ACCESS.has(word)))) return "hidden";
  // Eleventy's way to write no page, and below it Hugo's to list a post nowhere.
  if (all(["permalink"]).some(({ field }) => flagOf(field) === false)) return "hidden";
  if (all(["build"]).some(({ field }) => isBuiltUnlisted(field))) return "hidden";
  if (all(["outputs"]).some(({ field }) => namesNoFeed(field))) return "hidden";
  return LOCKS.some((key) => all([key]).some(({ field }) => isLock(key, field))) ? "password" : undefined;
}

/** What a key that is true or false says; `feed: { exclude: true }` is `feed_exclude: true`. */
function reasonOf(
  key: string,
  { name, field, within }: Said,
  isDate: (field: Field) => boolean,
  report: ReportProblem,
): HeldBack | undefined {
  const flag = flagNamed(key);
  if (!flag || (DATED.has(key) && isDate(field))) return undefined;
  // `params: { show: false }` and `seo: { enabled: false }` are about what a theme or a plugin shows of the page.
  if (within !== undefined && !flag.isSure && !flag.isOfFeeds) return undefined;
  if (namesPartsOnly(key, field)) return undefined;
  if (NAMES_PARTS.has(key) && field.value !== null && typeof field.value !== "string") return flag.reason;
  const isPlaceOrNone = flag.isOfFeeds && !flag.holdsBack;
  if (isPlaceOrNone && isAddress(field)) return undefined;
  const value = isPlaceOrNone && isNone(field) ? false : flagOf(field);
  if (value === "unclear" && flag.isSure) {
    report("flag-unclear", `${name}: ${field.source} is neither true nor false`, field);
    return flag.reason;
  }
  return value === flag.holdsBack ? flag.reason : undefined;
}

/** May hold a date in place of a flag: `published: 2026-01-05`. */
const DATED = new Set(["published", "publish"]);

/** `rss: /rss.xml` says where a feed is. */
const isAddress = ({ value }: Field): boolean =>
  typeof value === "string" && /^(?:https?:\/|\.{0,2}\/)|\.(?:xml|rss|atom|json)$/i.test(value.trim());
const isNone = (field: Field): boolean => /^(?:none|never|nowhere)$/i.test(textOf(field) ?? "");

/** Keys that may hold a list or a map: `hide: [toc]` names what of a page is not shown, `feed: { excerpt: true }` how a feed shows it. */
const NAMES_PARTS = new Set(["hide", "feed", "rss"]);

/** Whether a value names parts of a page, and neither the whole (`hide: [toc, rss]`) nor a flag (`feed: { exclude: true }`). */
function namesPartsOnly(key: string, field: Field): boolean {
  const { value } = field;
  if (!NAMES_PARTS.has(key) || value === null) return false;
  if (isMapValue(value)) {
    return memberFields(field).every(([name, member]) => {
      const inner = foldKey(name);
      const flag = flagOf(member);
      if (key === "hide" && WHOLES.has(inner)) return flag === false || flag === undefined;
      const { holdsBack } = flagNamed(key + inner) ?? flagNamed(inner) ?? {};
      return holdsBack === undefined || flag === !holdsBack;
    });
  }
  if (key !== "hide") return false;
  // A text may also be a flag in another language, a list is none.
  if (typeof value === "string") return namesIn(value).every((name) => PARTS.has(name)) && value.trim() !== "";
  return !value.some((each) => typeof each !== "string" || namesIn(each).some(isWhole));
}

/** `all`, or a feed in any words: `rss_feed`. */
const isWhole = (name: string): boolean => WHOLES.has(name) || flagNamed(`hide${name}`)?.isOfFeeds === true;

const namesIn = (text: string): readonly string[] =>
  text.split(/[,，;\s]+/).flatMap((name) => (name === "" ? [] : [foldKey(name)]));

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

/** A field, or a member of a map that is one. */
interface Said {
  /** `params.draft`, as it is told. */
  readonly name: string;
  readonly field: Field;
  /** The map in which it stands. */
  readonly within?: string;
}

/** By folded key, since `is-draft`, `is_draft` and `isDraft` are one; those below `params` and its like among them. */
function byFoldedName(fields: Fields): ReadonlyMap<string, readonly Said[]> {
  const named = new Map<string, Said[]>();
  const add = (written: string, said: Said): void => {
    const key = foldKey(written);
    if (said.within === "seo" && !flagNamed(key)?.isOfFeeds && !SURE_ANYWHERE.has(key.replace(/^is/, ""))) return;
    const same = named.get(key);
    if (same) same.push(said);
    else named.set(key, [said]);
  };
  const addAll = (path: string, within: string, field: Field): void => {
    for (const [written, member] of memberFields(field)) {
      const inner = { name: `${path}.${written}`, field: member, within };
      add(written, inner);
      if (within !== "seo" && foldKey(written) === "seo") addAll(inner.name, "seo", inner.field);
    }
  };
  for (const [name, field] of fields) {
    add(name, { name, field });
    if (NESTING.has(name) || name === "page") addAll(name, name, field);
  }
  return named;
}

/** Where the word may be of something else. */
const isSurelyHeld = ({ field }: Said): boolean =>
  typeof field.value === "string" && wordsOf(field).some((word) => SURE_STATUS.has(word));

function isHeldStatus(said: Said, report: ReportProblem): boolean {
  const { name, field, within } = said;
  if (within !== undefined) return isSurelyHeld(said);
  const status = textOf(field)?.toLowerCase();
  if (status === undefined) return false;
  const unclear = () => {
    report("flag-unclear", `${name}: ${field.source} does not say whether the post is public`, field);
    return true;
  };
  if (typeof field.value !== "string") return unclear();
  if (flagOf(field) === false || wordsOf(field).some((word) => HELD_STATUS.has(word))) return true;
  return name === "visibility" && !PUBLIC_VISIBILITIES.has(status) && unclear();
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

const isBuiltUnlisted = (field: Field): boolean =>
  memberFields(field).some(
    ([name, { value }]) =>
      /^(?:list|render)$/i.test(name) && typeof value === "string" && /^(?:never|false|no|off)$/i.test(value.trim()),
  );
