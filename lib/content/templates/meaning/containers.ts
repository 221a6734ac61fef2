/** Renders containers, `:::note Title` … `:::`, and components, `::note{title="A title"}` … `::`, by their names. */
import { foldedName } from "../../../base/names.ts";
import { withoutEnding } from "../../../base/text.ts";
import { NO_ARGUMENTS, parseArguments, unquoted } from "../syntax/arguments.ts";
import type { Arguments, Call, Output, PlacedConstruct, Tools } from "../types.ts";
import { kept } from "./call.ts";
import { isType } from "./notes.ts";
import { quote } from "./output.ts";
import { ownOutput } from "./owner.ts";
import { SHARED } from "./shared.ts";
import { linkOf } from "./unknown.ts";

/** The name, and the title: the words beside it, in brackets or not, or an attribute. */
function readRest(
  written: string,
  isComponent: boolean,
): {
  readonly name: string;
  readonly title: string | undefined;
  readonly named: Arguments["named"];
} {
  const [, name = "", after = "", values = ""] = /^(\S*) ?([^\n]*)([\s\S]*)$/.exec(written) ?? [];
  const { words, attributes } = partsOf(after, isComponent);
  const bracketed = /^\[([\s\S]*)\]$/.exec(words.trim())?.[1] ?? words.trim();
  const given = attributes === undefined ? NO_ARGUMENTS : parseArguments(attributes, { hasColons: false });
  const id = given.words.find((word) => /^#./.test(word));
  const below = [...values.matchAll(VALUE)].map(
    ([, key = "", value = ""]) => [key.toLowerCase(), unquoted(value)] as const,
  );
  const named = new Map([...(id ? [["id", id.slice(1)] as const] : []), ...given.named, ...below]);
  const title = bracketed || named.get("title") || undefined;
  return { name, title, named: title === undefined ? named : named.set("title", title) };
}

/** A value of YAML on one line; others are not shown. */
const VALUE = /^[ \t>]*([A-Za-z][\w-]*):[ \t]+([^\s|>][^\n]*)$/gm;

/** The words before attributes in braces, or before colons, at its end. */
function partsOf(rest: string, isComponent: boolean): { readonly words: string; readonly attributes?: string } {
  const brace = rest.indexOf("{");
  if (brace < 0) return { words: withoutEnding(rest, ":") };
  const attributes = /^\{([^{}]*)\}[ \t]*:*$/.exec(rest.slice(brace))?.[1];
  if (attributes !== undefined) return { words: rest.slice(0, brace), attributes };
  return { words: isComponent ? rest.slice(0, brace) : rest };
}

/** `undefined` when the name is not known. */
export function renderContainer(
  { rest, name: marks }: PlacedConstruct,
  use: Omit<Call, "key" | "args">,
  tools: Tools,
): Output {
  const isComponent = marks.length < 3;
  const { name, title, named } = readRest(rest, isComponent);
  const key = foldedName(name);
  const call = { ...use, key, args: { raw: title ?? "", words: title ? [title] : [], named } };
  const own = ownOutput([name], call, tools);
  if (own !== undefined) return own;
  if (isType(key)) {
    // Within a line there is no box.
    if (marks === ":") return kept;
    const type = named.get("type") ?? "";
    const word = isType(type) ? type : name;
    return quote(use.body ?? "", title ?? word.charAt(0).toUpperCase() + word.slice(1));
  }
  const byNames = { ...call, args: { raw: "", words: [], named } };
  return SHARED.get(key)?.(byNames, tools) ?? (isComponent ? linkOf(byNames, tools) : undefined);
}

/** A component of one word that nothing ends is text, and so is an end of none. */
export const isText = ({ family, role, name, rest }: PlacedConstruct): boolean =>
  family === "container" && name === "::" && (role === "close" || !/[[{\n]/.test(rest));
