/** The order of problems, and how their severities are shown. */
import { isError, SITE_KEY } from "../base/problems.ts";
import type { Problem } from "../model.ts";
import { compareKeys } from "../stores/store.ts";
import type { Paint } from "./text.ts";
import { count } from "./words.ts";

/** Those of site.yaml first, then by file in UTF-8 key order, and by line. */
export function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  const rank = ({ file }: Problem) => (file === SITE_KEY ? 0 : 1);
  return [...problems].sort(
    (a, b) => rank(a) - rank(b) || compareKeys(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0),
  );
}

export const paintSeverity = (severity: Problem["severity"], paint: Paint): string =>
  paint(severity === "error" ? "red" : "yellow", severity);

/** `2 errors, 1 warning` */
export function severities(problems: readonly Problem[]): string {
  const errors = problems.filter(isError).length;
  const warnings = problems.length - errors;
  return [...(errors > 0 ? [count(errors, "error")] : []), ...(warnings > 0 ? [count(warnings, "warning")] : [])].join(
    ", ",
  );
}
