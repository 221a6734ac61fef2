/** Reports and problems as text for people. */
import { SITE_KEY } from "../base/problems.ts";
import type { Problem, Refusal } from "../model.ts";
import type { Report } from "../publish/types.ts";
import { compareKeys } from "../stores/store.ts";
import { type Frame, showFrame } from "./frame.ts";
import { columns, type Paint, plain, visible } from "./text.ts";

/** Longer lists are cut. */
const MAX_ROWS = 40;

/** More problems than this are also counted by code. */
const FEW_PROBLEMS = 5;

export async function showReport(report: Report): Promise<string> {
  const { refused, forced } = report;
  return [
    ...showProblems(report.problems),
    ...(refused ? [] : [...(await showChanges(report)), ...showRecovered(report), summaryOf(report)]),
    ...(report.unfinished ? ["unfinished: out of time; publish again to go on"] : []),
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

async function showChanges({ put, removed }: Report): Promise<readonly string[]> {
  const changes = [
    ...put.map(({ path, reason }) => ["put", path, reason] as const),
    ...removed.map(({ path, reason }) => ["remove", path, reason] as const),
  ];
  const more = changes.length - MAX_ROWS;
  return [...(await table(changes.slice(0, MAX_ROWS))), ...(more > 0 ? [`  … and ${more} more`] : [])];
}

function summaryOf(report: Report): string {
  const { put, removed, dryRun, unchanged, took } = report;
  const posts = showStatuses(report, `${count(report.records.public, "post")} public`);
  const work =
    put.length + removed.length === 0
      ? `nothing to do: ${count(unchanged, "document")} up to date`
      : `${put.length} put, ${removed.length} removed, ${unchanged} unchanged${dryRun ? " (not done)" : ""}`;
  return `${posts}; ${work}; ${(took / 1000).toFixed(2)} s`;
}

/** `14 posts public, 1 future, 3 hidden (2 draft, 1 password)` */
function showStatuses({ records, heldBack }: Pick<Report, "records" | "heldBack">, ofPublic: string): string {
  const reasons = amounts(Object.entries(heldBack));
  const others = Object.entries(records)
    .filter(([status, n]) => n > 0 && status !== "public" && status !== "removed")
    .map(([status, n]) => `${n} ${status}${status === "hidden" ? ` (${reasons.join(", ")})` : ""}`);
  return [ofPublic, ...others].filter(Boolean).join(", ");
}

/** For each problem a line `file:line: severity: message [code]`, which editors understand, and a line with its fix. */
export function showProblems(problems: readonly Problem[]): readonly string[] {
  const sorted = sortProblems(problems);
  const lines = sorted
    .slice(0, MAX_ROWS)
    .flatMap(({ file, line, severity, code, message, fix }) => [
      visible(`${file}${line === undefined ? "" : `:${line}`}: ${severity}: ${message} [${code}]`),
      `  fix: ${visible(fix)}`,
    ]);
  const more = sorted.slice(MAX_ROWS);
  if (more.length === 0) return lines;
  return [...lines, `… and ${count(more.length, "more problem")} (${severities(more)}): dripfeed check shows all`];
}

/** What `showCheck` shows of a report. */
export type Checked = Pick<Report, "problems" | "records" | "heldBack" | "refused">;

/** Every problem under the name of its file, with the lines around it; then totals. */
export function showCheck(checked: Checked, frames: ReadonlyMap<Problem, Frame>, paint: Paint = plain): string {
  const { problems, records, refused } = checked;
  const files = Map.groupBy(sortProblems(problems), ({ file }) => file);
  const posts = Object.values(records).reduce((sum, n) => sum + n, 0);
  const statuses = showStatuses(checked, records.public > 0 ? `${records.public} public` : "");
  return [
    ...[...files].flatMap(([file, found]) => [...showFile(file, found, frames, paint), ""]),
    refused ? "the posts were not checked" : `${count(posts, "post")} checked${statuses ? `: ${statuses}` : ""}`,
    ...showTotals(problems, files.size, paint),
    ...(refused && problems.length === 0 ? [refused.message, `  fix: ${refused.fix}`] : []),
  ].join("\n");
}

function showTotals(problems: readonly Problem[], files: number, paint: Paint): readonly string[] {
  if (problems.length === 0) return ["no problems"];
  const total = `${severities(problems)} in ${count(files, "file")}`;
  return problems.length > FEW_PROBLEMS ? [`${total}:`, ...countByCode(problems, paint)] : [total];
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

/** How often each code occurs: errors first, then the most frequent. */
function countByCode(problems: readonly Problem[], paint: Paint): readonly string[] {
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

/** Those of site.yaml first, then by file in UTF-8 key order, and by line. */
function sortProblems(problems: readonly Problem[]): readonly Problem[] {
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

/** `3 future`, without those that are zero. */
const amounts = (counts: readonly (readonly [string, number])[]): readonly string[] =>
  counts.filter(([, n]) => n > 0).map(([what, n]) => `${n} ${what}`);

async function table(rows: readonly (readonly [string, string, string])[]): Promise<readonly string[]> {
  const widths = await Promise.all(rows.map(([, path]) => columns(path)));
  const widest = Math.max(0, ...widths);
  return rows.map(([verb, path, reason], i) => {
    return `  ${verb.padEnd(6)}  ${path}${" ".repeat(widest - (widths[i] ?? 0))}  ${reason}`;
  });
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;
