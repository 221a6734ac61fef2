/** Renders containers, `:::note Title` … `:::`, by their names. */
import { withoutEnding } from "../../../base/text.ts";
import { NO_ARGUMENTS, parseArguments } from "../syntax/arguments.ts";
import { keyOf } from "../syntax/names.ts";
import type { Arguments, Call, Output, PlacedConstruct, Tools } from "../types.ts";
import { isType } from "./notes.ts";
import { quote } from "./output.ts";
import { ownOutput } from "./owner.ts";
import { SHARED } from "./shared.ts";

/** The name, and the title: the words beside it, in brackets or not, or an attribute. */
function readRest(rest: string): {
  readonly name: string;
  readonly title: string | undefined;
  readonly named: Arguments["named"];
} {
  const [, name = "", after = ""] = /^(\S*) ?([\s\S]*)$/.exec(rest) ?? [];
  const { words, attributes } = partsOf(after);
  const bracketed = /^\[([\s\S]*)\]$/.exec(words.trim())?.[1] ?? words.trim();
  const { named } = attributes === undefined ? NO_ARGUMENTS : parseArguments(attributes, { hasColons: false });
  const title = bracketed || named.get("title") || undefined;
  return { name, title, named: title === undefined ? named : new Map([...named, ["title", title]]) };
}

/** The words before attributes in braces, or before colons, at its end. */
function partsOf(rest: string): { readonly words: string; readonly attributes?: string } {
  const brace = rest.indexOf("{");
  if (brace < 0) return { words: withoutEnding(rest, ":") };
  const attributes = /^\{([^{}]*)\}[ \t]*:*$/.exec(rest.slice(brace))?.[1];
  return attributes === undefined ? { words: rest } : { words: rest.slice(0, brace), attributes };
}

/** `undefined` when the name is not known. */
export function renderContainer({ rest }: PlacedConstruct, call: Omit<Call, "key" | "args">, tools: Tools): Output {
  const { name, title, named } = readRest(rest);
  const key = keyOf(name);
  const own = ownOutput([name], { ...call, args: { raw: title ?? "", words: title ? [title] : [], named } }, tools);
  if (own !== undefined) return own;
  if (isType(key)) return quote(call.body ?? "", title ?? name.charAt(0).toUpperCase() + name.slice(1));
  const args = { raw: "", words: [], named: new Map(title === undefined ? [] : [["title", title]]) };
  return SHARED.get(key)?.({ ...call, key, args }, tools);
}
