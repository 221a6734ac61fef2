/** Evaluates `{{ expression | filter }}` of Liquid and Nunjucks, from the front matter and the address of the site. */
import { unquoted } from "../../syntax/arguments.ts";
import type { TemplateContext, Tools } from "../../types.ts";
import { hasMarkdown } from "../output.ts";
import { filtered } from "./filters.ts";
import { fixOfValue, ownValue } from "./own.ts";
import { baseOf } from "./urls.ts";

/** The longest value that is kept: values that contain one another could grow without end. */
export const LONGEST_VALUE = 20_000;

type Known = Pick<Tools, "context" | "named" | "filtering" | "given">;

/** `undefined` when it is not known. */
export function evaluate(text: string, known: Known): string | undefined {
  const { context, filtering } = known;
  const [expression = "", ...filters] = splitAtPipes(text);
  let value = operandOf(expression.trim(), known);
  for (const filter of filters) {
    const [opening = "", name = ""] = /^\s*([\w$]+)\s*[:(]?/.exec(filter) ?? [];
    const written = filter.slice(opening.length).match(/"[^"]*"|'[^']*'|[^\s,()"']+/g) ?? [];
    const [first, second] = written.slice(0, 2).map((word) => operandOf(word, known));
    filtering.left -= value?.length ?? 0;
    if (filtering.left < 0) return undefined;
    if (name === "default" || name === "d") value = value === undefined || value === "" ? first : value;
    else if (value !== undefined) value = filtered(name, value, first ?? "", second ?? "", context.siteUrl);
    if (value !== undefined && value.length > LONGEST_VALUE) return undefined;
  }
  return value;
}

/** The text that stands in place of `{{ expression }}`. */
export function valueText(expression: string, isHtml: boolean, tools: Tools): string {
  const value = evaluate(expression, tools);
  if (value === undefined) {
    tools.warn(`${tools.written} is not known to feeds`, "template-unknown", { fix: fixOfValue(expression) });
    return tools.lost;
  }
  // Of what stands beside HTML, Markdown is read only between blank lines.
  const isApart = isHtml && value !== "" && hasMarkdown(value) && /\|\s*markdownify\b/.test(expression);
  return isApart ? `\n\n${value.trim()}\n\n` : value;
}

/** A text with each `{{ expression }}` in it replaced, as in the arguments of a tag. */
export function evaluateWithin(text: string, known: Known): string {
  if (!text.includes("{{")) return text;
  return text.replace(/\{\{([^{}]*)\}\}/g, (_, expression: string) => evaluate(expression, known) ?? "");
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

function operandOf(text: string, { context, named, given }: Known): string | undefined {
  if (/^(["'])[\s\S]*\1$/.test(text) && text.length > 1) return unquoted(text);
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return text;
  if (!/^[A-Za-z_$][\w$.-]*$/.test(text)) return undefined;
  const argument = /^include\.(.+)$/.exec(text)?.[1];
  // Liquid shows nothing in place of an argument that an include was not given.
  if (given && argument !== undefined) return given.get(argument.toLowerCase()) ?? "";
  return (
    named.get(text) ??
    given?.get(text.toLowerCase()) ??
    ownValue(text, context) ??
    siteValue(text, context) ??
    frontMatterValue(text, context)
  );
}

const PAGE = /^(?:page|post|(?:\$page\.)?\$?frontmatter|\$page|data|this)\.([\w.-]+)$/;

function frontMatterValue(path: string, { values, dialect }: TemplateContext): string | undefined {
  const own = PAGE.exec(path)?.[1] ?? (dialect === "plain" ? undefined : path);
  return own === undefined ? undefined : values.get(own.toLowerCase());
}

function siteValue(path: string, { dialect, siteUrl }: TemplateContext): string | undefined {
  if (!/^(?:site|config|metadata|meta)\./.test(path)) return undefined;
  const { origin, base } = baseOf(siteUrl);
  switch (path) {
    // Jekyll's `site.url` is without the base URL; that of the others includes it.
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
