/** What the bench measured, as docs/performance.md shows it: a table, and a picture. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { budgetOf } from "./budget.ts";
import type { Sizes } from "./measure.ts";
import { type Measured, shown } from "./measured.ts";
import { ourRuns, type Pairs, theirRuns } from "./pairs.ts";
import { type Line, plotOf } from "./plot.ts";
import { type Amount, medianRun, type Run } from "./run.ts";
import { markdownTable } from "./table.ts";

/** Around what the bench writes into the page. */
const BOUNDS = ["<!-- measured -->\n", "<!-- end of what was measured -->"] as const;

/** Writes both into the folder of the docs. */
export function writeDocs(folder: string, sizes: readonly Sizes[], coldStart: Measured, machine: string): void {
  const page = join(folder, "performance.md");
  writeFileSync(page, withMeasured(readFileSync(page, "utf8"), `${machine}.\n\n${docsTable(sizes, coldStart)}`));
  writeFileSync(join(folder, "pictures/performance.svg"), pictureOf(sizes, machine));
}

/** The page with `text` in place of what was measured before. */
export function withMeasured(page: string, text: string): string {
  const [before, after] = BOUNDS.map((bound) => page.indexOf(bound));
  if (before === undefined || after === undefined || before < 0 || after < before)
    throw new Error(`the page has no lines ${BOUNDS.join(" and ").replaceAll("\n", "")}`);
  return `${page.slice(0, before)}${BOUNDS[0]}${text}\n${page.slice(after)}`;
}

const docsTable = (sizes: readonly Sizes[], coldStart: Measured): string =>
  markdownTable(docsRows(new Map(sizes.map((each) => [each.posts, budgetOf(each)])), coldStart));

/** Ratios, memory, and times that have a limit; a column for each size. */
export function docsRows(
  bySize: ReadonlyMap<number, readonly Measured[]>,
  coldStart: Measured,
): readonly (readonly string[])[] {
  const sizes = [...bySize.keys()].map((posts) => posts.toLocaleString("en"));
  const budgets = [...bySize.values()];
  const works = [...new Set(budgets.flat().map(({ work }) => work))];
  const rows = works.flatMap((work) => {
    const each = budgets.map((budget) => budget.find((other) => other.work === work));
    const unit = each.find((measured) => measured)?.unit ?? "×";
    const limits = each.map((measured) => measured?.limit);
    if (unit === "requests" || (unit === "ms" && limits.every((limit) => limit === undefined))) return [];
    const most = limits.flatMap((value, i) => (value === undefined ? [] : `${shown({ unit, value })} for ${sizes[i]}`));
    return [[work, ...each.map((measured) => (measured ? shown(measured) : "–")), most.join(", ")]];
  });
  const { limit, unit, work } = coldStart;
  const start = [work, ...sizes.map(() => shown(coldStart)), limit === undefined ? "" : shown({ unit, value: limit })];
  return [["posts", ...sizes, "at most"], ...rows, start];
}

/** Time and memory of first publications, and of an edit, beside Hugo. */
export function pictureOf(sizes: readonly Sizes[], machine: string): string {
  const lines = (of: Amount, per: number): readonly Line[] => {
    const lineOf = (name: string, runsOf: (sizes: Sizes) => readonly Run[]): Line => ({
      name,
      points: sizes.map((each) => [each.posts, (medianRun(runsOf(each))?.[of] ?? Number.NaN) / per]),
    });
    const pairsOf = (name: string, of: (sizes: Sizes) => Pairs) => lineOf(name, (each) => ourRuns(of(each)));
    return [
      pairsOf("Dripfeed, the same documents", ({ same }) => same),
      lineOf("Hugo", ({ same }) => theirRuns(same)),
      pairsOf("Dripfeed, everything on", ({ all }) => all),
      pairsOf("Dripfeed, one edit", ({ edit }) => edit),
    ];
  };
  const seconds = (n: number) => `${n < 1 ? n : n.toLocaleString("en")} s`;
  const mebibytes = (n: number) => (n < 1024 ? `${n} MiB` : `${n / 1024} GiB`);
  return plotOf(
    "What publishing takes, by the number of posts",
    `Time and memory that publishing takes, by the number of posts, Hugo beside it (${machine}); the table has the numbers`,
    "number of posts",
    [
      { title: "time of a whole process", lines: lines("ms", 1000), step: 10, shown: seconds },
      { title: "most memory of a whole process", lines: lines("memory", 2 ** 20), step: 2, shown: mebibytes },
    ],
  );
}
