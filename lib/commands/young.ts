/** Bounds the young generation of the heap for a command that publishes. */

/** Megabytes of a semi-space, of which the young generation has two. V8 goes up to 64 on large machines. */
const SEMI_SPACE_MB = 8;
const SEMI_SPACE = SEMI_SPACE_MB * 2 ** 20;
const CHECK_EVERY_MS = 10;

/**
 * What a run makes for each post is garbage soon: a young generation that grows holds more of it, and leaves the processor's
 * caches. For the whole process, so it is a command that asks for it, and no program that imports the library.
 */
export function boundYoungGeneration(): void {
  const v8 = process.getBuiltinModule("node:v8");
  // Of threads that are begun from now on: they have all of it at once, since of this one's growth they hear, too.
  for (const bound of ["max", "min"]) v8.setFlagsFromString(`--${bound}-semi-space-size=${SEMI_SPACE_MB}`);
  // This thread's limit was set when the process began; only how it grows is still asked for.
  const check = setInterval(() => {
    const size = v8.getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space")?.space_size ?? 0;
    if (size < 2 * SEMI_SPACE) return;
    v8.setFlagsFromString("--semi-space-growth-factor=1");
    clearInterval(check);
  }, CHECK_EVERY_MS);
  check.unref();
}
