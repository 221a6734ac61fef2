/** Addresses of requests: decoded, and matched against aliases. Written for the CDN's runtime (see `decide.ts`). */

/** An alias, parsed once when the site is deployed. */
export interface EdgeAlias {
  /** Decoded, without a slash at either end; `*` stands for any part of a path, or any piece of one. */
  readonly path: string;
  /** Each `name=value` of its query. */
  readonly query: readonly string[];
  /** The key to serve, or a URL elsewhere; each `*` is replaced by the text that the one in `path` matched. */
  readonly to: string;
  /** For a retired address: moved permanently (301), or gone (410). */
  readonly as?: 301 | 410;
}

/** Refused in a part of a path, since a server on the way to the store could read it as another path. */
const UNSAFE = /[\u0000-\u001f\u007f/\\]|%[0-9a-f]{2}|^\.{1,2}$/i;

/** The path in Unicode (NFC); `undefined` where it is malformed, encoded twice, or leads to another folder. */
export function decodePath(path: string): string | undefined {
  try {
    const parts = path.split("/").map((part) => decodeURIComponent(part).normalize("NFC"));
    parts.map(encodeURIComponent); // throws for lone surrogates
    return path.charAt(0) === "/" && !parts.some((part) => UNSAFE.test(part)) ? parts.join("/") : undefined;
  } catch {
    return undefined;
  }
}

export const encodePath = (path: string): string => path.split("/").map(encodeURIComponent).join("/");

export const paramsOf = (query: string): readonly string[] => query.split("&").filter((param) => param !== "");

/**
 * The target of an alias for a path, with or without a slash at its end; `undefined` where the alias does not match.
 * An alias with a query matches exactly this query: `?feed=rss2&cat=3` never was the feed of the whole site. One without
 * matches any, since what is added to such an address (`?utm_source=…`) does not select a document.
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

/** A key has no empty part, no `.` and no `..`. */
export const isKey = (path: string): boolean => path.split("/").every((part) => !/^\.{0,2}$/.test(part));

/** Adds to `kept` the text that the `*` of a part matches. */
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

/** As slugs are spelt: a former system may have had `Machine_Learning`. */
const folded = (piece: string): string =>
  piece
    .toLowerCase()
    .normalize("NFC")
    .replace(/[\s_-]+/g, "-");
