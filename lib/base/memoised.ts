/** Functions that compute a value once, or once for each key. */

/** Computed when it is asked for first. */
export function once<Value extends object>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** For keys that are few. */
export function memoised<Value>(make: (key: string) => Value): (key: string) => Value {
  const values = new Map<string, Value>();
  return (key) => {
    const cached = values.get(key);
    if (cached !== undefined) return cached;
    const value = make(key);
    values.set(key, value);
    return value;
  };
}

/** For objects that stay as they are. */
export function memoisedOf<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const values = new WeakMap<Key, { readonly value: Value }>();
  return (key) => {
    const cached = values.get(key);
    if (cached) return cached.value;
    const value = make(key);
    values.set(key, { value });
    return value;
  };
}
