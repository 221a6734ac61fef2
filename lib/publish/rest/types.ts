/** Rest: nothing is to be done until something changes. */
import type { Report } from "../types.ts";

/** What the report of a run without work says besides what the run did. */
export type ReportAtRest = Pick<
  Report,
  "site" | "records" | "heldBack" | "documents" | "unchanged" | "problems" | "due"
>;
