/**
 * `npm run bench [-- 100 1000 100000]`: what publishing costs, compared with Hugo on the same posts and machine. What runs is the
 * packed command.
 *
 * It prints measurements; a limit that does not hold is no failure.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { constants, cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { packedPackage } from "../package/packed.ts";
import { budgetOf, coldStartBudget } from "./budget.ts";
import { measureColdStart } from "./coldstart.ts";
import { writeDocs } from "./docs.ts";
import { measure, type Sizes, type Task } from "./measure.ts";
import { HEAD, type Measured, rowOf } from "./measured.ts";
import { hasGnuTime, runner } from "./run.ts";
import { mebibytes } from "./stats.ts";
import { textTable } from "./table.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** A folder with performance.md, into which the table is written, and pictures/ for the picture. */
    docs: { type: "string" },
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
/** Enough for the command to run whatever it runs for large sites. */
const WARM_UP = 1000;

const log = (line: string) => process.stderr.write(`${line}\n`);
const print = (text: string) => process.stdout.write(`${text}\n`);

const version = spawnSync("hugo", ["version"], { encoding: "utf8" });
const hugo = version.status === 0 ? /v(\d[\d.]*)/.exec(version.stdout)?.[1] : undefined;
const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GiB of memory`;
const programs = `Node ${process.versions.node}, ${hugo === undefined ? "no Hugo" : `Hugo ${hugo}`}`;
const machine = `${cpus().length} cores and ${memory}, ${programs}`;

print(`${machine}\n`);
if (hugo === undefined) log("`hugo` is not installed (Debian: apt-get install hugo): no comparison.");
if (!hasGnuTime) log("GNU `time` is not installed (Debian: apt-get install time): no CPU time, no memory.");

const ALIGN = ["left", "right", "right", "left", "left"] as const;

const folder = mkdtempSync(join(tmpdir(), "dripfeed-bench-"));
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(128 + constants.signals[signal]);
  });
}
try {
  log("packing the command …");
  const { consumer } = await packedPackage(folder);
  const command = join(consumer, "node_modules/dripfeed/dist/package/dripfeed.js");
  const task = { run: runner(folder), command, seed: numberOf(values.seed), hasHugo: hugo !== undefined };
  const measured = (posts: number, runs: number, log: Task["log"]): Sizes => {
    const place = join(folder, String(posts));
    mkdirSync(place);
    const made = measure({ ...task, posts, runs, folder: place, log });
    rmSync(place, { recursive: true, force: true });
    return made;
  };
  log("warming up …");
  measured(WARM_UP, 1, () => undefined);
  const all: Sizes[] = [];
  for (const posts of sizes) {
    const made = measured(posts, runsOf(posts), log);
    show(made, budgetOf(made));
    all.push(made);
  }
  log("cold start …");
  const start = coldStartBudget(await measureColdStart(folder, 9));
  print(textTable([HEAD, rowOf(start)], ALIGN));
  if (values.docs !== undefined) writeDocs(values.docs, all, start, machine);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function show({ posts, bytes, checked, operations }: Sizes, budget: readonly Measured[]): void {
  print(`${posts.toLocaleString("en")} posts, ${mebibytes(bytes)}; medians of ${runsOf(posts)} runs of each process`);
  if (checked) print(`Hugo made ${checked.documents} documents: ${checked.fault ?? "those that Dripfeed makes, too"}`);
  print(`\n${textTable([HEAD, ...budget.map(rowOf)], ALIGN)}\n`);
  const counts = Object.entries(operations).map(([work, stores]) => [
    work,
    ...Object.values(stores).map(({ list, get, put, delete: gone }) => `${list} / ${get} / ${put} / ${gone}`),
  ]);
  const head = ["list / get / put / delete", "content", "public", "state"];
  print(`${textTable([head, ...counts], ["left", "right", "right", "right"])}\n`);
}
