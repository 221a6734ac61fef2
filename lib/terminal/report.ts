/** Reports and problems, as people read them in a terminal. */

import { SITE_KEY } from "../base/problems.ts";
import type { Problem, Refusal, Report } from "../model.ts";
import { compareKeys } from "../stores/store.ts";
import { type Frame, showFrame } from "./frame.ts";
import { columns, type Paint, plain, visible } from "./text.ts";

/** How many entries of a long list are worth reading. */
const LONG = 40;

/** How many problems are seen at a glance, without a table of what they are. */
const FEW = 5;

export function showReport(report: Report): string {
  const { refused, forced } = report;
  return [
    ...showProblems(report.problems),
    ...(refused ? [] : [...showChanges(report), ...showRecovered(report), summaryOf(report)]),
    ...(report.unfinished ? ["unfinished: time was over; publish again to go on"] : []),
    ...(report.due && !refused ? [`next due: ${report.due}`] : []),
    ...eachOf(forced).map(({ message }) => `forced: ${visible(message)}`),
    ...eachOf(refused).flatMap(({ message, fix }) => [`refused: ${visible(message)}`, `  fix: ${visible(fix)}`]),
  ].join("\n");
}

const eachOf = (refusal: Refusal | undefined): readonly Refusal[] =>
  refusal ? [refusal, ...(refusal.also ?? [])] : [];
/** `read back 12 posts and 1 tombstone from 40 documents: 12 found in the content, 0 new ids` */
function showRecovered({ recovered }: Report): readonly string[] {
  if (!recovered) return [];
  const { documents, posts, tombstones, recognised, minted } = recovered;
  const read = `${count(posts, "post")} and ${count(tombstones, "tombstone")} from ${count(documents, "document")}`;
  return [`read back ${read}: ${recognised} found in the content, ${count(minted, "new id")}`];
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
  const posts = showStates(report, `${count(report.records.public, "post")} public`);
  const work =
    put.length + removed.length === 0
      ? `nothing to do: ${count(unchanged, "document")} up to date`
      : `${put.length} put, ${removed.length} removed, ${unchanged} unchanged${dryRun ? " (not done)" : ""}`;
  return `${posts}; ${work}; ${(took / 1000).toFixed(2)} s`;
}

/** `14 posts public, 1 future, 3 hidden (2 draft, 1 password)` */
function showStates({ records, heldBack }: Pick<Report, "records" | "heldBack">, ofPublic: string): string {
  const reasons = amounts(Object.entries(heldBack));
  const others = Object.entries(records)
    .filter(([state, n]) => n > 0 && state !== "public" && state !== "removed")
    .map(([state, n]) => `${n} ${state}${state === "hidden" ? ` (${reasons.join(", ")})` : ""}`);
  return [ofPublic, ...others].filter(Boolean).join(", ");
}

/** A line for each problem that `grep` and editors understand, and one for its remedy. */
export function showProblems(problems: readonly Problem[]): readonly string[] {
  const lines = inOrder(problems)
    .slice(0, LONG)
    .flatMap(({ file, line, severity, code, message, fix }) => [
      visible(`${file}${line === undefined ? "" : `:${line}`}: ${severity}: ${message} [${code}]`),
      `  fix: ${visible(fix)}`,
    ]);
  const more = inOrder(problems).slice(LONG);
  if (more.length === 0) return lines;
  return [...lines, `… and ${count(more.length, "more problem")} (${severities(more)}): dripfeed check shows all`];
}

/** What `check` found. */
export type Checked = Pick<Report, "problems" | "records" | "heldBack" | "refused">;

/** Every problem under the name of its file, with the lines it is about; then what there is, in numbers. */
export function showCheck(checked: Checked, frames: ReadonlyMap<Problem, Frame>, paint: Paint = plain): string {
  const { problems, records, refused } = checked;
  const files = Map.groupBy(inOrder(problems), ({ file }) => file);
  const posts = Object.values(records).reduce((sum, n) => sum + n, 0);
  const states = showStates(checked, records.public > 0 ? `${records.public} public` : "");
  return [
    ...[...files].flatMap(([file, found]) => [...showFile(file, found, frames, paint), ""]),
    refused ? "the posts were not checked" : `${count(posts, "post")} checked${states ? `: ${states}` : ""}`,
    ...showTotals(problems, files.size, paint),
    ...(refused && problems.length === 0 ? [refused.message, `  fix: ${refused.fix}`] : []),
  ].join("\n");
}

function showTotals(problems: readonly Problem[], files: number, paint: Paint): readonly string[] {
  if (problems.length === 0) return ["no problems"];
  const total = `${severities(problems)} in ${count(files, "file")}`;
  return problems.length > FEW ? [`${total}:`, ...tally(problems, paint)] : [total];
}

function showFile(
  file: string,
  problems: readonly Problem[],
  frames: ReadonlyMap<Problem, Frame>,
  paint: Paint,
): readonly string[] {
  return [
    `${paint("bold", visible(file))}: ${count(problems.length, "problem")}`,
    ...problems.flatMap((problem) => {
      const { severity, code, line, message, fix } = problem;
      const frame = frames.get(problem);
      const where = line === undefined ? "" : `line ${line}: `;
      return [
        "",
        `  ${where}${paintSeverity(severity, paint)}: ${visible(message)} ${paint("dim", `[${code}]`)}`,
        ...(frame && line !== undefined ? showFrame(frame, line, paint) : []).map((text) => `    ${text}`),
        `    ${paint("cyan", "fix:")} ${visible(fix)}`,
      ];
    }),
  ];
}

/** How often each code occurs; errors first, then what there is most of. */
function tally(problems: readonly Problem[], paint: Paint): readonly string[] {
  const byCode = [...Map.groupBy(problems, ({ severity, code }) => `${severity}\0${code}`).values()];
  const rows = byCode.flatMap((found) => (found[0] ? [{ ...found[0], n: found.length }] : []));
  const width = String(Math.max(...rows.map(({ n }) => n))).length;
  return rows
    .sort((a, b) => compare(a.severity, b.severity) || b.n - a.n || compare(a.code, b.code))
    .map(({ severity, code, n }) => {
      const gap = " ".repeat("warning".length - severity.length);
      return `  ${String(n).padStart(width)}  ${paintSeverity(severity, paint)}${gap}  ${code}`;
    });
}

/** The site's own first, then by file in UTF-8 key order, and by line. */
function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const rank = ({ file }: Problem) => (file === SITE_KEY ? 0 : 1);
  return [...problems].sort(
    (a, b) => rank(a) - rank(b) || compareKeys(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0),
  );
}

const paintSeverity = (severity: Problem["severity"], paint: Paint): string =>
  paint(severity === "error" ? "red" : "yellow", severity);

function severities(problems: readonly Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const warnings = problems.length - errors;
  return [...(errors > 0 ? [count(errors, "error")] : []), ...(warnings > 0 ? [count(warnings, "warning")] : [])].join(
    ", ",
  );
}

/** `3 future`, of what there is any of. */
const amounts = (counts: readonly (readonly [string, number])[]): readonly string[] =>
  counts.filter(([, n]) => n > 0).map(([what, n]) => `${n} ${what}`);

function table(rows: readonly (readonly [string, string, string])[]): readonly string[] {
  const width = Math.max(0, ...rows.map(([, path]) => columns(path)));
  return rows.map(([verb, path, reason]) => {
    return `  ${verb.padEnd(6)}  ${path}${" ".repeat(width - columns(path))}  ${reason}`;
  });
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;
