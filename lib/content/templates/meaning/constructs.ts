/** Renders a construct by its name in the table of its language, or else by the one address among its arguments. */
import { keyOf } from "../syntax/names.ts";
import type { Call, Output, PlacedConstruct, Render, TemplateContext, Tools } from "../types.ts";
import { argumentsOf } from "./arguments.ts";
import { renderContainer } from "./containers.ts";
import { INCLUDES, INCLUDING_SHORTCODES, importedFile, include } from "./includes.ts";
import { componentOf } from "./mdx/components.ts";
import { ownOutput } from "./owner.ts";
import { SHORTCODES } from "./shortcodes.ts";
import { TAGS } from "./tags/tags.ts";
import { linkOf } from "./unknown.ts";

export function outputOf(
  construct: PlacedConstruct,
  use: Pick<Call, "body" | "isAlone" | "isHtml">,
  tools: Tools,
): Output {
  const { family, name } = construct;
  const kind = family === "tag" ? family : family === "component" || family === "element" ? "component" : "shortcode";
  if (family === "container") return renderContainer(construct, { ...use, kind }, tools);
  const call: Call = { ...use, kind, key: keyOf(name), args: argumentsOf(construct, tools) };
  return (
    (isInclude(construct) ? undefined : ownOutput([name], call, tools)) ??
    (family === "component" ? importedFile(name, call, tools) : undefined) ??
    rendererOf(construct)?.(call, tools) ??
    linkOf(call, tools)
  );
}

/** As its author calls it; `written` begins with the construct. */
export function nameOf({ family, name, rest }: PlacedConstruct, written: string): string {
  if (family === "container") return /^\S*/.exec(rest)?.[0] ?? "";
  const own = /[A-Za-z_$@][\w$@./:-]*/.exec(written)?.[0] ?? "";
  return keyOf(own) === keyOf(name) ? own : name;
}

/** Whether the owner says what constructs of this name show. */
export const isOwned = ({ name }: PlacedConstruct, { templates }: TemplateContext): boolean =>
  templates !== undefined && templates.size > 0 && templates.has(keyOf(name));

/** The owner names files, not tags that include them. */
const isInclude = ({ family, name }: PlacedConstruct): boolean => family === "tag" && INCLUDES.has(name);

function rendererOf({ family, name }: PlacedConstruct): Render | undefined {
  if (family === "component") return componentOf(name);
  if (family === "shortcode") return INCLUDING_SHORTCODES.get(name) ?? SHORTCODES.get(name);
  return INCLUDES.has(name) ? include : TAGS.get(name);
}
