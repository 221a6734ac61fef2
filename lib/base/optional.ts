/** Optional fields under `exactOptionalPropertyTypes`: an absent field is left out, never `undefined`. */

/** `T` in which each field that may be `undefined` is optional instead. */
export type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The fields whose value is not `undefined`, in their order: `{ code, ...present({ line }), message }`. */
export function present<T extends object>(fields: T): Present<T> {
  const entries = Object.entries(fields);
  const isWhole = entries.every(([, value]) => value !== undefined);
  return (isWhole ? fields : Object.fromEntries(entries.filter(([, value]) => value !== undefined))) as Present<T>;
}
