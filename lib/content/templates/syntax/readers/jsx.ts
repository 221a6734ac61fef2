/** Reads JSX: tags with their properties, expressions in braces, statements. */
import { words } from "../../../../base/text.ts";
import { matchAt } from "../../../match.ts";

export type Property = { readonly text: string } | { readonly expression: string } | true;

export interface JsxTag {
  /** Empty for a fragment. */
  readonly name: string;
  readonly isClose: boolean;
  readonly isSelfClosing: boolean;
  /** By name as written; without spread properties. */
  readonly properties: ReadonlyMap<string, Property>;
  readonly end: number;
}

/** The void elements of HTML, which have no end tag. */
export const VOID: ReadonlySet<string> = new Set(
  words("area base br col embed hr img input link meta source track wbr"),
);

/** How many characters may still be read without finding an end; keeps texts of unclosed marks from being quadratic. */
export interface Patience {
  left: number;
  /** By quotation mark, the last text that has none to close a string from `from` on. */
  readonly unclosed: Map<string, { readonly from: number; readonly to: number }>;
}

export const patienceOf = (left: number): Patience => ({ left, unclosed: new Map() });

const NAME = /<(\/?)([A-Za-z][\w.:-]*)?(?=[\s/>{])/y;
/** Vue's properties may begin with a colon. */
const UNQUOTED = /(?:[^\s"'=<>`{}/]|\/(?!>))+/y;
const PROPERTY = /([A-Za-z_$@:#][\w$:.-]*)(\s*=\s*)?/y;

export function readJsxTag(source: string, start: number, patience: Patience): JsxTag | undefined {
  NAME.lastIndex = start;
  const [opening, slash, name = ""] = NAME.exec(source) ?? [];
  if (opening === undefined || patience.left <= 0) return undefined;
  const properties = new Map<string, Property>();
  let at = start + opening.length;
  for (;;) {
    while (/\s/.test(source[at] ?? "")) at += 1;
    const character = source[at];
    const isSelfClosing = character === "/" && source[at + 1] === ">";
    if (character === ">" || isSelfClosing) {
      return { name, isClose: slash === "/", isSelfClosing, properties, end: at + (isSelfClosing ? 2 : 1) };
    }
    const next =
      name === "" ? undefined : character === "{" ? endOfExpression(source, at, patience) : afterProperty(at);
    if (next === undefined) break;
    at = next;
  }
  patience.left -= at - start;
  return undefined;

  function afterProperty(from: number): number | undefined {
    PROPERTY.lastIndex = from;
    const [written, property, sign] = PROPERTY.exec(source) ?? [];
    if (written === undefined || property === undefined) return undefined;
    const value = from + written.length;
    if (sign === undefined) {
      properties.set(property, true);
      return value;
    }
    const quote = source[value];
    if (quote === '"' || quote === "'") {
      const close = source.indexOf(quote, value + 1);
      if (close < 0) return undefined;
      properties.set(property, { text: source.slice(value + 1, close) });
      return close + 1;
    }
    const end = quote === "{" ? endOfExpression(source, value, patience) : undefined;
    if (end === undefined) {
      const [text] = matchAt(UNQUOTED, source, value) ?? [];
      if (text === undefined) return undefined;
      properties.set(property, { text });
      return value + text.length;
    }
    properties.set(property, { expression: source.slice(value + 1, end - 1).trim() });
    return end;
  }
}

/** The end of the brace that opens at `start`; braces in strings and comments do not count. */
export function endOfExpression(source: string, start: number, patience: Patience): number | undefined {
  if (patience.left <= 0) return undefined;
  /** The braces and template strings that are open. */
  const open: string[] = [];
  let at = start;
  for (; at < source.length; at += 1) {
    const character = source[at] ?? "";
    if (open.at(-1) === "`") {
      if (character === "\\") at += 1;
      else if (character === "`") open.pop();
      else if (character === "$" && source[at + 1] === "{") {
        open.push("{");
        at += 1;
      }
    } else if (character === "`") open.push("`");
    else if (character === '"' || character === "'") at = afterString(source, at, patience) ?? at;
    else if (character === "/" && source[at + 1] === "*") {
      const close = source.indexOf("*/", at + 2);
      at = close < 0 ? source.length : close + 1;
    } else if (character === "{") open.push("{");
    else if (character === "}") {
      open.pop();
      if (open.length === 0) return at + 1;
    }
  }
  patience.left -= at - start + 1;
  return undefined;
}

/** The comment of Docusaurus and others that ends the first part of a post. */
export const MORE_COMMENT = /^\/\*\s*(?:more|truncate|excerpt)\s*\*\/$/;

/** The end of a string, which is on its line; an apostrophe within a word begins none. */
function afterString(source: string, start: number, { unclosed }: Patience): number | undefined {
  const quote = source[start] ?? "";
  if (quote === "'" && /\w/.test(source[start - 1] ?? "")) return undefined;
  const known = unclosed.get(quote);
  if (known && known.from <= start && start < known.to) return undefined;
  let at = start + 1;
  for (; at < source.length && source[at] !== "\n"; at += 1) {
    if (source[at] === "\\") at += 1;
    else if (source[at] === quote) return at;
  }
  unclosed.set(quote, { from: start, to: at });
  return undefined;
}

/** The end of the statements that begin at `start`: the first blank line outside brackets, or the first at all. */
export function endOfStatements(source: string, start: number, patience: Patience): number {
  if (patience.left <= 0) {
    const length = source.slice(start).search(/\n[ \t]*\n/);
    return length < 0 ? source.length : start + length;
  }
  let depth = 0;
  let firstBlank: number | undefined;
  for (let at = start; at < source.length; at += 1) {
    const character = source[at] ?? "";
    if (/[([{]/.test(character)) depth += 1;
    else if (/[)\]}]/.test(character)) depth -= 1;
    else if (character === '"' || character === "'") at = afterString(source, at, patience) ?? at;
    else if (character === "`") {
      const close = source.indexOf("`", at + 1);
      if (close > 0) at = close;
    } else if (character === "\n" && /^[ \t]*\n/.test(source.slice(at + 1, at + 80))) {
      if (depth <= 0) return at;
      firstBlank ??= at;
    }
  }
  if (depth <= 0) return source.length;
  patience.left -= source.length - start;
  return firstBlank ?? source.length;
}
