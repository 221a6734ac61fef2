/** Single values of a log: agents, hosts, numbers, ranges. */
import { memoisedTexts } from "../../base/memoised.ts";
import type { LoggedRange } from "../types.ts";
import { percentDecoded } from "./escapes.ts";

/** Agents repeat: a site has some thousands, however many requests. */
const AGENTS = { most: 4096, longest: 512 };

type AgentDecoder = (raw: string) => string;

/** What V8 cuts from a text keeps all of that text, here thousands of lines: so the agent is copied. */
const decoderOf = (decode: AgentDecoder): AgentDecoder => memoisedTexts((raw) => copied(decode(raw)), AGENTS);

const copied = (text: string): string => Buffer.from(text).toString();

/** Of a column in which a hyphen is an empty value. */
export const plainAgent = (decode: (raw: string) => string): AgentDecoder =>
  decoderOf((raw) => (raw === "-" ? "" : decode(raw)));

/**
 * CloudFront percent-encodes agents, and some of its versions do so twice (`%2520`). One with a blank was not encoded; one in which
 * the first decoding leaves `%20` and no blank was encoded twice.
 */
export const cloudFrontAgent: AgentDecoder = decoderOf((raw) => {
  if (raw === "-") return "";
  if (raw.includes(" ")) return raw;
  const once = percentDecoded(raw);
  return once.includes("%20") && !once.includes(" ") ? percentDecoded(once) : once;
});

/** In lower case, without the port; `undefined` for `-` and nothing. Most requests have the host of the one before. */
export function hostReader(): (raw: string) => string | undefined {
  let last = "";
  let host: string | undefined;
  return (raw) => {
    if (raw === last) return host;
    last = raw;
    const name = raw.toLowerCase().replace(/:\d{1,5}$/, "");
    host = name === "" || name === "-" ? undefined : name;
    return host;
  };
}

const MAX_DIGITS = 15;

/** The digits from `from` up to `to` as a number; `empty` if there is a hyphen, -1 if there is anything else. */
export function numberIn(text: string, from: number, to: number, empty: number): number {
  if (to - from === 1 && text.charCodeAt(from) === 0x2d) return empty;
  if (to <= from || to - from > MAX_DIGITS) return -1;
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** 0 for `000` and `-`: the client left before it was answered. -1 for what is no status. */
export function statusIn(text: string, from: number, to: number): number {
  return to - from > 3 ? -1 : numberIn(text, from, to, 0);
}

/** Of the first byte and the last one, where that is known: without the first there is no range. */
export function rangeOf(start: string, end: string): LoggedRange | undefined {
  const first = numberIn(start, 0, start.length, -1);
  if (first < 0) return undefined;
  const last = numberIn(end, 0, end.length, -1);
  if (last < 0) return { start: first, end: undefined };
  return last < first ? undefined : { start: first, end: last };
}
