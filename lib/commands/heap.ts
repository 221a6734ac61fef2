/** Bounds the heap while a command publishes: its young generation, and the garbage of its old one. */

/** Megabytes of a semi-space, of which the young generation has two. V8 goes up to 64 on large machines. */
const SEMI_SPACE_MB = 8;
const ENOUGH = 2 * SEMI_SPACE_MB * 2 ** 20;
const CHECK_EVERY_MS = 20;
/** What V8 has where nobody says anything: a size that it works out, and twice as much each time. */
const UNBOUNDED = 0;
const DOUBLING = 2;
/** Bytes in use from which on a heap counts as large. Below, which is where most sites stay, collecting more often only takes time. */
const LARGE = 128 * 2 ** 20;
/** Percent by which a large heap may grow before its garbage is collected. Unbounded, V8 lets it become twice as large and more. */
const GROWTH = 30;

/**
 * Most of what a run makes for a post is garbage soon. A young generation that goes on growing holds more of it at once, and no
 * longer fits into the processor's caches. The bound is for the whole process, so it is a command that asks for it, and no program
 * that imports the library; where the owner gave Node a size, that counts.
 *
 * Node warns of flags that are set while a program runs. V8 reads these where it uses them: in each new thread, each time that it
 * grows the young generation, and after each collection of the old one. After the work all are as they were.
 */
export async function withHeapBounds<T>(work: () => Promise<T>): Promise<T> {
  if (isSizeGiven()) return work();
  const v8 = process.getBuiltinModule("node:v8");
  const boundThreads = (megabytes: number) => {
    for (const bound of ["max", "min"]) v8.setFlagsFromString(`--${bound}-semi-space-size=${megabytes}`);
  };
  let factor = DOUBLING;
  const growBy = (next: number) => {
    if (next !== factor) v8.setFlagsFromString(`--semi-space-growth-factor=${next}`);
    factor = next;
  };
  let isLarge = false;
  const growOld = (percent: number) => v8.setFlagsFromString(`--heap-growing-percent=${percent}`);
  // Threads that are begun from now on have all of it at once: they could not grow while this one may not.
  boundThreads(SEMI_SPACE_MB);
  // This thread's size was bounded when the process began, and only its growth can still be stopped. V8 shrinks it by itself.
  const check = setInterval(() => {
    const young = v8.getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space");
    growBy((young?.space_size ?? 0) < ENOUGH ? DOUBLING : 1);
    if (!isLarge && v8.getHeapStatistics().used_heap_size > LARGE) {
      isLarge = true;
      growOld(GROWTH);
    }
  }, CHECK_EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(check);
    growBy(DOUBLING);
    growOld(UNBOUNDED);
    boundThreads(UNBOUNDED);
  }
}

const isSizeGiven = (): boolean =>
  [...process.execArgv, process.env["NODE_OPTIONS"] ?? ""].some((option) =>
    /semi[-_]space|heap[-_]growing/.test(option),
  );
