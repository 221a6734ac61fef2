/** Web and mail addresses that are written without marks: where they may begin, and where they end. */
import { Lexer } from "marked";
import { indexFrom, type Reading } from "./reading.ts";
import type { RuleChange } from "./rules.ts";

const PUNCTUATION =
  "\\u2018\\u2019\\u201c\\u201d\\u3001\\u3002\\u3008-\\u3011\\uff01\\uff08\\uff09\\uff0c\\uff1a\\uff1b\\uff1f";

const { source, flags } = Lexer.rules.inline.gfm.url;
const CJK_URL = new RegExp(source.replace("[^\\s<]*", `[^\\s<${PUNCTUATION}]*`), flags);

const URL_END = /[\s<]/g;
const CJK_URL_END = new RegExp(`[\\s<${PUNCTUATION}]`, "g");

const URL_TO_PUNCTUATION = new RegExp(`(?:://|www\\.)[^\\s<${PUNCTUATION}]*`, "gi");
const IS_PUNCTUATION = new RegExp(`[${PUNCTUATION}]`);

function hasCjkAfterAddress(markdown: string): boolean {
  URL_TO_PUNCTUATION.lastIndex = 0;
  while (URL_TO_PUNCTUATION.test(markdown)) {
    if (IS_PUNCTUATION.test(markdown.charAt(URL_TO_PUNCTUATION.lastIndex))) return true;
  }
  return false;
}

/** A URL that Chinese follows without a space, `见https://a.example。谢谢`: only the URL becomes a link. */
export const cjkAddresses: RuleChange = {
  isNeeded: hasCjkAfterAddress,
  change: (rules) => ({ ...rules, inline: { ...rules.inline, url: CJK_URL } }),
};

/** A web address, or the protocol of a mail address. */
const ADDRESS = /^(?:[hH][tT][tT][pP][sS]?:\/\/|[fF][tT][pP]:\/\/|www\.|mailto:|xmpp:)/;

const INITIALS: ReadonlySet<number> = new Set([..."hHfFwmx"].map((letter) => letter.charCodeAt(0)));

export const beginsAddress = (text: string): boolean => INITIALS.has(text.charCodeAt(0)) && ADDRESS.test(text);

/**
 * Where the address at a position ends at the latest: before a parenthesis that the address does not close.
 * `rule` is marked's or ours.
 */
export function endOfAddress(line: Reading, at: number, rule: RegExp): number {
  const end = line.next(rule === CJK_URL ? CJK_URL_END : URL_END, at);
  for (let open = line.next("(", at); open < end; ) {
    const close = line.next(")", open);
    if (close >= end) return open;
    open = line.next("(", close);
  }
  return end;
}

const TRAILING = /[?!.,:;*_'"~)]/;

/** An address without the punctuation and the entities at its end (GFM §6.9, extended autolink path validation). */
export function withoutTrailing(address: string): string {
  let [least, end] = groupsOf(address);
  while (end > least) {
    const entity = startOfEntity(address, end);
    if (entity >= least) end = entity;
    else if (TRAILING.test(address.charAt(end - 1))) end -= 1;
    else break;
  }
  return address.slice(0, end);
}

/** Behind the last pair of parentheses, and before the first one that is not closed. */
function groupsOf(address: string): [closed: number, end: number] {
  let closed = 0;
  for (;;) {
    const open = address.indexOf("(", closed);
    const close = address.indexOf(")", open);
    if (open === -1) return [closed, address.length];
    if (close === -1) return [closed, open];
    closed = close + 1;
  }
}

/** Where `&name;` begins that ends at a position; -1 if none does. */
function startOfEntity(text: string, end: number): number {
  if (text.charAt(end - 1) !== ";") return -1;
  let at = end - 2;
  while (/[a-zA-Z0-9]/.test(text.charAt(at))) at -= 1;
  return at < end - 2 && text.charAt(at) === "&" ? at : -1;
}

/** The part of a mail address before its `@`. */
interface Mail {
  readonly from: number;
  readonly to: number;
}

interface Addresses {
  /** Where mail addresses begin, in their order. */
  readonly mails: readonly Mail[];
  readonly ends: readonly number[];
  /** Where a text ends because something may begin that marked finds only beside an `@`. */
  readonly stops: readonly Stop[];
  readonly stopsAt: readonly number[];
}

/** A text that ends before `to` does not stop there. */
interface Stop {
  readonly at: number;
  readonly to: number;
}

const DOMAIN = /@[a-zA-Z0-9-_]+(?:\.[a-zA-Z0-9-_]*[a-zA-Z0-9])+(?![\w-])/y;
const LOCAL = /[A-Za-z0-9._+-]/;
/** What marked reads one by one before an `@`. */
const BEFORE_AT = /[a-zA-Z0-9.!#$%&'*+/=?_`{|}~-]/;

const NONE: Addresses = { mails: [], ends: [], stops: [], stopsAt: [] };

export function addressesIn(text: string): Addresses {
  if (!text.includes("@")) return NONE;
  const mails: Mail[] = [];
  const stops: Stop[] = [];
  for (let to = text.indexOf("@"); to !== -1; to = text.indexOf("@", to + 1)) {
    const start = startOf(text, to, BEFORE_AT);
    for (const { index } of text.slice(start, to).matchAll(/www\./g)) stops.push({ at: start + index, to });
    const from = startOf(text, to, LOCAL);
    DOMAIN.lastIndex = to;
    if (from === to || !DOMAIN.test(text)) continue;
    mails.push({ from, to });
    stops.push({ at: from, to });
  }
  for (const { index } of text.matchAll(/(?<![a-zA-Z0-9]|(?<!\\)(?:``|~~))(?:mailto|xmpp):/g))
    stops.push({ at: index, to: index });
  stops.sort((a, b) => a.at - b.at);
  return { mails, ends: mails.map(({ to }) => to), stops, stopsAt: stops.map(({ at }) => at) };
}

function startOf(text: string, end: number, characters: RegExp): number {
  let at = end;
  while (at > 0 && characters.test(text.charAt(at - 1))) at -= 1;
  return at;
}

/** Where a text that begins at `from` and may go on to `to` ends at the latest. */
export function stopOf(line: Reading, from: number, to: number): number {
  const { stops, stopsAt } = line.once(addressesIn);
  const stop = stops[indexFrom(stopsAt, from + 1)];
  return stop && stop.to < to ? stop.at : to;
}

/** Whether a position is in the part of a mail address before its `@`. */
export function isInMail(line: Reading, at: number): boolean {
  const { mails, ends } = line.once(addressesIn);
  const mail = mails[indexFrom(ends, at + 1)];
  return mail !== undefined && mail.from <= at;
}
