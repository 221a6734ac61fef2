/** Keys in a value that its valibot schema does not have. */
import { isMap } from "./values.ts";

export interface UnknownKey {
  readonly path: readonly string[];
  /** The keys that are allowed in its place. */
  readonly allowed: readonly string[];
}

/** The members of valibot's schemas through which the keys of a value are reached. */
interface SchemaPart {
  readonly type?: string;
  readonly pipe?: readonly SchemaPart[];
  readonly wrapped?: SchemaPart;
  readonly item?: SchemaPart;
  readonly value?: SchemaPart;
  readonly entries?: { readonly [key: string]: SchemaPart };
  readonly getter?: (value: unknown) => SchemaPart;
}

/** The keys of `value` that the schema does not have, at any depth; `path` is where `value` stands. */
export function unknownKeysIn(part: unknown, value: unknown, path: readonly string[]): readonly UnknownKey[] {
  const { type, pipe, wrapped, item, value: member, entries, getter } = part as SchemaPart;
  if (pipe) {
    return pipe.flatMap((step) => (step === part ? [] : unknownKeysIn({ ...step, pipe: undefined }, value, path)));
  }
  if (wrapped) return unknownKeysIn(wrapped, value, path);
  if (type === "lazy" && getter) return unknownKeysIn(getter(value), value, path);
  if (type === "array" && item && Array.isArray(value)) {
    return value.flatMap((each, i) => unknownKeysIn(item, each, [...path, String(i)]));
  }
  if (!isMap(value)) return [];
  if (type === "record" && member) {
    return Object.entries(value).flatMap(([key, each]) => unknownKeysIn(member, each, [...path, key]));
  }
  if (type !== "loose_object" || !entries) return [];
  const allowed = Object.keys(entries);
  return Object.entries(value).flatMap(([key, each]) => {
    const inner = Object.hasOwn(entries, key) ? entries[key] : undefined;
    return inner ? unknownKeysIn(inner, each, [...path, key]) : [{ path: [...path, key], allowed }];
  });
}

/** The keys of the map that the schema takes. */
export function keysIn(part: unknown): readonly string[] {
  const { type, pipe, wrapped, entries, getter } = part as SchemaPart;
  if (pipe) return pipe.flatMap((step) => (step === part ? [] : keysIn({ ...step, pipe: undefined })));
  if (wrapped) return keysIn(wrapped);
  if (type === "lazy" && getter) return keysIn(getter({}));
  return type === "loose_object" && entries ? Object.keys(entries) : [];
}
