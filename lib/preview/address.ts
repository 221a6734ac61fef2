/** Addresses as they are asked for: decoded, and compared with the aliases. Written for the CDN's runtime, as `decide`. */

/** An alias, taken apart once so that the edge need not. */
export interface EdgeAlias {
  /** Decoded, without a slash at its ends; `*` is any part of a path, or any piece of one. */
  readonly path: string;
  /** Each `name=value` of its query. */
  readonly query: readonly string[];
  /** The key that answers, or a URL elsewhere; each `*` is filled with what the one of `path` stood for. */
  readonly to: string;
  /** Retired: it has moved for good (301), or is gone (410). */
  readonly as?: 301 | 410;
}

/** Refused in a part of a path: what some server between here and the store could take for another path. */
const UNSAFE = /[\u0000-\u001f\u007f/\\]|%[0-9a-f]{2}|^\.{1,2}$/i;

/** The path in Unicode (NFC); nothing where it is malformed, escaped twice, or leads somewhere else. */
export function decodePath(path: string): string | undefined {
  try {
    const parts = path.split("/").map((part) => decodeURIComponent(part).normalize("NFC"));
    parts.map(encodeURIComponent); // refuses lone surrogates
    return path.charAt(0) === "/" && !parts.some((part) => UNSAFE.test(part)) ? parts.join("/") : undefined;
  } catch {
    return undefined;
  }
}

export const encodePath = (path: string): string => path.split("/").map(encodeURIComponent).join("/");

export const paramsOf = (query: string): readonly string[] => query.split("&").filter((param) => param !== "");

/**
 * The key that an alias gives for a path, with or without a slash at its end; nothing where it is about another one.
 * An alias with a query is meant with exactly this query: `?feed=rss2&cat=3` was never the feed of the whole site.
 * One without is meant with any, since what was added there (`?utm_source=…`) said nothing about the document.
 */
export function aliasTarget(alias: EdgeAlias, path: string, params: readonly string[]): string | undefined {
  const hasQuery = alias.query.length === params.length && alias.query.every((param) => params.indexOf(param) >= 0);
  if (alias.query.length > 0 && !hasQuery) return undefined;
  const wanted = alias.path.split("/");
  const given = path.replace(/\/$/, "").split("/");
  if (wanted.length !== given.length) return undefined;
  const kept: string[] = [];
  if (!wanted.every((part, i) => fitsPart(part, given[i] || "", kept))) return undefined;
  const isElsewhere = isUrl(alias.to);
  const target = alias.to
    .split("*")
    .map((piece, i) => (i === 0 ? piece : `${isElsewhere ? encodePath(kept[i - 1] || "") : kept[i - 1] || ""}${piece}`))
    .join("");
  return alias.as === 410 || isElsewhere || isKey(target) ? target : undefined;
}

export const isUrl = (target: string): boolean => /^https?:\/\//.test(target);

/** No part of a key is empty or leads elsewhere. */
export const isKey = (path: string): boolean => path.split("/").every((part) => !/^\.{0,2}$/.test(part));

/** Adds what the `*` of a part stands for. */
function fitsPart(wanted: string, given: string, kept: string[]): boolean {
  const star = wanted.indexOf("*");
  if (star < 0) return wanted === given;
  const before = wanted.slice(0, star);
  const after = wanted.slice(star + 1);
  if (given.length <= before.length + after.length) return false;
  if (given.slice(0, star) !== before || given.slice(given.length - after.length) !== after) return false;
  kept.push(folded(given.slice(star, given.length - after.length)));
  return true;
}

/** As slugs are: a former system may have written `Machine_Learning`. */
const folded = (piece: string): string =>
  piece
    .toLowerCase()
    .normalize("NFC")
    .replace(/[\s_-]+/g, "-");
