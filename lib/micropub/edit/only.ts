/** Whether an edit of front matter changed what it was to change, and nothing else. */
import { readSource } from "../../content/frontmatter/frontmatter.ts";
import { type Field, isMapValue, type Value } from "../../content/frontmatter/types.ts";
import { cannotEdit } from "./block.ts";

interface ChangedField {
  readonly path: readonly string[];
  /** Nothing: it goes. */
  readonly value?: unknown;
}

/** The last resort: whatever the editor did, all other fields read as they did. */
export function assertOnly(before: Uint8Array, after: Uint8Array, changes: readonly ChangedField[]): void {
  const [old, next] = [before, after].map((bytes) => readSource("", bytes).source);
  const changed = new Set(changes.map(({ path }) => path[0]));
  const names = new Set([...(old?.fields.keys() ?? []), ...(next?.fields.keys() ?? [])]);
  for (const name of names) {
    if (!changed.has(name) && !isSame(old?.fields.get(name), next?.fields.get(name))) throw cannotEdit([name]);
  }
  for (const { path, value } of changes) {
    const field = next?.fields.get(path[0] ?? "");
    const found = path.length > 1 ? memberOf(field?.value ?? null, path[1] ?? "") : field;
    if ((found === undefined) !== (value === undefined)) throw cannotEdit(path);
  }
}

function memberOf(value: Value, name: string): Value | undefined {
  if (!isMapValue(value)) return undefined;
  return [...value.members].find(([each]) => each.toLowerCase() === name)?.[1];
}

function isSame(one: Field | undefined, other: Field | undefined): boolean {
  return JSON.stringify(plain(one?.value ?? null)) === JSON.stringify(plain(other?.value ?? null));
}

function plain(value: Value): unknown {
  if (value === null || typeof value === "string") return value;
  return isMapValue(value) ? [...value.members].map(([name, each]) => [name, plain(each)]) : value.map(plain);
}
