/** Counts what a step of a run has done, and tells it whoever waits. */
import type { OnProgress, StepDone } from "./types.ts";

/** To be called for each that is done. */
export function counter(tell: OnProgress | undefined, step: StepDone["step"], total: number): () => void {
  if (!tell) return () => undefined;
  let done = 0;
  return () => {
    done += 1;
    tell({ step, done, total });
  };
}
