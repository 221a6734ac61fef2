/** Aliases, retired addresses and renamed channels: former path → what is there now. Written for the CDN's runtime. */
import { encodePath, isKey, isUrl } from "./address.ts";
import { FEEDS, PAGE, splitKey } from "./folders.ts";
import { eachRow, lookUp, type Table } from "./tables.ts";

/**
 * What a row of an alias has as its value, before its target: a key or, of a retired address, also a URL elsewhere. Each `*` of
 * a target is replaced by the text that the one in the name matched.
 */
export const SERVE = "=";
export const MOVED = ">";
export const GONE = "!";

/** A slash at the end makes no difference. */
export const aliasAt = (aliases: Table, path: string): string | undefined => lookUp(aliases, path.replace(/\/$/, ""));

/**
 * The first alias with `*` or a query that fits. Names are `query path`. One with a query fits exactly this query:
 * `?feed=rss2&cat=3` never was the feed of the whole site. One without fits any, since what is added to such an address
 * (`?utm_source=…`) does not select a document.
 */
export function patternAt(
  patterns: Table,
  path: string,
  params: readonly string[],
  withQuery: boolean,
): string | undefined {
  const query = withQuery ? params.slice().sort().join("&") : "";
  if (withQuery && query === "") return undefined;
  return eachRow(patterns, (name, value) => {
    const end = name.indexOf(" ");
    return name.slice(0, end) === query ? filled(name.slice(end + 1), path, value) : undefined;
  });
}

function filled(pattern: string, path: string, value: string): string | undefined {
  const wanted = pattern.split("/");
  const given = path.replace(/\/$/, "").split("/");
  if (wanted.length !== given.length) return undefined;
  const kept: string[] = [];
  if (!wanted.every((part, i) => fitsPart(part, given[i] || "", kept))) return undefined;
  const isElsewhere = isUrl(value.slice(1));
  const target = value
    .split("*")
    .map((piece, i) => (i === 0 ? piece : (isElsewhere ? encodePath(kept[i - 1] || "") : kept[i - 1] || "") + piece))
    .join("");
  return target === GONE || isElsewhere || isKey(target.slice(1)) ? target : undefined;
}

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
const folded = (piece: string): string => piece.toLowerCase().replace(/[\s_-]+/g, "-");

/**
 * The key under which a document of a renamed channel is now; of a category, also everything below it. Feeds and pages, the page
 * also by its folder, with and without the slash.
 */
export function renamedKey(renamed: Table, key: string): string | undefined {
  if (renamed === "") return undefined;
  const given = splitKey(key);
  const isFolder = given.file !== "" && given.file.indexOf(".") === -1;
  const at = isFolder || key === "" ? splitKey(`${key}/`) : given;
  if (at.file !== "" && at.file !== PAGE && !FEEDS.some((feed) => feed.file === at.file)) return undefined;
  const folder = at.folder;
  let end = folder.length - 1;
  do {
    const now = lookUp(renamed, folder.slice(0, end));
    if (now !== undefined) return now + folder.slice(end) + at.file;
    end = folder.lastIndexOf("/", end - 1);
  } while (end > 0 && /^categories\//.test(folder));
  return undefined;
}
