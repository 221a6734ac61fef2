/** Front matter values, coerced knowingly: text, lists and flags as authors write them. */
import { oneLine } from "../../base/text.ts";
import { type Field, isMapValue, type Value } from "./yaml.ts";

export type Fields = ReadonlyMap<string, Field>;

/** The field of the first of these keys that has a value. */
export function given(fields: Fields, ...keys: readonly string[]): Field | undefined {
  return keys.map((key) => fields.get(key)).find((field) => textOf(field) !== undefined);
}

/** One line of text; a list or map where text is expected is what the author typed. */
export function textOf(field: Field | undefined): string | undefined {
  if (!field) return undefined;
  const text = typeof field.value === "string" ? field.value : field.value === null ? "" : field.source;
  return oneLine(text) || undefined;
}

/** A list of names: a list, or text that `separator` parts. Doubles and empty ones are left out. */
export function namesOf(field: Field | undefined, separator: RegExp): readonly string[] {
  if (!field) return [];
  return unique(typeof field.value === "string" ? field.value.split(separator) : flat(field.value));
}

/** Category paths. A list is `one` path from its parent down (as Hexo reads it), or several; a list of lists is several. */
export function pathsOf(
  field: Field | undefined,
  separator: RegExp,
  list: "path" | "several",
): readonly (readonly string[])[] {
  if (!field) return [];
  const { value } = field;
  const isNested = Array.isArray(value) && value.some(Array.isArray);
  const paths = isNested
    ? value.map((each) => unique(flat(each)))
    : list === "path"
      ? [namesOf(field, separator)]
      : namesOf(field, separator).map((name) => [name]);
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

/** The first text in a value: itself, a member of a map by one of `names`, or of the first in a list that has any. */
export function firstText(value: Value, names: readonly string[]): string | undefined {
  if (typeof value === "string") return oneLine(value) || undefined;
  if (value === null) return undefined;
  const inner = isMapValue(value) ? names.map((name) => value.members.get(name) ?? null) : value;
  for (const each of inner) {
    const text = firstText(each, names);
    if (text !== undefined) return text;
  }
  return undefined;
}

const NAME_KEYS = ["name", "title", "label"];

function flat(value: Value): readonly string[] {
  if (value === null) return [];
  if (typeof value === "string") return [value];
  if (!isMapValue(value)) return value.flatMap(flat);
  const name = firstText(value, NAME_KEYS);
  return [name ?? value.source];
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names.map(oneLine))].filter((name) => name.trim() !== "");
}
