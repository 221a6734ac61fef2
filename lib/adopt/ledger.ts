/** The ledger: under which ids readers know each post, as one readable file, a line of JSON a post, sorted by key. */
import { xmlSafe } from "../base/text.ts";
import type { Facts, FormerIds, Instant } from "../model.ts";
import { objectOf, parseJson } from "./json.ts";

/** What readers know of one post. */
export interface AdoptedPost {
  /** Content key. */
  readonly key: string;
  /** Its address: what it is known by if its file is renamed before it is published. */
  readonly url?: string;
  /** Dripfeed's own, where it has one already. */
  readonly id?: string;
  readonly ids?: FormerIds;
  /** Where the post's source gives none, so that nothing looks edited. */
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
  readonly errors: readonly LedgerError[];
  /** The file was written by a Dripfeed that knows more. */
  readonly newer?: number;
}

export const LEDGER_TYPE = "application/x-ndjson; charset=utf-8";

const FORMAT = 1;
const HEAD = JSON.stringify({ dripfeed: "ids", format: FORMAT });
const FORMATS = ["rss", "atom", "json"] as const;

/** Every id of a post, each once. */
export function idsOf({ id, ids = {} }: Pick<Facts, "ids"> & { readonly id?: string }): readonly string[] {
  const all = [id, ids.rss, ids.atom, ids.json];
  return [...new Set(all.filter((one) => one !== undefined))];
}

export function encodeLedger(posts: Iterable<AdoptedPost>): string {
  const sorted = [...posts].sort((a, b) => (a.key < b.key ? -1 : 1));
  return [HEAD, ...sorted.map(lineOf)].map((line) => `${line}\n`).join("");
}

function lineOf({ key, url, id, ids = {}, updated }: AdoptedPost): string {
  const { rss, isPermaLink, atom, json } = ids;
  return JSON.stringify({ key, url, id, rss, isPermaLink, atom, json, updated });
}

/** Never throws: each error says its line and how to fix it, and its line is left out. */
export function parseLedger(text: string): ParsedLedger {
  const posts = new Map<string, AdoptedPost>();
  const errors: LedgerError[] = [];
  const holders = new Map<string, string>();
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/);
  const [first = ""] = lines;
  const newer = formatOf(first);
  if (newer === undefined)
    errors.push({ line: 1, message: "the first line is not that of a file of ids", fix: `write ${HEAD}` });
  else if (newer > FORMAT) return { posts, errors, newer };
  for (const [i, written] of lines.entries()) {
    if (i === 0 || written.trim() === "") continue;
    const add: Tell = (message, fix) => errors.push({ line: i + 1, message, fix });
    const post = parseLine(written, add);
    if (!post) continue;
    const ids = idsOf(post);
    const taken = ids.find((id) => holders.has(id));
    if (posts.has(post.key)) {
      add(`${post.key} is there twice`, "keep one of the two lines");
    } else if (taken !== undefined) {
      add(`the id ${JSON.stringify(taken)} is that of ${holders.get(taken)} already`, "give it to one of the two");
    } else {
      for (const id of ids) holders.set(id, post.key);
      posts.set(post.key, post);
    }
  }
  return { posts, errors };
}

type Tell = (message: string, fix: string) => void;

function formatOf(line: string): number | undefined {
  const value = objectOf(parseJson(line));
  const format = value?.["dripfeed"] === "ids" ? value["format"] : undefined;
  return typeof format === "number" && Number.isInteger(format) && format >= 1 ? format : undefined;
}

const EXAMPLE = `{"key":"posts/hello.md","rss":"https://example.com/?p=1","atom":"tag:example.com,2020:1"}`;
const KNOWN = ["key", "url", "id", "rss", "isPermaLink", "atom", "json", "updated"];

/** What each value must be, and how a wrong one is fixed. */
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

function parseLine(written: string, add: Tell): AdoptedPost | undefined {
  const value = objectOf(parseJson(written));
  if (!value) {
    add("the line is no JSON object", `write each post on one line: ${EXAMPLE}`);
    return undefined;
  }
  const wrong = Object.keys(value).find((name) => !KNOWN.includes(name));
  if (wrong !== undefined) {
    add(`${JSON.stringify(wrong)} is none of ${KNOWN.join(", ")}`, "remove it, or correct its name");
    return undefined;
  }
  for (const [name, [fits, fix]] of Object.entries(CHECKS)) {
    if (name in value ? fits(value[name]) : name !== "key") continue;
    add(`${name} ${name in value ? `cannot be ${JSON.stringify(value[name])}` : "is missing"}`, fix);
    return undefined;
  }
  const { key, url, id, updated, isPermaLink, ...given } = value as unknown as AdoptedPost & FormerIds;
  const ids: FormerIds = {
    ...(given.rss !== undefined && { rss: given.rss }),
    ...(given.rss !== undefined && isPermaLink && { isPermaLink }),
    ...(given.atom !== undefined && { atom: given.atom }),
    ...(given.json !== undefined && { json: given.json }),
  };
  return {
    key,
    ...(url !== undefined && { url }),
    ...(id !== undefined && { id }),
    ...(FORMATS.some((format) => ids[format] !== undefined) && { ids }),
    ...(updated !== undefined && { updated }),
  };
}

function isFilled(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}

/** XML can carry it. */
function isXml(value: unknown): boolean {
  return typeof value === "string" && isFilled(value) && value.split("\r").every((part) => xmlSafe(part) === part);
}

function isInstant(value: unknown): boolean {
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value)) return false;
  const time = Date.parse(value);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value.slice(0, -1));
}

/** `posts` with `more`: of each post and format the newer word counts, and an id goes to the post that has it now. */
export function mergeLedgers(posts: Ledger, more: Ledger): Ledger {
  const holders = new Map([...more.values()].flatMap((post) => idsOf(post).map((id) => [id, post.key] as const)));
  const merged = new Map([...posts].map(([key, post]) => [key, withoutIdsOfOthers(post, holders)]));
  for (const [key, post] of more) {
    const former = merged.get(key);
    const { isPermaLink, ...rest } = former?.ids ?? {};
    const keepsGuid = isPermaLink && post.ids?.rss === undefined;
    const ids = { ...rest, ...(keepsGuid && { isPermaLink }), ...post.ids };
    merged.set(key, { ...former, ...post, ...(Object.keys(ids).length > 0 && { ids }) });
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
