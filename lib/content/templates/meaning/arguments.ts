/** The arguments of a construct, with names in them replaced by their values. */
import { parseArguments } from "../syntax/arguments.ts";
import type { Arguments, PlacedConstruct, Tools } from "../types.ts";
import { propertiesOf } from "./mdx/properties.ts";
import { evaluate, evaluateWithin } from "./values/variables.ts";

export function argumentsOf({ family, rest }: PlacedConstruct, tools: Tools): Arguments {
  if (family === "component" || family === "element") return propertiesOf(rest, tools);
  if (family === "shortcode") return parseArguments(rest, { hasColons: false });
  const { context, named } = tools;
  const meaning = (value: string, isQuoted: boolean): string => {
    if (isQuoted) return evaluateWithin(value, tools);
    // Tags of Eleventy may name a value of the front matter without an object before it.
    const isGiven = context.dialect === "eleventy" && context.values.has(value.toLowerCase());
    const isName = isGiven || /^(?:page|site|post|include)\.[\w.]+$/.test(value) || named.has(value);
    return isName ? (evaluate(value, tools) ?? value) : value;
  };
  return parseArguments(rest, { hasColons: true, meaning });
}
