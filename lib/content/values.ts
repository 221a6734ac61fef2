/** Front matter values, coerced knowingly: text, lists and flags as authors write them. */
import { oneLine } from "./text.ts";
import { type Field, isMapValue, type Value } from "./yaml.ts";

/** One line of text; a list or map where text is expected is what the author typed. */
export function textOf(field: Field | undefined): string | undefined {
  if (!field) return undefined;
  const text = typeof field.value === "string" ? field.value : field.value === null ? "" : field.source;
  return oneLine(text) || undefined;
}

/** A list of names: a list, or text with commas. Doubles and empty ones are left out. */
export function namesOf(field: Field | undefined): readonly string[] {
  if (!field) return [];
  return unique(typeof field.value === "string" ? field.value.split(/[,，]/) : flat(field.value));
}

/** Category paths: a list is one path from its parent down, a list of lists is several (as Hexo reads them). */
export function pathsOf(field: Field | undefined): readonly (readonly string[])[] {
  if (!field) return [];
  const { value } = field;
  const paths =
    Array.isArray(value) && value.some(Array.isArray) ? value.map((each) => unique(flat(each))) : [namesOf(field)];
  const seen = new Set<string>();
  return paths.filter((path) => path.length > 0 && !seen.has(path.join("\0")) && seen.add(path.join("\0")));
}

/** `undefined` where there is no value, `"unclear"` where it is neither. */
export function flagOf(field: Field | undefined): boolean | "unclear" | undefined {
  const text = textOf(field)?.toLowerCase();
  if (text === undefined) return undefined;
  if (/^(true|yes|on|y|1)$/.test(text)) return true;
  if (/^(false|no|off|n|0)$/.test(text)) return false;
  return "unclear";
}

function flat(value: Value): readonly string[] {
  if (value === null) return [];
  if (typeof value === "string") return [value];
  return isMapValue(value) ? [value.source] : value.flatMap(flat);
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names.map(oneLine))].filter((name) => name.trim() !== "");
}
