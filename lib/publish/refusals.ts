/** Refusals that concern a run as a whole. What looks like an accident is refused by the guard. */
import type { Refusal } from "../model.ts";

export const UNUSABLE_SITE: Refusal = {
  code: "site-unusable",
  message: "site.yaml cannot be used, so nothing was published",
  fix: "fix the problems of site.yaml",
};

export const BUSY: Refusal = {
  code: "busy",
  message: "another run is writing and did not end in time",
  fix: "try again when it has ended",
};

export const UNSETTLED: Refusal = {
  code: "unsettled",
  message: "the content or the state kept changing while it was published",
  fix: "publish again when it stands still",
};

/** The refusal passes by itself: nothing is wrong, and a later run does the work. */
export const isTransient = (refused: Refusal | undefined): boolean =>
  refused?.code === BUSY.code || refused?.code === UNSETTLED.code;
