/** Values of front matter → those of properties. */
import { URL_NAMES } from "../../content/facts/mediavalues.ts";
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
      const name = isMapValue(value)
        ? URL_NAMES.find((each) => typeof value.members.get(each) === "string")
        : undefined;
      const file = mf2Of(value, name);
      return typeof file === "string" || (file !== undefined && name !== undefined) ? [file] : [];
    }),
  );
}

/** Of a file, what its front matter calls the address is the `value` of the property. */
export function mf2Of(value: Value, address?: string): Mf2Json | undefined {
  if (value === null) return undefined;
  if (typeof value === "string") return value;
  if (!isMapValue(value)) return value.flatMap((each) => mf2Of(each) ?? []);
  const members = [...value.members].flatMap(([name, each]) => {
    const member = mf2Of(each);
    return member === undefined ? [] : [[name === address ? "value" : name, member] as const];
  });
  return Object.fromEntries(members);
}

export function othersIn(value: Value): readonly (readonly [string, readonly Mf2Json[]])[] {
  if (value === null || !isMapValue(value)) return [];
  return [...value.members].map(([name, each]) => [name, listOf(each).flatMap((one) => mf2Of(one) ?? [])]);
}
