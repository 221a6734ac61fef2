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

export interface TextMemo {
  /** Texts that are held at a time: once there are more, all are forgotten. */
  readonly most: number;
  /** In characters: longer texts are seldom asked for twice, and would fill the memory. */
  readonly longest: number;
}

/** For texts that come again and again. A part of a longer text keeps all of that in memory, so a copy of it is held and given to `make`. */
export function memoisedTexts<Value>(
  make: (text: string) => Value,
  { most, longest }: TextMemo,
): (text: string) => Value {
  const values = new Map<string, Value>();
  return (text) => {
    if (text.length > longest) return make(text);
    const cached = values.get(text);
    if (cached !== undefined) return cached;
    if (values.size >= most) values.clear();
    const copy = Buffer.from(text, "utf16le").toString("utf16le");
    const value = make(copy);
    values.set(copy, value);
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
