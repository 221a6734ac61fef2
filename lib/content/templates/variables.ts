/** `{{ expression | filter }}` of Liquid and Nunjucks, as far as a post and its site's address can answer it. */
import { escapeAttribute, escapeText } from "../html/html.ts";
import { unquoted } from "./arguments.ts";
import type { TemplateContext } from "./expand.ts";
import { baseOf, joined } from "./urls.ts";

const OPERAND = /^(?:"[^"]*"|'[^']*'|-?\d+(?:\.\d+)?(?![^\s|])|[A-Za-z_$][\w$-]*(?:\.[\w$-]+|\[[^\]\n]*\])*)/;

/** Whether it can be meant for a generator at all: `{{1, 2}, {3, 4}}` is text. */
export function isExpression(text: string): boolean {
  const expression = text.trim();
  const operand = OPERAND.exec(expression)?.[0];
  if (operand === undefined) return expression === "";
  const rest = expression.slice(operand.length).trimStart();
  return rest === "" || /^["'\d]/.test(operand) === false || /^[|~+*/?-]|^(?:if|and|or)\b/.test(rest);
}

/** No value is longer: names that are put into one another would grow without end. */
export const LONGEST_VALUE = 20_000;

/** `undefined` when it cannot be told. */
export function evaluate(
  text: string,
  context: TemplateContext,
  named: ReadonlyMap<string, string>,
): string | undefined {
  const [expression = "", ...filters] = splitAtPipes(text);
  let value = operandOf(expression.trim(), context, named);
  for (const filter of filters) {
    const [opening = "", name = ""] = /^\s*([\w$]+)\s*[:(]?/.exec(filter) ?? [];
    const written = filter.slice(opening.length).match(/"[^"]*"|'[^']*'|[^\s,()"']+/g) ?? [];
    const [first, second] = written.map((word) => operandOf(word, context, named));
    if (name === "default" || name === "d") value = value === undefined || value === "" ? first : value;
    else if (value !== undefined) value = filtered(name, value, first ?? "", second ?? "", context.siteUrl);
    if (value !== undefined && value.length > LONGEST_VALUE) return undefined;
  }
  return value;
}

function filtered(name: string, value: string, first: string, second: string, siteUrl: string): string | undefined {
  if (value.length * second.length > 1_000_000) return undefined;
  const filter = FILTERS.get(name);
  if (filter) return filter(value, first, second, siteUrl);
  // What an unknown filter makes of an address is likely to be an address like it.
  return /^(?:https?:)?\/\S*$/.test(value) ? value : undefined;
}

/** A text in which `{{ expression }}` may stand, as among the arguments of a tag. */
export function evaluateWithin(text: string, context: TemplateContext, named: ReadonlyMap<string, string>): string {
  if (!text.includes("{{")) return text;
  return text.replace(/\{\{([^{}]*)\}\}/g, (_, expression: string) => evaluate(expression, context, named) ?? "");
}

function splitAtPipes(text: string): readonly string[] {
  return (text.match(/"[^"]*"|'[^']*'|\||[^|"']+|["']/g) ?? []).reduce<string[]>(
    (parts, piece) => {
      if (piece === "|") parts.push("");
      else parts.push(`${parts.pop() ?? ""}${piece}`);
      return parts;
    },
    [""],
  );
}

function operandOf(text: string, context: TemplateContext, named: ReadonlyMap<string, string>): string | undefined {
  if (/^(["'])[\s\S]*\1$/.test(text) && text.length > 1) return unquoted(text);
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return text;
  if (!/^[A-Za-z_$][\w$.-]*$/.test(text)) return undefined;
  return named.get(text) ?? siteValue(text, context) ?? frontMatterValue(text, context);
}

const PAGE = /^(?:page|post|frontmatter|data|this)\.([\w.-]+)$/;

function frontMatterValue(path: string, { values, dialect }: TemplateContext): string | undefined {
  const own = PAGE.exec(path)?.[1] ?? (dialect === "plain" ? undefined : path);
  return own === undefined ? undefined : values.get(own.toLowerCase());
}

function siteValue(path: string, { dialect, siteUrl }: TemplateContext): string | undefined {
  const { origin, base } = baseOf(siteUrl);
  switch (path) {
    // Jekyll's address ends where its base begins; the others' has the base in it.
    case "site.url":
      return dialect === "jekyll" || dialect === "plain" ? origin : `${origin}${base}`;
    case "site.baseurl":
    case "site.base_url":
      return dialect === "eleventy" ? `${origin}${base}` : base;
    case "site.github.url":
    case "config.url":
    case "metadata.url":
    case "meta.url":
    case "site.baseUrl":
      return `${origin}${base}`;
    case "config.root":
    case "site.root":
      return `${base}/`;
    default:
      return undefined;
  }
}

type Filter = (value: string, first: string, second: string, siteUrl: string) => string;

const absolute: Filter = (value, _first, _second, siteUrl) => {
  const path = joined(siteUrl, value);
  return path.startsWith("/") && !path.startsWith("//") ? `${baseOf(siteUrl).origin}${path}` : path;
};
const rooted: Filter = (value, _first, _second, siteUrl) => joined(siteUrl, value);
const same: Filter = (value) => value;

const FILTERS: ReadonlyMap<string, Filter> = new Map<string, Filter>([
  ["relative_url", rooted],
  ["url", (value, _first, _second, siteUrl) => (value.startsWith("/") ? joined(siteUrl, value) : value)],
  ["url_for", rooted],
  ["absolute_url", absolute],
  ["absoluteUrl", absolute],
  ["htmlBaseUrl", absolute],
  ["full_url_for", absolute],
  ["prepend", (value, first) => first + value],
  ["append", (value, first) => value + first],
  ["replace", (value, first, second) => (first === "" ? value : value.replaceAll(first, () => second))],
  ["replace_first", (value, first, second) => value.replace(first, () => second)],
  ["remove", (value, first) => (first === "" ? value : value.replaceAll(first, ""))],
  ["remove_first", (value, first) => value.replace(first, "")],
  ["strip", (value) => value.trim()],
  ["trim", (value) => value.trim()],
  ["lstrip", (value) => value.trimStart()],
  ["rstrip", (value) => value.trimEnd()],
  ["upcase", (value) => value.toUpperCase()],
  ["upper", (value) => value.toUpperCase()],
  ["downcase", (value) => value.toLowerCase()],
  ["lower", (value) => value.toLowerCase()],
  ["capitalize", (value) => value.charAt(0).toUpperCase() + value.slice(1).toLowerCase()],
  ["escape", escapeAttribute],
  ["escape_once", (value) => escapeAttribute(value).replace(/&amp;(#?\w+;)/g, "&$1")],
  ["xml_escape", escapeText],
  ["e", escapeAttribute],
  ["url_encode", (value) => encodeURIComponent(value.toWellFormed()).replace(/%20/g, "+")],
  ["cgi_escape", (value) => encodeURIComponent(value.toWellFormed()).replace(/%20/g, "+")],
  ["urlencode", (value) => encodeURIComponent(value.toWellFormed())],
  ["uri_escape", (value) => encodeURI(value.toWellFormed())],
  ["strip_newlines", (value) => value.replace(/\n/g, "")],
  ["normalize_whitespace", (value) => value.trim().replace(/\s+/g, " ")],
  ["safe", same],
  ["raw", same],
  ["markdownify", same],
  ["smartify", same],
]);
