/** Values of front matter → those of properties. */
import { listOf } from "../../content/facts/members.ts";
import { isMapValue, type Value } from "../../content/frontmatter/types.ts";
import type { Fields } from "../../content/frontmatter/values.ts";
import type { Mf2Json } from "../request/types.ts";

export const textsOf = (value: Value): readonly string[] =>
  listOf(value).flatMap((each) => {
    if (typeof each === "string") return each.trim() === "" ? [] : [each];
    const name = isMapValue(each as Value) ? (each as { members: ReadonlyMap<string, Value> }).members : undefined;
    const text = name?.get("name") ?? name?.get("url");
    return typeof text === "string" ? [text] : [];
  });

export function filesIn(fields: Fields, keys: readonly string[]): readonly Mf2Json[] {
  return keys.flatMap((key) =>
    listOf(fields.get(key)?.value ?? null).flatMap((value) => {
      const file = mf2Of(value, "value");
      const isFile = typeof file === "string" || (typeof file === "object" && file !== null && "value" in file);
      return file !== undefined && isFile ? [file] : [];
    }),
  );
}

/** Of a file, the `url` of front matter is the `value` of the property. */
export function mf2Of(value: Value, url = "url"): Mf2Json | undefined {
  if (value === null) return undefined;
  if (typeof value === "string") return value;
  if (!isMapValue(value)) return value.flatMap((each) => mf2Of(each) ?? []);
  const members = [...value.members].flatMap(([name, each]) => {
    const member = mf2Of(each);
    return member === undefined ? [] : [[name === "url" ? url : name, member] as const];
  });
  return Object.fromEntries(members);
}

export function othersIn(value: Value): readonly (readonly [string, readonly Mf2Json[]])[] {
  if (value === null || !isMapValue(value)) return [];
  return [...value.members].map(([name, each]) => [name, listOf(each).flatMap((one) => mf2Of(one) ?? [])]);
}
