/** Where `ids.jsonl` and the records differ, for people. */
import { IDS_KEY, isError } from "../base/problems.ts";
import type { Problem } from "../model.ts";
import { causesOf } from "./causes.ts";
import { paintSeverity } from "./order.ts";
import { MAX_ROWS } from "./table.ts";
import { type Paint, visible } from "./text.ts";

/** What the file lacks is told once, since one export adds it; each other line is to be looked at. */
export function showDifferences(problems: readonly Problem[], paint: Paint): string {
  const [errors, warnings] = [problems.filter(isError), problems.filter((each) => !isError(each))];
  const more = errors.length - MAX_ROWS;
  return [
    ...errors.slice(0, MAX_ROWS).flatMap((each) => showDifference(each, 1, paint)),
    ...(more > 0 ? [`… and ${more} more; --json shows all`] : []),
    ...causesOf(warnings).flatMap((cause) => showDifference(cause.example, cause.problems.length, paint)),
  ].join("\n");
}

/** One of `n` that are alike. */
function showDifference({ severity, line, message, fix }: Problem, n: number, paint: Paint): readonly string[] {
  const others = n > 1 ? ` ${paint("bold", `(and ${n - 1} more)`)}` : "";
  return [
    `${IDS_KEY}:${line}: ${paintSeverity(severity, paint)}: ${visible(message)}${others}`,
    `  ${paint("cyan", "fix:")} ${visible(fix)}`,
  ];
}
