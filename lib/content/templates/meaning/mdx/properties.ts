/** The properties of JSX tags, as far as their values are known. */
import { type JsxTag, type Property, patienceOf, readJsxTag } from "../../syntax/readers/jsx.ts";
import type { Arguments, Tools } from "../../types.ts";
import { expressionValue } from "./expressions.ts";

const NO_PATIENCE_NEEDED = 1_000_000;

/** Parses a tag that was found by the scan. */
export const tagOf = (written: string): JsxTag | undefined => readJsxTag(written, 0, patienceOf(NO_PATIENCE_NEEDED));

export const textOf = (property: Property, tools: Tools): string | undefined => {
  if (property === true) return "true";
  return "text" in property ? property.text : expressionValue(property.expression, tools);
};

export function propertiesOf(written: string, tools: Tools): Arguments {
  const named = new Map<string, string>();
  for (const [name, property] of tagOf(written)?.properties ?? []) {
    const value = textOf(property, tools);
    if (value !== undefined) named.set(name.toLowerCase(), value);
  }
  return { raw: "", words: [], named };
}
