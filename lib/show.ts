/** Reports and problems, as people read them in a terminal. */
import type { Problem, Report } from "./model.ts";

/** How many lines of a long list are worth reading. */
const LONG = 40;

export function showReport(report: Report): string {
  const { refused } = report;
  return [
    ...showProblems(report.problems),
    ...(refused ? [] : [...showChanges(report), summaryOf(report)]),
    ...(report.due && !refused ? [`next post due: ${report.due}`] : []),
    ...(refused ? [`refused: ${refused.message}`, `  mend: ${refused.mend}`] : []),
  ].join("\n");
}

function showChanges({ put, removed }: Report): readonly string[] {
  const changes = [
    ...put.map(({ path, reason }) => ["put", path, reason] as const),
    ...removed.map(({ path, reason }) => ["remove", path, reason] as const),
  ];
  const more = changes.length - LONG;
  return [...table(changes.slice(0, LONG)), ...(more > 0 ? [`  … and ${more} more`] : [])];
}

function summaryOf(report: Report): string {
  const { put, removed, dryRun, unchanged, took } = report;
  const posts = showStates(report);
  const work =
    put.length + removed.length === 0
      ? `nothing to do: ${count(unchanged, "document")} up to date`
      : `${put.length} put, ${removed.length} removed, ${unchanged} unchanged${dryRun ? " (not done)" : ""}`;
  return `${posts}; ${work}; ${(took / 1000).toFixed(2)} s`;
}

/** `14 posts public, 1 future, 3 hidden (2 draft, 1 password)` */
export function showStates({ records, heldBack }: Report): string {
  const reasons = Object.entries(heldBack).map(([reason, n]) => `${n} ${reason}`);
  const others = Object.entries(records)
    .filter(([state, n]) => n > 0 && state !== "public" && state !== "removed")
    .map(([state, n]) => `${n} ${state}${state === "hidden" ? ` (${reasons.join(", ")})` : ""}`);
  return [`${count(records.public, "post")} public`, ...others].join(", ");
}

/** Grouped by file, in the order of its lines. */
export function showProblems(problems: readonly Problem[]): readonly string[] {
  const ordered = [...problems].sort((a, b) => compare(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0));
  return ordered.flatMap(({ file, line, severity, code, message, mend }) => [
    `${file}${line === undefined ? "" : `:${line}`}: ${severity}: ${message} [${code}]`,
    `  mend: ${mend}`,
  ]);
}

function table(rows: readonly (readonly [string, string, string])[]): readonly string[] {
  const width = Math.max(0, ...rows.map(([, path]) => columns(path)));
  return rows.map(([verb, path, reason]) => {
    return `  ${verb.padEnd(6)}  ${path}${" ".repeat(width - columns(path))}  ${reason}`;
  });
}

/** Columns of a terminal: a full-width character takes two. */
const columns = (text: string): number =>
  [...text].reduce((sum, char) => sum + (/[\u1100-\uffdc]/.test(char) ? 2 : 1), 0);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;
