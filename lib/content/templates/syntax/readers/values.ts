/** Reads `{{ value }}`. */
import { matchAt } from "../../../match.ts";
import type { TemplateContext } from "../../types.ts";
import type { Reader } from "../reader.ts";
import { BLANK_LINE, endOf, LONGEST } from "./ending.ts";

const OPERAND = /^(?:"[^"]*"|'[^']*'|-?\d+(?:\.\d+)?(?![^\s|])|[A-Za-z_$][\w$-]*(?:\.[\w$-]+|\[[^\]\n]*\])*)/;

/** Whether a generator could evaluate it: `{{1, 2}, {3, 4}}` is text. */
function isExpression(text: string): boolean {
  const expression = text.trim();
  const operand = OPERAND.exec(expression)?.[0];
  if (operand === undefined) return expression === "";
  const rest = expression.slice(operand.length).trimStart();
  return rest === "" || /^["'\d]/.test(operand) === false || /^[|~+*/?-]|^(?:if|and|or)\b/.test(rest);
}

/** A value followed by filters, the only expression that may contain a blank line: any other is two paragraphs. */
const FILTERED = /^(?:"[^"]*"|'[^']*'|[\w$.[\]-]+)\s*\|/;
const VALUE = /\{\{-?\s{0,99}(?=["'\w$}-])/y;

/** Reads `{{ expression }}`, of the expressions that `isKnown` accepts; any other is text. */
function valueReader(isKnown: (expression: string) => boolean): Reader {
  return (position) => {
    const { source, at, find } = position;
    if (source[at - 1] === "{" || !matchAt(VALUE, source, at)) return undefined;
    const first = find.text("}}", at + 2);
    const close = first < 0 || first > at + LONGEST ? undefined : endOf(position, at + 2, "}}", "{{");
    if (close === undefined) return undefined;
    const expression = source
      .slice(at + 2, close)
      .replace(/^-|-$/g, "")
      .trim();
    if (!isExpression(expression) || !isKnown(expression)) return undefined;
    if (BLANK_LINE.test(expression) && !FILTERED.test(expression)) return undefined;
    return { family: "value", role: "whole", name: expression, rest: expression, start: at, end: close + 2 };
  };
}

export const anyValue = valueReader(() => true);

/** Of an unknown generator, only expressions that cannot be meant as text. */
export const siteValue = valueReader((expression) =>
  /^(?:\$?frontmatter\.\w+|site\.(?:url|baseurl|base_url|github\.url)|page\.\w+|config\.(?:url|root))\b|\|\s*(?:relative_url|absolute_url|url)\b|\bsite\.(?:base)?url\b/.test(
    expression,
  ),
);

/** `{{ .Site.Params.name }}` of Hugo. */
const PARAM = /\{\{-?[ \t]{0,9}(?:\$?\.Site|site)\.Params\.([\w.]{1,200})[ \t]{0,9}-?\}\}/y;

/** `{{ site.name }}` of the owner's values, which other generators would show as text, but the owner has given it a meaning. */
export function ownReader(variables: NonNullable<TemplateContext["variables"]>): Reader {
  const read = valueReader((expression) => {
    const [, path = ""] = /^(?:site|config)\.([\w.-]{1,200})/.exec(expression) ?? [];
    return Object.hasOwn(variables, path.toLowerCase());
  });
  return (position) => {
    const { source, at } = position;
    const [written = "", path = ""] = matchAt(PARAM, source, at) ?? [];
    const key = path.toLowerCase();
    const own = [key, `params.${key}`].find((each) => Object.hasOwn(variables, each));
    if (written === "" || own === undefined) return read(position);
    return { family: "value", role: "whole", name: own, rest: `site.${own}`, start: at, end: at + written.length };
  };
}
