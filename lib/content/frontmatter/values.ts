/** Front matter values read as text, lists and flags. */
import { oneLine } from "../../base/text.ts";
import { type Field, isMapValue, memberFields, type Value } from "./types.ts";

export type Fields = ReadonlyMap<string, Field>;

/** With the tags and categories in `[taxonomies]` (Hugo, Zola) as fields of their own. */
export function withTaxonomies(fields: Fields): Fields {
  const inner = memberFields(fields.get("taxonomies"));
  return inner.length === 0
    ? fields
    : new Map([...inner.map(([name, field]) => [name.toLowerCase(), field] as const), ...fields]);
}

/** The field of the first of these keys that has a value. */
export function given(fields: Fields, ...keys: readonly string[]): Field | undefined {
  for (const key of keys) {
    const field = fields.get(key);
    if (hasText(field)) return field;
  }
  return undefined;
}

/** Whether `textOf` gives any. */
export function hasText(field: Field | undefined): boolean {
  if (!field) return false;
  const first = writtenIn(field).charCodeAt(0);
  // Nearly all texts begin with a character that is neither white space nor one that XML forbids.
  return (first > 0x20 && first < 0xd800) || textOf(field) !== undefined;
}

const writtenIn = ({ value, source }: Field): string =>
  typeof value === "string" ? value : value === null ? "" : source;

/** One line of text; for a list or map, its source. */
export function textOf(field: Field | undefined): string | undefined {
  if (!field) return undefined;
  return oneLine(writtenIn(field)) || undefined;
}

/** Names in a list, or in text that `separator` splits, without empty ones and duplicates. */
export function namesOf(field: Field | undefined, separator: RegExp): readonly string[] {
  if (!field) return [];
  return unique(typeof field.value === "string" ? field.value.split(separator) : flat(field.value));
}

/**
 * Category paths. A list is one path from parent to child (as in Hexo), or several categories; a list of lists is
 * several paths.
 */
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
  return distinct(paths);
}

/** Without empty paths and duplicates. */
export function distinct(paths: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const unequal = new Map(paths.map((path) => [path.join("\0"), path]));
  return [...unequal.values()].filter((path) => path.length > 0);
}

/** `undefined` without a value, `"unclear"` for a value that is neither true nor false. */
export function flagOf(field: Field | undefined): boolean | "unclear" | undefined {
  const text = textOf(field)?.toLowerCase();
  if (text === undefined) return undefined;
  if (/^(true|yes|on|y|1)$/.test(text)) return true;
  if (/^(false|no|off|n|0)$/.test(text)) return false;
  return "unclear";
}

/** The first text in a value: the value itself, a member of a map with one of `names`, or the first text in a list. */
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
