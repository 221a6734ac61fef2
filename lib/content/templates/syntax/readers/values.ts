/** Reads `{{ value }}`. */

import { matchAt } from "../match.ts";
import type { Reader } from "../reader.ts";
import { BLANK_LINE, endOf, LONGEST } from "./ending.ts";

const OPERAND = /^(?:"[^"]*"|'[^']*'|-?\d+(?:\.\d+)?(?![^\s|])|[A-Za-z_$][\w$-]*(?:\.[\w$-]+|\[[^\]\n]*\])*)/;

/** Whether a generator could evaluate it: `{{1, 2}, {3, 4}}` is text. */
export function isExpression(text: string): boolean {
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
export function valueReader(isKnown: (expression: string) => boolean): Reader {
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
