/** The owner's values of the site, `variables:` in `site.yaml`. */
import type { TemplateContext } from "../../types.ts";

const OBJECT = /^(?:site|config|metadata|meta)\.([\w.-]+)$/;

/** In the templates of Hexo and Eleventy, values of the site may have no object before them. */
export function ownValue(path: string, { variables, values, dialect }: TemplateContext): string | undefined {
  if (variables === undefined) return undefined;
  const own = OBJECT.exec(path)?.[1];
  if (own !== undefined) return ownAt(variables, own) ?? ownAt(variables, own.replace(/^params\./i, ""));
  const isBare = (dialect === "hexo" || dialect === "eleventy") && !values.has(path.toLowerCase());
  return isBare ? ownAt(variables, path) : undefined;
}

export function ownAt(variables: TemplateContext["variables"], path: string): string | undefined {
  const key = path.toLowerCase();
  return variables !== undefined && Object.hasOwn(variables, key) ? variables[key] : undefined;
}

/** Levels of a path that a line is written for. */
const DEEPEST = 5;

/** The lines for `site.yaml` that give an expression its value. */
export function fixOfValue(expression: string): string | undefined {
  const path = OBJECT.exec(/^[\w.$-]{1,200}/.exec(expression)?.[0] ?? "")?.[1];
  return path === undefined ? undefined : fixOfPath(path);
}

export function fixOfPath(path: string): string | undefined {
  const names = path.split(".");
  if (names.length > DEEPEST || names.includes("")) return undefined;
  const written = names.reduceRight((inner, name) => `${name}: ${inner.startsWith("…") ? inner : `{ ${inner} }`}`, "…");
  return `under \`variables:\` in site.yaml, add \`${written}\` with its value; or write the value itself`;
}
