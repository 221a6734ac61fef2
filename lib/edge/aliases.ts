/** Aliases, retired addresses and renamed channels: former path → what is there now. Written for the CDN's runtime. */
import { encodePath, isKey, isUrl, starIn } from "./address.ts";
import { type Edge, splitKey } from "./folders.ts";
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
  const text = starIn(wanted, given);
  if (text !== undefined) kept.push(folded(text));
  return text !== undefined || (wanted === given && wanted.indexOf("*") < 0);
}

/** As slugs are spelt: a former system may have had `Machine_Learning`. */
const folded = (piece: string): string => piece.toLowerCase().replace(/[\s_-]+/g, "-");

/**
 * The key under which a document of a renamed channel is now; of a category, also everything below it. Feeds and pages, the page
 * also by its folder, with and without the slash.
 */
export function renamedKey(key: string, edge: Edge): string | undefined {
  const renamed = edge.renamed;
  if (renamed === "") return undefined;
  const given = splitKey(key);
  const isFolder = given.file !== "" && given.file.indexOf(".") === -1;
  const at = isFolder || key === "" ? splitKey(`${key}/`) : given;
  if (at.file !== "" && edge.files.indexOf(at.file) < 0) return undefined;
  const folder = at.folder;
  const itself = lookUp(renamed, folder.slice(0, -1));
  if (itself !== undefined) return `${itself}/${at.file}`;
  for (let end = folder.length - 1; end > 0; end = folder.lastIndexOf("/", end - 1)) {
    const category = lookUp(renamed, `${folder.slice(0, end)}/*`);
    if (category !== undefined) return category + folder.slice(end) + at.file;
  }
  return undefined;
}
