/** Maps in front matter, asked by any of the names that a member goes by. */

import { oneLine } from "../../base/text.ts";
import { isMapValue, type MapValue, type Value } from "../frontmatter/yaml.ts";

/** `audio-url`, `audio_url` and `audioUrl` are one name. */
export const foldKey = (name: string): string => name.toLowerCase().replace(/[-_\s]/g, "");

/** A map by its folded names; the first of two that are one counts. */
export type Members = ReadonlyMap<string, Value>;

export function membersOf({ members }: MapValue): Members {
  const folded = new Map<string, Value>();
  for (const [name, value] of members) if (!folded.has(foldKey(name))) folded.set(foldKey(name), value);
  return folded;
}

/** The first of these members that is there at all. */
export function memberOf(members: Members, names: readonly string[]): Value {
  for (const name of names) {
    const value = members.get(name);
    if (value !== undefined && value !== null && value !== "") return value;
  }
  return null;
}

/** One line of text. */
export function lineOf(value: Value): string | undefined {
  return typeof value === "string" ? oneLine(value) || undefined : undefined;
}

export function lineIn(members: Members, names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = lineOf(members.get(name) ?? null);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** One thing alone, or a list of them. */
export function listOf(value: Value): readonly Value[] {
  return value === null ? [] : typeof value === "string" || isMapValue(value) ? [value] : value;
}

/** Of a value too long to be shown whole, its beginning. */
export const quoted = (text: string): string =>
  JSON.stringify(text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text);

const MAX_QUOTED = 100;
