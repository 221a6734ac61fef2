/** Refusals that several use cases share. */
import type { Refusal } from "../model.ts";

export const BUSY: Refusal = {
  code: "busy",
  message: "another run is writing and did not end in time",
  fix: "try again when it has ended",
};
