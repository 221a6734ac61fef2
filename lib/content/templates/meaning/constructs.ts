/** Renders a construct by its name in the table of its language, or else by the one address among its arguments. */
import { keyOf } from "../syntax/names.ts";
import type { Call, Output, PlacedConstruct, Render, Tools } from "../types.ts";
import { argumentsOf } from "./arguments.ts";
import { renderContainer } from "./containers.ts";
import { INCLUDES, include } from "./includes.ts";
import { componentOf } from "./mdx/components.ts";
import { SHORTCODES } from "./shortcodes.ts";
import { TAGS } from "./tags/tags.ts";
import { linkOf } from "./unknown.ts";

export function outputOf(
  construct: PlacedConstruct,
  use: Pick<Call, "body" | "isAlone" | "isHtml">,
  tools: Tools,
): Output {
  const { family, name } = construct;
  const kind = family === "component" || family === "tag" ? family : "shortcode";
  if (family === "container") return renderContainer(construct, { ...use, kind }, tools);
  const call: Call = { ...use, kind, key: keyOf(name), args: argumentsOf(construct, tools) };
  return rendererOf(construct)?.(call, tools) ?? linkOf(call, tools);
}

function rendererOf({ family, name }: PlacedConstruct): Render | undefined {
  if (family === "component") return componentOf(name);
  if (family === "shortcode") return SHORTCODES.get(name);
  return INCLUDES.has(name) ? include : TAGS.get(name);
}
