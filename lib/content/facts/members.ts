/** Maps in front matter, whose members may be spelled in several ways. */
import { oneLine } from "../../base/text.ts";
import { type Field, isMapValue, memberFields, type NamedField, type Value } from "../frontmatter/types.ts";
import type { Fields } from "../frontmatter/values.ts";

/** `audio-url`, `audio_url` and `audioUrl` are one name. */
export const foldKey = (name: string): string => name.toLowerCase().replace(/[-_\s]/g, "");

/** Values by folded name, of which the first counts. */
export type Members = ReadonlyMap<string, Value>;

/** A text is the member of this name; another value that is no map has no members. */
export function membersOf(value: Value, ofText?: string): Members {
  if (typeof value === "string" && ofText !== undefined) return new Map([[ofText, value]]);
  const folded = new Map<string, Value>();
  for (const [name, member] of isMapValue(value) ? value.members : [])
    if (!folded.has(foldKey(name))) folded.set(foldKey(name), member);
  return folded;
}

/** The fields, and after them the members of these maps as fields of their own. */
export function withMembers(fields: Fields, maps: readonly string[]): Iterable<NamedField> {
  const inner = maps.flatMap((map) => memberFields(fields.get(map)));
  return inner.length === 0 ? fields : [...fields, ...inner];
}

/** The same by folded name. */
export function foldedFields(fields: Fields, maps: readonly string[]): Map<string, Field> {
  const folded = new Map<string, Field>();
  for (const [name, field] of withMembers(fields, maps))
    if (!folded.has(foldKey(name))) folded.set(foldKey(name), field);
  return folded;
}

/** The first of these members that has a value. */
export function memberOf(members: Members, names: readonly string[]): Value {
  for (const name of names) {
    const value = members.get(name);
    if (value !== undefined && value !== null && value !== "") return value;
  }
  return null;
}

/** The text of a value as one line. */
export function lineOf(value: Value): string | undefined {
  return typeof value === "string" ? oneLine(value) || undefined : undefined;
}

/** The first of these members that is text, as one line. */
export function lineIn(members: Members, names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = lineOf(members.get(name) ?? null);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** A list, or a single value as a list. */
export function listOf(value: Value): readonly Value[] {
  return value === null ? [] : typeof value === "string" || isMapValue(value) ? [value] : value;
}

/** In quotes, for a message; shortened if it is long. */
export const quoted = (text: string): string =>
  JSON.stringify(text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text);

const MAX_QUOTED = 100;
