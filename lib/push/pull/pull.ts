/** Pulls into a folder what came into the content store by other ways than pushes, such as from a phone, and loses no text of either side. */
import { forEachAtOnce } from "../../base/concurrency.ts";
import { StoreConflict, StoreError } from "../../stores/store.ts";
import { SEEN_KEY, writeKnown } from "../seen.ts";
import { readSides } from "./sides.ts";
import { openSteps, type PulledSoFar } from "./steps.ts";
import type { PullOptions, PullReport } from "./types.ts";

const ATTEMPTS = 6;

/**
 * Throws a `StoreError` when a store fails, and the next pull continues; a `PushError` for files whose names are one key in the
 * store.
 */
export async function pull(options: PullOptions): Promise<PullReport> {
  const { from, to, media = false, dryRun = false } = options;
  let done: PulledSoFar = { brought: new Map(), removed: new Map(), conflicts: new Map(), left: new Map() };
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    if (dryRun) done = { brought: new Map(), removed: new Map(), conflicts: new Map(), left: new Map() };
    try {
      const sides = await readSides(from, to, media);
      const steps = openSteps(sides, done, options);
      await forEachAtOnce(sides.found, steps.take);
      // Last: after a crash before this the next pull finds both sides alike, and merges the same again.
      const known = steps.known();
      if (known !== undefined && !dryRun) await writeKnown(to, known);
      return {
        dryRun,
        brought: [...done.brought.values()],
        removed: [...done.removed.values()],
        conflicts: [...done.conflicts.values()],
        left: [...sides.left, ...done.left.values()],
        media: sides.media,
      };
    } catch (error) {
      // Somebody writes at the same moment: look again at what is there now.
      if (!(error instanceof StoreConflict)) throw error;
    }
  }
  const why = "others keep writing into the folder or the store: pull again when they have ended";
  throw new StoreError(to.name, "put", SEEN_KEY, why);
}
