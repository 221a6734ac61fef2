/** Values that a function keeps between invocations: clients, stores and secrets. A failure is never kept. */

/** Makes the value on the first call and keeps it. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  return keptFor(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, make).get;
}

export interface Kept<T> {
  get(): Promise<T>;
  /** Makes the value anew, unless that was tried less than `pause` milliseconds ago. Where it fails, the former value stays. */
  renewed(): Promise<T>;
}

/** Makes the value on the first call, and again on the first call after `ms` milliseconds. */
export function keptFor<T>(ms: number, pause: number, make: () => Promise<T>): Kept<T> {
  let kept: { readonly value: Promise<T>; readonly since: number } | undefined;
  let tried = Number.NEGATIVE_INFINITY;
  const makeNow = (): Promise<T> => {
    const former = kept;
    tried = Date.now();
    const value = Promise.resolve()
      .then(make)
      .catch((error: unknown) => {
        if (kept?.value === value) kept = former; // what is too old is made again by the next call
        throw error;
      });
    kept = { value, since: tried };
    return value;
  };
  const get = (): Promise<T> => (kept && kept.since + ms >= Date.now() ? kept.value : makeNow());
  return { get, renewed: () => (tried + pause <= Date.now() ? makeNow() : get()) };
}
