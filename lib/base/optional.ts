/** Optional fields under `exactOptionalPropertyTypes`: an absent field is left out, never `undefined`. */

/** `T` in which each field that may be `undefined` is optional instead. */
export type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The fields whose value is not `undefined`, in their order: `{ code, ...present({ line }), message }`. */
export function present<T extends object>(fields: T): Present<T> {
  for (const name in fields) if (fields[name] === undefined) return withoutAbsent(fields);
  return fields as Present<T>;
}

function withoutAbsent<T extends object>(fields: T): Present<T> {
  const kept: { [name: string]: unknown } = {};
  for (const name in fields) if (fields[name] !== undefined) kept[name] = fields[name];
  return kept as Present<T>;
}
