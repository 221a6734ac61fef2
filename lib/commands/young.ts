/** Bounds the young generation of the heap while a command publishes. */

/** Megabytes of a semi-space, of which the young generation has two. V8 goes up to 64 on large machines. */
const SEMI_SPACE_MB = 8;
const ENOUGH = 2 * SEMI_SPACE_MB * 2 ** 20;
const CHECK_EVERY_MS = 20;

/**
 * What a run makes for each post is garbage soon: a young generation that grows holds more of it, and leaves the processor's
 * caches. The bound is for the whole process, so it is a command that asks for it, and no program that imports the library.
 */
export async function withYoungBound<T>(work: () => Promise<T>): Promise<T> {
  const v8 = process.getBuiltinModule("node:v8");
  // Of threads that are begun from now on: they have all of it at once, since they do not grow while this one may not.
  for (const bound of ["max", "min"]) v8.setFlagsFromString(`--${bound}-semi-space-size=${SEMI_SPACE_MB}`);
  // This thread's limit was set when the process began; only by how much it grows is still asked for. It shrinks by itself.
  let factor = 2;
  const growBy = (next: number) => {
    if (next !== factor) v8.setFlagsFromString(`--semi-space-growth-factor=${next}`);
    factor = next;
  };
  const check = setInterval(() => {
    const young = v8.getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space");
    growBy((young?.space_size ?? 0) < ENOUGH ? 2 : 1);
  }, CHECK_EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(check);
    growBy(2);
  }
}
