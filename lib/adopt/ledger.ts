/** The ledger: the ids by which readers know each post, as one readable file: a line of JSON per post, sorted by key. */

import { objectOf, parseJson } from "../base/json.ts";
import { present } from "../base/optional.ts";
import { xmlSafe } from "../base/text.ts";
import type { Facts, FormerIds, Instant } from "../model.ts";

/** The ids of one post. */
export interface AdoptedPost {
  /** Content key. */
  readonly key: string;
  /** Its address, by which the post is recognised if its file is renamed before it is published. */
  readonly url?: string;
  /** The id that Dripfeed minted, if it has one already. */
  readonly id?: string;
  readonly ids?: FormerIds;
  /** For a post whose source gives no `updated`, so that it does not look edited. */
  readonly updated?: Instant;
}

/** By key. */
export type Ledger = ReadonlyMap<string, AdoptedPost>;

export interface LedgerError {
  /** 1 for the first. */
  readonly line: number;
  readonly message: string;
  readonly fix: string;
}

export interface ParsedLedger {
  readonly posts: Ledger;
  /** The line of each post. */
  readonly lines: ReadonlyMap<string, number>;
  readonly errors: readonly LedgerError[];
  /** The format of the file, if a newer Dripfeed wrote it. */
  readonly newer?: number;
}

export const LEDGER_TYPE = "application/x-ndjson; charset=utf-8";

const FORMAT = 1;
const HEAD = JSON.stringify({ dripfeed: "ids", format: FORMAT });
const FORMATS = ["rss", "atom", "json"] as const;
const ID_FIELDS = [...FORMATS, "isPermaLink"] as const;

/** The distinct ids of a post. */
export function idsOf({ id, ids = {} }: Pick<Facts, "ids"> & { readonly id?: string }): readonly string[] {
  const all = [id, ids.rss, ids.atom, ids.json];
  return [...new Set(all.filter((one) => one !== undefined))];
}

type Ids = Pick<AdoptedPost, "id" | "ids">;

/** In whichever order they were noted. */
export function haveSameIds(a: Ids | undefined, b: Ids | undefined): boolean {
  return a?.id === b?.id && ID_FIELDS.every((field) => a?.ids?.[field] === b?.ids?.[field]);
}

export function encodeLedger(posts: Iterable<AdoptedPost>): string {
  const sorted = [...posts].sort((a, b) => (a.key < b.key ? -1 : 1));
  return [HEAD, ...sorted.map(lineOf)].map((line) => `${line}\n`).join("");
}

function lineOf({ key, url, id, ids = {}, updated }: AdoptedPost): string {
  const { rss, isPermaLink, atom, json } = ids;
  return JSON.stringify({ key, url, id, rss, isPermaLink, atom, json, updated });
}

/** Never throws: each error says its line and how to fix it. Its line is left out, and so is one that it contradicts. */
export function parseLedger(text: string): ParsedLedger {
  const posts = new Map<string, AdoptedPost>();
  const numbers = new Map<string, number>();
  const errors: LedgerError[] = [];
  const holders = new Map<string, string>();
  const unclear = new Set<string>();
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/);
  const [first = ""] = lines;
  const newer = formatOf(first);
  if (MARK.test(first)) errors.push({ line: 1, ...MERGED });
  else if (newer === undefined)
    errors.push({ line: 1, message: "the first line is not the header of a file of ids", fix: `write ${HEAD}` });
  else if (newer > FORMAT) return { posts, lines: numbers, errors, newer };
  for (const [i, written] of lines.entries()) {
    if (i === 0 || written.trim() === "") continue;
    const add: AddError = (message, fix) => errors.push({ line: i + 1, message, fix });
    const post = parseLine(written, add);
    if (!post) continue;
    const ids = idsOf(post);
    const taken = ids.find((id) => holders.has(id));
    const same = posts.get(post.key);
    if (same) {
      add(`${post.key} occurs twice`, "keep one of the two lines");
      if (lineOf(same) !== lineOf(post)) unclear.add(post.key);
    } else if (taken !== undefined) {
      unclear.add(holders.get(taken) ?? "");
      add(`the id ${JSON.stringify(taken)} belongs to ${holders.get(taken)} already`, "give it to one of the two");
    } else {
      for (const id of ids) holders.set(id, post.key);
      posts.set(post.key, post);
      numbers.set(post.key, i + 1);
    }
  }
  // Two lines contradict each other, as after a merge: neither says which id readers know.
  for (const key of unclear) {
    posts.delete(key);
    numbers.delete(key);
  }
  return { posts, lines: numbers, errors };
}

type AddError = (message: string, fix: string) => void;

function formatOf(line: string): number | undefined {
  const value = objectOf(parseJson(line));
  const format = value?.["dripfeed"] === "ids" ? value["format"] : undefined;
  return typeof format === "number" && Number.isInteger(format) && format >= 1 ? format : undefined;
}

const EXAMPLE = `{"key":"posts/hello.md","rss":"https://example.com/?p=1","atom":"tag:example.com,2020:1"}`;
const FIELDS = ["key", "url", "id", "rss", "isPermaLink", "atom", "json", "updated"];

/** For each field a check of its value, and how to fix a wrong one. */
const CHECKS: { readonly [name: string]: readonly [fits: (value: unknown) => boolean, fix: string] } = {
  key: [isFilled, "write the content key of the post, such as posts/hello.md"],
  url: [(url) => typeof url === "string" && URL.canParse(url), "write the address of the post, or leave it out"],
  id: [(id) => typeof id === "string" && /^[a-z][a-z0-9+.-]*:[\x21-\x7e]+$/i.test(id), "write a URI, or leave it out"],
  rss: [isXml, "write the guid as the feed had it, or leave it out"],
  isPermaLink: [(value) => typeof value === "boolean", "write true or false, or leave it out"],
  atom: [isXml, "write the id as the feed had it, or leave it out"],
  json: [isFilled, "write the id as the feed had it, or leave it out"],
  updated: [isInstant, "write a moment such as 2026-01-01T00:00:00Z, or leave it out"],
};

/** Of git, between the lines of two branches. */
const MARK = /^(?:<{7}|\|{7}|={7}|>{7})(?:\s|$)/;
const MERGED = {
  message: "a merge left its mark here",
  fix: "keep the right ones of the lines between the marks, and remove the marks",
};

function parseLine(written: string, add: AddError): AdoptedPost | undefined {
  const value = objectOf(parseJson(written));
  if (MARK.test(written)) {
    add(MERGED.message, MERGED.fix);
    return undefined;
  }
  if (!value) {
    add("the line is not a JSON object", `write each post on one line: ${EXAMPLE}`);
    return undefined;
  }
  const wrong = Object.keys(value).find((name) => !FIELDS.includes(name));
  if (wrong !== undefined) {
    add(`${JSON.stringify(wrong)} is none of ${FIELDS.join(", ")}`, "remove it, or correct its name");
    return undefined;
  }
  for (const [name, [fits, fix]] of Object.entries(CHECKS)) {
    if (name in value ? fits(value[name]) : name !== "key") continue;
    add(`${name} ${name in value ? `cannot be ${JSON.stringify(value[name])}` : "is missing"}`, fix);
    return undefined;
  }
  const { key, url, id, updated, isPermaLink, ...given } = value as unknown as AdoptedPost & FormerIds;
  const { rss, atom, json } = given;
  const ids: FormerIds = present({
    rss,
    isPermaLink: (rss !== undefined && isPermaLink) || undefined,
    atom,
    json,
  });
  const hasIds = FORMATS.some((format) => ids[format] !== undefined);
  return { key, ...present({ url, id, ids: hasIds ? ids : undefined, updated }) };
}

function isFilled(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}

/** XML can carry it; a carriage return as a reference. */
function isXml(value: unknown): boolean {
  return typeof value === "string" && isFilled(value) && value.split("\r").every((part) => xmlSafe(part) === part);
}

function isInstant(value: unknown): boolean {
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value)) return false;
  const time = Date.parse(value);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value.slice(0, -1));
}

/** `posts` with `more`, which takes precedence for each post and format; an id moves to the post that has it in `more`. */
export function mergeLedgers(posts: Ledger, more: Ledger): Ledger {
  const holders = new Map([...more.values()].flatMap((post) => idsOf(post).map((id) => [id, post.key] as const)));
  const merged = new Map([...posts].map(([key, post]) => [key, withoutIdsOfOthers(post, holders)]));
  for (const [key, post] of more) {
    const former = merged.get(key);
    const { isPermaLink, ...rest } = former?.ids ?? {};
    const keepsGuid = isPermaLink && post.ids?.rss === undefined;
    const ids = { ...rest, ...present({ isPermaLink: keepsGuid || undefined }), ...post.ids };
    merged.set(key, { ...former, ...post, ...present({ ids: Object.keys(ids).length > 0 ? ids : undefined }) });
  }
  return merged;
}

function withoutIdsOfOthers(post: AdoptedPost, holders: ReadonlyMap<string, string>): AdoptedPost {
  const { ids = {}, ...rest } = post;
  const isOthers = (id: string | undefined) => id !== undefined && (holders.get(id) ?? post.key) !== post.key;
  if (!FORMATS.some((format) => isOthers(ids[format]))) return post;
  const { isPermaLink, ...byFormat } = ids;
  const left: FormerIds = Object.fromEntries(Object.entries(byFormat).filter(([, id]) => !isOthers(id)));
  const kept = left.rss !== undefined && isPermaLink ? { ...left, isPermaLink } : left;
  return Object.keys(left).length > 0 ? { ...rest, ids: kept } : rest;
}
