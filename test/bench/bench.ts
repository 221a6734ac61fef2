/**
 * `npm run bench [-- 100 1000 100000]`: what publishing costs, compared with Hugo on the same posts and machine.
 *
 * It prints measurements; a limit that does not hold is no failure.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { budgetOf, coldStartBudget, HEAD, type Measured, ratioRows, rowOf } from "./budget.ts";
import { measureColdStart } from "./coldstart.ts";
import { measure, type Sizes } from "./measure.ts";
import { measuresMemory } from "./run.ts";
import { mebibytes } from "./stats.ts";
import { markdownTable, textTable } from "./table.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Print only ratios, as a Markdown table for docs/performance.md. */
    markdown: { type: "boolean", default: false },
    seed: { type: "string", default: "1" },
    /** Runs of each process; by default fewer for larger sites. */
    runs: { type: "string" },
  },
});
const numberOf = (text: string): number => {
  const number = Number(text.replaceAll(/[,_]/g, ""));
  if (!Number.isInteger(number) || number < 1) throw new Error(`${text} is not a whole number of at least 1`);
  return number;
};
const sizes = positionals.length > 0 ? positionals.map(numberOf) : [100, 1000, 10_000];
const runsOf = (posts: number): number => {
  return values.runs === undefined ? (posts > 10_000 ? 1 : posts > 1000 ? 3 : 5) : numberOf(values.runs);
};

const log = (line: string) => process.stderr.write(`${line}\n`);
const print = (text: string) => process.stdout.write(`${text}\n`);

const version = spawnSync("hugo", ["version"], { encoding: "utf8" });
const hugo = version.status === 0 ? /v\d[\w.+]*/.exec(version.stdout)?.[0] : undefined;
const machine = `${cpus().length} cores and ${(totalmem() / 2 ** 30).toFixed(0)} GiB of memory`;

print(`${machine}; Node ${process.versions.node}; ${hugo === undefined ? "no Hugo" : `Hugo ${hugo}`}\n`);
if (hugo === undefined) log("`hugo` is not installed (Debian: apt-get install hugo): no comparison.");
if (!measuresMemory) log("GNU `time` is not installed (Debian: apt-get install time): memory is not measured.");

const ALIGN = ["left", "right", "right", "left", "left"] as const;

const folder = mkdtempSync(join(tmpdir(), "dripfeed-bench-"));
process.on("SIGINT", () => {
  rmSync(folder, { recursive: true, force: true });
  process.exit(130);
});
try {
  const bySize = new Map<number, readonly Measured[]>();
  for (const posts of sizes) {
    const place = join(folder, String(posts));
    mkdirSync(place);
    const task = { posts, folder: place, seed: numberOf(values.seed), runs: runsOf(posts), log };
    const measured = measure({ ...task, hasHugo: hugo !== undefined });
    rmSync(place, { recursive: true, force: true });
    bySize.set(posts, budgetOf(measured));
    if (!values.markdown) show(measured, budgetOf(measured));
  }
  log("cold start …");
  const start = coldStartBudget(await measureColdStart(folder, 9));
  if (values.markdown) print(markdownTable(ratioRows(bySize, start)));
  else print(textTable([HEAD, rowOf(start)], ALIGN));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function show({ posts, bytes, hugo: hugoOutput, operations }: Sizes, budget: readonly Measured[]): void {
  print(`${posts.toLocaleString("en")} posts, ${mebibytes(bytes)}; medians of ${runsOf(posts)} runs of each process`);
  if (hugoOutput !== "") print(`Hugo wrote ${hugoOutput}`);
  print(`\n${textTable([HEAD, ...budget.map(rowOf)], ALIGN)}\n`);
  const counts = Object.entries(operations).map(([work, stores]) => [
    work,
    ...Object.values(stores).map(({ list, get, put, delete: gone }) => `${list} / ${get} / ${put} / ${gone}`),
  ]);
  const head = ["list / get / put / delete", "content", "public", "state"];
  print(`${textTable([head, ...counts], ["left", "right", "right", "right"])}\n`);
}
