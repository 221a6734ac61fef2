/** What `check` shows: problems with the lines around them, by cause or all of them by file; then totals. */
import { isError } from "../base/problems.ts";
import type { Problem } from "../model.ts";
import type { Report } from "../publish/types.ts";
import { compareKeys } from "../stores/store.ts";
import type { Advice } from "./advice.ts";
import { type Cause, causesOf } from "./causes.ts";
import { type Frame, showFrame } from "./frame.ts";
import { paintSeverity, severities, sortProblems } from "./order.ts";
import { causeLine } from "./problems.ts";
import { showStatuses } from "./statuses.ts";
import { type Paint, plain, visible } from "./text.ts";
import { count } from "./words.ts";

/** More problems than this are also counted by code. */
const FEW_PROBLEMS = 5;

/** Causes with a frame; of more there is a line each for errors, and a number for warnings. */
const MOST_CAUSES = 10;

/** What is shown of a report. */
export type Checked = Pick<Report, "problems" | "records" | "heldBack" | "refused">;

export interface CheckView {
  readonly frames: ReadonlyMap<Problem, Frame>;
  readonly paint?: Paint | undefined;
  /** Keys of `site.yaml` that settle many problems at once. */
  readonly advice?: readonly Advice[] | undefined;
  /** This command with `--all`, as it is typed. */
  readonly all?: string | undefined;
}

/** The problems whose frames `showCauses` shows: one of each of the first causes. */
export const examplesIn = (problems: readonly Problem[]): readonly Problem[] =>
  causesOf(problems)
    .slice(0, MOST_CAUSES)
    .map(({ example }) => example);

/** Each cause once, with an example; then what settles many, and totals. A few problems, each with its own, all are shown. */
export function showCauses(checked: Checked, view: CheckView): string {
  const { frames, paint = plain, advice = [], all = "dripfeed check --all" } = view;
  const causes = causesOf(checked.problems);
  if (causes.length <= MOST_CAUSES && causes.length === checked.problems.length) return showCheck(checked, view);
  const shown = causes.slice(0, MOST_CAUSES);
  const left = causes.slice(MOST_CAUSES);
  const errors = left.filter(({ example }) => isError(example));
  return [
    ...shown.flatMap((cause) => [...showCause(cause, frames, paint), ""]),
    ...errors.map((cause) => causeLine(cause, paint)),
    ...advice.map(({ code, problems, fix }) => {
      return `${paint("cyan", "settle")} ${count(problems, "problem")} [${code}] at once: ${visible(fix)}`;
    }),
    ...(advice.length + errors.length > 0 ? [""] : []),
    ...showTotals(checked, paint),
    `${left.length > 0 ? `${count(left.length, "more cause")}; ` : ""}every problem with its lines: ${all}`,
  ].join("\n");
}

function showCause({ example, problems }: Cause, frames: CheckView["frames"], paint: Paint): readonly string[] {
  const files = new Set(problems.map(({ file }) => file)).size;
  const alike = problems.length > 1 ? ` like this in ${count(files, "file")}` : "";
  const heading = `${paint("bold", visible(example.file))}: ${count(problems.length, "problem")}${alike}`;
  return [heading, "", ...showProblem(example, frames, paint)];
}

/** Every problem under the name of its file, with the lines around it; then totals. */
export function showCheck(checked: Checked, { frames, paint = plain }: CheckView): string {
  const files = Map.groupBy(sortProblems(checked.problems), ({ file }) => file);
  return [
    ...[...files].flatMap(([file, found]) => [...showFile(file, found, frames, paint), ""]),
    ...showTotals(checked, paint),
  ].join("\n");
}

function showFile(
  file: string,
  problems: readonly Problem[],
  frames: CheckView["frames"],
  paint: Paint,
): readonly string[] {
  return [
    `${paint("bold", visible(file))}: ${count(problems.length, "problem")}`,
    ...problems.flatMap((problem) => ["", ...showProblem(problem, frames, paint)]),
  ];
}

function showProblem(problem: Problem, frames: CheckView["frames"], paint: Paint): readonly string[] {
  const { severity, code, line, message, fix } = problem;
  const frame = frames.get(problem);
  const where = line === undefined ? "" : `line ${line}: `;
  return [
    `  ${where}${paintSeverity(severity, paint)}: ${visible(message)} ${paint("dim", `[${code}]`)}`,
    ...(frame && line !== undefined ? showFrame(frame, line, paint) : []).map((text) => `    ${text}`),
    `    ${paint("cyan", "fix:")} ${visible(fix)}`,
  ];
}

function showTotals(checked: Checked, paint: Paint): readonly string[] {
  const { problems, records, refused } = checked;
  const posts = Object.values(records).reduce((sum, n) => sum + n, 0);
  const statuses = showStatuses(checked, records.public > 0 ? `${records.public} public` : "");
  return [
    refused ? "the posts were not checked" : `${count(posts, "post")} checked${statuses ? `: ${statuses}` : ""}`,
    ...totalsOf(problems, paint),
    ...(refused && problems.length === 0 ? [visible(refused.message), `  fix: ${visible(refused.fix)}`] : []),
  ];
}

function totalsOf(problems: readonly Problem[], paint: Paint): readonly string[] {
  if (problems.length === 0) return ["no problems"];
  const files = new Set(problems.map(({ file }) => file)).size;
  const total = `${severities(problems)} in ${count(files, "file")}`;
  return problems.length > FEW_PROBLEMS ? [`${total}:`, ...countByCode(problems, paint)] : [total];
}

/** How often each code occurs: errors first, then the most frequent. */
function countByCode(problems: readonly Problem[], paint: Paint): readonly string[] {
  const byCode = [...Map.groupBy(problems, ({ severity, code }) => `${severity}\0${code}`).values()];
  const rows = byCode.flatMap((found) => (found[0] ? [{ ...found[0], n: found.length }] : []));
  const width = String(Math.max(...rows.map(({ n }) => n))).length;
  return rows
    .sort((a, b) => compareKeys(a.severity, b.severity) || b.n - a.n || compareKeys(a.code, b.code))
    .map(({ severity, code, n }) => {
      const gap = " ".repeat("warning".length - severity.length);
      return `  ${String(n).padStart(width)}  ${paintSeverity(severity, paint)}${gap}  ${code}`;
    });
}
