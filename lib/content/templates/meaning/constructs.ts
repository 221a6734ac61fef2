/** Renders a construct by its name in the table of its language, or else by the one address among its arguments. */
import { foldedName } from "../../../base/names.ts";
import { parseArguments } from "../syntax/arguments.ts";
import type { Arguments, Call, Output, PlacedConstruct, Render, TemplateContext, Tools } from "../types.ts";
import { table } from "./call.ts";
import { renderContainer } from "./containers.ts";
import { INCLUDES, INCLUDING_SHORTCODES, importedFile, include } from "./includes.ts";
import { propertiesOf } from "./mdx/properties.ts";
import { ownOutput } from "./owner.ts";
import { SHARED } from "./shared.ts";
import { SHORTCODES } from "./shortcodes.ts";
import { TAGS } from "./tags/tags.ts";
import { linkOf } from "./unknown.ts";
import { evaluate, evaluateWithin } from "./values/variables.ts";

export function outputOf(
  construct: PlacedConstruct,
  use: Pick<Call, "body" | "isAlone" | "isHtml">,
  tools: Tools,
): Output {
  const { family, name } = construct;
  const kind = family === "tag" ? family : family === "component" || family === "element" ? "component" : "shortcode";
  if (family === "container") return renderContainer(construct, { ...use, kind }, tools);
  const call: Call = { ...use, kind, key: foldedName(name), args: argumentsOf(construct, tools) };
  return (
    (isInclude(construct) ? undefined : ownOutput([name], call, tools)) ??
    (family === "component" ? importedFile(name, call, tools) : undefined) ??
    rendererOf(construct)?.(call, tools) ??
    linkOf(call, tools)
  );
}

/** The arguments of a construct, with their values. */
function argumentsOf({ family, rest }: PlacedConstruct, tools: Tools): Arguments {
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

/** As its author calls it; `written` begins with the construct. */
export function nameOf({ family, name, rest }: PlacedConstruct, written: string): string {
  if (family === "container") return /^\S*/.exec(rest)?.[0] ?? "";
  const own = /[A-Za-z_$@][\w$@./:-]*/.exec(written)?.[0] ?? "";
  return foldedName(own) === foldedName(name) ? own : name;
}

/** Whether the owner says what constructs of this name show. */
export const isOwned = ({ name }: PlacedConstruct, { templates }: TemplateContext): boolean =>
  templates?.has(foldedName(name)) ?? false;

/** The owner names files, not tags that include them. */
const isInclude = ({ family, name }: PlacedConstruct): boolean => family === "tag" && INCLUDES.has(name);

/** Components whose parts are called by their names, as in `<Tabs.Tab>`. */
const PARTS = /^(?:Tabs|Cards|Steps|CardGroup|Accordion|Accordions)\./;

/** As a component an avatar may stand for a name in a sentence, so that it is missed. */
const OWN = table(["head script style", () => ""], ["avatar", () => undefined]);
const COMPONENTS: ReadonlyMap<string, Render> = new Map([...SHARED, ...OWN]);

/** A fragment, `<>`, has no name. */
function rendererOf({ family, name }: PlacedConstruct): Render | undefined {
  if (family === "component") return COMPONENTS.get(foldedName(name.replace(PARTS, "")) || "fragment");
  if (family === "shortcode") return INCLUDING_SHORTCODES.get(name) ?? SHORTCODES.get(name);
  return INCLUDES.has(name) ? include : TAGS.get(name);
}
