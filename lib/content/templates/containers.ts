/** `:::note Title` … `:::`, the containers of VuePress, Docusaurus, Starlight, markdown-it and pandoc. */
import { parseArguments } from "./arguments.ts";
import { type Call, keyOf, type Output, type Tools } from "./call.ts";
import { isType } from "./notes.ts";
import { quote } from "./output.ts";
import type { Piece, Place, Reader } from "./scan.ts";
import { SHARED } from "./shared.ts";

/** Colons, a name, and what follows it; pandoc has classes in braces, and colons at the end. */
const OPENING = /(:{3,})[ \t]*(?:([\p{L}_][\p{L}\p{N}_-]*)(?![\p{L}\p{N}_:-])|(?=\{))([^\n]*)/uy;
const CLOSING = /(:{3,})[ \t]*(?=\n|$)/y;

/** Of a line as a whole. */
export const readContainer: Reader = ({ source, at }: Place) => {
  if (!source.startsWith(":::", at)) return undefined;
  const construct = { family: "container", start: at } as const;
  CLOSING.lastIndex = at;
  const [closing, ending = ""] = CLOSING.exec(source) ?? [];
  if (closing !== undefined) {
    return { ...construct, role: "close", name: ending, rest: "", end: at + closing.length };
  }
  OPENING.lastIndex = at;
  const [written, colons = "", name = "", rest = ""] = OPENING.exec(source) ?? [];
  const own = name || classOf(rest);
  if (written === undefined || own === "") return undefined;
  const end = at + written.length;
  return { ...construct, role: "open", name: colons, rest: `${own} ${rest.trim()}`, end };
};

const classOf = (attributes: string): string => /^\{\s*\.?([\p{L}_][\p{L}\p{N}_-]*)/u.exec(attributes)?.[1] ?? "";

/** The name, and the title that stands beside it, in brackets or among attributes. */
function readRest(rest: string): { readonly name: string; readonly title: string | undefined } {
  const [, name = "", after = ""] = /^(\S*) ?([\s\S]*)$/.exec(rest) ?? [];
  const [, words = "", attributes] = /^([^{]*?)[ \t]*(?:\{([^{}]*)\})?[ \t]*:*$/.exec(after) ?? ["", after];
  const bracketed = /^\[([\s\S]*)\]$/.exec(words.trim())?.[1] ?? words.trim();
  const named = attributes === undefined ? undefined : parseArguments(attributes, { hasColons: false }).named;
  return { name, title: bracketed || named?.get("title") || undefined };
}

/** `undefined` of a name that nobody knows. */
export function renderContainer({ rest }: Piece, call: Omit<Call, "key" | "args">, tools: Tools): Output {
  const { name, title } = readRest(rest);
  const key = keyOf(name);
  if (isType(key)) return quote(call.body ?? "", title ?? name.charAt(0).toUpperCase() + name.slice(1));
  const args = { raw: "", words: [], named: new Map(title === undefined ? [] : [["title", title]]) };
  return SHARED.get(key)?.({ ...call, key, args }, tools);
}
