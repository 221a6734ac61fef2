/**
 * Runs the mutants of this folder: each is made in a scratch copy of the checkout and must make its test fail by an assertion.
 * `npm run test:mutations` runs all, several at once; `-- --types "05 a file"` runs those whose number (`seen` of those of
 * `seen.mutants.ts`) and name begin so, and also checks that the mutated code compiles, as an error that gets committed would.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { type Copy, copyCheckout, run } from "./copies.ts";
import { applyEdit, type Mutant, type MutatedTest } from "./mutant.ts";
import { readMutants } from "./mutants.ts";
import { TESTS } from "./seen.mutants.ts";
import { readSentences } from "./sentences.ts";

const FOLDER = "test/always";
const COPIES = Math.max(1, availableParallelism());

const CHECKS_TYPES = process.argv.includes("--types");
const NAMES = process.argv.slice(2).filter((word) => !word.startsWith("--"));

interface Verdict {
  readonly what: string;
  readonly holds: boolean;
  readonly word: string;
  /** What went wrong, or what the assertion said. */
  readonly why: string;
  readonly seconds: number;
}

type Judgement = Omit<Verdict, "what" | "seconds">;

/** The test without a mutant: if it fails then, its failure with one proves nothing. */
async function judgeTest(test: string, file: string, copy: Copy): Promise<Judgement> {
  const outcome = await copy.outcomeOf({ file, test });
  if (!outcome) return { holds: false, word: "NO TEST", why: `no test has the name ${JSON.stringify(test)}` };
  const isGreen = outcome.state === "passed";
  return { holds: isGreen, word: isGreen ? "green" : "RED", why: isGreen ? test : outcome.message };
}

async function judgeMutant(test: string, file: string, mutant: Mutant, copy: Copy): Promise<Judgement> {
  const originals = new Map<string, string>();
  try {
    for (const edit of mutant.edits) {
      const path = join(copy.folder, edit.file);
      const text = readFileSync(path, "utf8");
      if (!originals.has(path)) originals.set(path, text);
      writeFileSync(path, applyEdit(text, edit));
    }
    return await judgeMutated(test, file, copy);
  } catch (error) {
    return { holds: false, word: "DOES NOT APPLY", why: (error as Error).message };
  } finally {
    for (const [path, text] of originals) writeFileSync(path, text);
  }
}

async function judgeMutated(test: string, file: string, copy: Copy): Promise<Judgement> {
  if (CHECKS_TYPES) {
    const types = await run(join("node_modules", ".bin", "tsc"), ["--noEmit"], copy.folder);
    if (types.code !== 0) return { holds: false, word: "NO TYPES", why: types.output };
  }
  const outcome = await copy.outcomeOf({ file, test });
  if (!outcome) return { holds: false, word: "NOT RUN", why: "the test could not be run" };
  if (outcome.state === "passed") return { holds: false, word: "GREEN", why: "the test did not notice" };
  const isAssertion = outcome.errors.some((names) => names.at(-1) === "AssertionError");
  return { holds: isAssertion, word: isAssertion ? "red" : "RED BY ERROR", why: outcome.message };
}

async function timed(what: string, work: () => Promise<Judgement>): Promise<Verdict> {
  const start = performance.now();
  const verdict = { what, ...(await work()) };
  return { ...verdict, seconds: (performance.now() - start) / 1000 };
}

function show({ what, word, why, seconds }: Verdict): void {
  const [line = ""] = why.trim().split("\n");
  const shown = line.length > 90 ? `${line.slice(0, 89)}…` : line;
  console.log(`${what.padEnd(58)} ${word.padEnd(14)} ${seconds.toFixed(1).padStart(5)} s  ${shown}`);
}

type Task = (copy: Copy) => Promise<Verdict>;

/** For each sentence, and each other test, the test without a mutant, then its mutants. */
async function planTasks(): Promise<{ readonly tasks: readonly Task[]; readonly missing: readonly Verdict[] }> {
  const mutants = await readMutants();
  const files = readdirSync(FOLDER);
  const sentences = [...readSentences()];
  if (sentences.length !== 12) throw new Error(`ARCHITECTURE.md lists ${sentences.length} sentences, not 12`);
  const tasks: Task[] = [];
  const missing: Verdict[] = [];
  for (const [number, sentence] of sentences) {
    const file = files.find((name) => name.startsWith(`${number}-`) && name.endsWith(".test.ts"));
    const own = mutants.filter((mutant) => mutant.sentence === number);
    if (!file || own.length === 0) {
      const why = file ? "has no mutant" : "has no test";
      missing.push({ what: sentence, holds: false, word: "MISSING", why, seconds: 0 });
    }
    if (file) tasks.push(...tasksOf({ file: join(FOLDER, file), name: sentence, mutants: own }, number));
  }
  return { tasks: [...tasks, ...TESTS.flatMap((test) => tasksOf(test, "seen"))], missing };
}

/** `number` stands before the name of each mutant. */
function tasksOf({ file, name: test, mutants }: MutatedTest, number: string): readonly Task[] {
  const labelled = mutants.map((mutant) => ({ mutant, label: `${number} ${mutant.name}` }));
  const chosen = labelled.filter(({ label }) => NAMES.length === 0 || NAMES.some((name) => label.startsWith(name)));
  if (chosen.length === 0) return [];
  return [
    (copy) => timed(basename(file), () => judgeTest(test, file, copy)),
    ...chosen.map(
      ({ mutant, label }): Task =>
        (copy) =>
          timed(label, () => judgeMutant(test, file, mutant, copy)),
    ),
  ];
}

async function judgeAll(): Promise<readonly Verdict[]> {
  const { tasks, missing } = await planTasks();
  const waiting = [...tasks];
  const verdicts = [...missing];
  for (const verdict of missing) show(verdict);
  const work = async () => {
    const copy = await copyCheckout();
    try {
      for (let task = waiting.shift(); task; task = waiting.shift()) {
        const verdict = await task(copy);
        show(verdict);
        verdicts.push(verdict);
      }
    } finally {
      copy.remove();
    }
  };
  await Promise.all(Array.from({ length: COPIES }, work));
  return verdicts;
}

const verdicts = await judgeAll();
const bad = verdicts.filter(({ holds }) => !holds);
for (const { what, word, why } of bad) console.error(`\n${what}: ${word}\n${why.trim()}`);
const mutants = verdicts.filter(({ what }) => !what.endsWith(".test.ts"));
console.log(
  `\n${mutants.length} mutants, ${mutants.filter(({ holds }) => holds).length} red; ${bad.length} wrong in all`,
);
process.exitCode = bad.length > 0 ? 1 : 0;
