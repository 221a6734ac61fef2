/** Causes: problems that differ in nothing but their places and what they quote, told once. */
import { isError, SITE_KEY } from "../base/problems.ts";
import type { Problem } from "../model.ts";
import { compareKeys } from "../stores/store.ts";
import { sortProblems } from "./order.ts";

export interface Cause {
  /** The one that stands for all of them. */
  readonly example: Problem;
  /** All of them, by file and line. */
  readonly problems: readonly Problem[];
}

/** Messages of one code that are told apart; more of them are one cause, whatever they say. */
const MOST_SHAPES = 5;

/** Errors first, those of `site.yaml` before others, then the most frequent. */
export function causesOf(problems: readonly Problem[]): readonly Cause[] {
  const byCode = Map.groupBy(sortProblems(problems), ({ severity, code }) => `${severity}\0${code}`);
  const causes = [...byCode.values()].flatMap((alike) => {
    const shapes = [...Map.groupBy(alike, shapeOf).values()].toSorted((a, b) => b.length - a.length);
    const others = shapes.slice(MOST_SHAPES).flat();
    return [...shapes.slice(0, MOST_SHAPES), ...(others.length > 0 ? [sortProblems(others)] : [])];
  });
  return causes
    .flatMap((found) => (found[0] ? [{ example: found[0], problems: found }] : []))
    .toSorted(
      (a, b) =>
        rankOf(a.example) - rankOf(b.example) ||
        b.problems.length - a.problems.length ||
        compareKeys(a.example.file, b.example.file),
    );
}

const rankOf = (problem: Problem): number => (isError(problem) ? 0 : 2) + (problem.file === SITE_KEY ? 0 : 1);

/** What the author wrote. */
const QUOTED = /"[^"]*"|`[^`]*`/g;
/** A tag or a shortcode after its name: `{% youtube dQw4 %}`. */
const ARGUMENTS = /(\{[{%]{1,2}[<%-]?\s?[\w:-]{0,40})[^{}]*/g;
/** A number, a path or an address. */
const PLACE = /[\d/\\]|\.\w/;

/** A message without what differs from post to post. */
const shapeOf = ({ message }: Problem): string =>
  message
    .replace(QUOTED, "…")
    .replace(ARGUMENTS, "$1")
    .split(/\s+/)
    .map((word) => (PLACE.test(word) ? "…" : word))
    .join(" ");
