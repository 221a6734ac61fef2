/** Problems in few lines: one for each cause, errors first. */
import { isError } from "../base/problems.ts";
import type { Problem } from "../model.ts";
import { type Cause, causesOf } from "./causes.ts";
import { paintSeverity } from "./order.ts";
import { type Paint, plain, visible } from "./text.ts";
import { count } from "./words.ts";

/** Causes of warnings that are shown. Those of errors all are. */
const MOST_WARNINGS = 10;

export interface ProblemsView {
  readonly paint?: Paint | undefined;
  /** The command that shows all, as it is typed. */
  readonly check?: string | undefined;
}

/** For each cause a line `file:line: severity: message [code]`, which editors understand, and a line with its fix. */
export function showProblems(problems: readonly Problem[], view: ProblemsView = {}): readonly string[] {
  const { paint = plain, check = "dripfeed check" } = view;
  const causes = causesOf(problems);
  const errors = causes.filter(({ example }) => isError(example));
  const warnings = causes.slice(errors.length);
  const shown = [...errors, ...warnings.slice(0, MOST_WARNINGS)];
  const left = warnings.slice(MOST_WARNINGS);
  const more = left.reduce((sum, cause) => sum + cause.problems.length, 0);
  return [
    ...shown.flatMap((cause) => showCause(cause, paint)),
    ...(more > 0 ? [`… and ${count(more, "more warning")} of ${count(left.length, "cause")}: ${check} shows all`] : []),
  ];
}

const showCause = (cause: Cause, paint: Paint): readonly string[] => [
  causeLine(cause, paint),
  `  ${paint("cyan", "fix:")} ${visible(cause.example.fix)}`,
];

/** Without its fix. */
export function causeLine({ example, problems }: Cause, paint: Paint): string {
  const { file, line, severity, code, message } = example;
  const place = visible(`${file}${line === undefined ? "" : `:${line}`}`);
  const others = problems.length > 1 ? ` ${paint("bold", `(and ${problems.length - 1} more)`)}` : "";
  return `${place}: ${paintSeverity(severity, paint)}: ${visible(message)} ${paint("dim", `[${visible(code)}]`)}${others}`;
}
