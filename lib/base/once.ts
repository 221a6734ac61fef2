/** What is made once, when it is first asked for, and kept; a failure is not. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= Promise.resolve()
      .then(make)
      .catch((error: unknown) => {
        made = undefined; // the next time may be luckier
        throw error;
      });
    return made;
  };
}
