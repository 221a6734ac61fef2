/** Values that a function keeps between invocations: clients, stores and secrets. A failure is never kept. */

/** Makes the value on the first call and keeps it. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  return keptFor(Number.POSITIVE_INFINITY, make);
}

/** Makes the value on the first call, and again on the first call after `ms` milliseconds. */
export function keptFor<T>(ms: number, make: () => Promise<T>): () => Promise<T> {
  let kept: { readonly value: Promise<T>; readonly until: number } | undefined;
  return () => {
    if (!kept || kept.until < Date.now()) {
      const value = Promise.resolve()
        .then(make)
        .catch((error: unknown) => {
          if (kept?.value === value) kept = undefined; // the next call tries again
          throw error;
        });
      kept = { value, until: Date.now() + ms };
    }
    return kept.value;
  };
}
