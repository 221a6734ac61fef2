/** The filters of Liquid and Nunjucks that a value may go through. */
import { escapeAttribute, escapeText, words } from "../../../../base/text.ts";
import { baseOf, joined } from "./urls.ts";

type Filter = (value: string, first: string, second: string, siteUrl: string) => string;

const absolute: Filter = (value, _first, _second, siteUrl) => {
  const path = joined(siteUrl, value);
  return path.startsWith("/") && !path.startsWith("//") ? `${baseOf(siteUrl).origin}${path}` : path;
};
const rooted: Filter = (value, _first, _second, siteUrl) => joined(siteUrl, value);

const FILTERS: ReadonlyMap<string, Filter> = new Map(
  (
    [
      ["relative_url url_for", rooted],
      ["url", (value, _first, _second, siteUrl) => (value.startsWith("/") ? joined(siteUrl, value) : value)],
      ["absolute_url absoluteUrl htmlBaseUrl full_url_for", absolute],
      ["prepend", (value, first) => first + value],
      ["append", (value, first) => value + first],
      ["replace", (value, first, second) => (first === "" ? value : value.replaceAll(first, () => second))],
      ["replace_first", (value, first, second) => value.replace(first, () => second)],
      ["remove", (value, first) => (first === "" ? value : value.replaceAll(first, ""))],
      ["remove_first", (value, first) => value.replace(first, "")],
      ["strip trim", (value) => value.trim()],
      ["lstrip", (value) => value.trimStart()],
      ["rstrip", (value) => value.trimEnd()],
      ["upcase upper", (value) => value.toUpperCase()],
      ["downcase lower", (value) => value.toLowerCase()],
      ["capitalize", (value) => value.charAt(0).toUpperCase() + value.slice(1).toLowerCase()],
      ["escape e", escapeAttribute],
      ["escape_once", (value) => escapeAttribute(value).replace(/&amp;(#?\w+;)/g, "&$1")],
      ["xml_escape", escapeText],
      ["url_encode cgi_escape", (value) => encodeURIComponent(value.toWellFormed()).replace(/%20/g, "+")],
      ["urlencode", (value) => encodeURIComponent(value.toWellFormed())],
      ["uri_escape", (value) => encodeURI(value.toWellFormed())],
      ["strip_newlines", (value) => value.replace(/\n/g, "")],
      ["normalize_whitespace", (value) => value.trim().replace(/\s+/g, " ")],
      ["safe raw markdownify smartify", (value) => value],
    ] satisfies readonly (readonly [names: string, filter: Filter])[]
  ).flatMap(([names, filter]) => words(names).map((name): [string, Filter] => [name, filter])),
);

export function filtered(
  name: string,
  value: string,
  first: string,
  second: string,
  siteUrl: string,
): string | undefined {
  if (value.length * second.length > 1_000_000) return undefined;
  const filter = FILTERS.get(name);
  if (filter) return filter(value, first, second, siteUrl);
  // An unknown filter is likely to make an address of an address, such as that of a resized image.
  return /^(?:https?:)?\/\S*$/.test(value) ? value : undefined;
}
