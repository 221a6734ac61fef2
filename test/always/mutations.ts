/**
 * Holds the tests of this folder against errors: each patch beside a test is made to a scratch copy of the checkout, and has
 * to turn the test of its sentence red, by an assertion. `npm run test:mutations`; `-- --types 07a-….patch` is for
 * one that is new: only that one, and whether its types check, as those of an error that somebody would commit do.
 */
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { MARK, type Outcome } from "./reporter.ts";
import { readSentences } from "./sentences.ts";

const FOLDER = "test/always";
/** Of one run of one file. */
const PATIENCE_MS = 120_000;
const COPIES = Math.max(1, Math.min(4, availableParallelism()));

const CHECKS_TYPES = process.argv.includes("--types");
const NAMES = process.argv.slice(2).filter((word) => !word.startsWith("--"));

interface Verdict {
  readonly what: string;
  readonly holds: boolean;
  readonly word: string;
  /** What went wrong, or what the assertion said. */
  readonly told: string;
  readonly seconds: number;
}

interface Finished {
  readonly code: number;
  readonly output: string;
}

function run(command: string, args: readonly string[], cwd: string): Promise<Finished> {
  return new Promise((resolve) => {
    const options = { cwd, timeout: PATIENCE_MS, killSignal: "SIGKILL", maxBuffer: 100_000_000 } as const;
    execFile(command, args, options, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? 1) || 1 : 0, output: stdout + stderr });
    });
  });
}

/** A copy of what is tracked or about to be, as it is now, with a `.git` of its own so that patches apply to it alone. */
async function scratchCopy(): Promise<string> {
  const listed = await run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], ".");
  const copy = mkdtempSync(join(realpathSync(tmpdir()), "dripfeed-mutations-"));
  for (const file of listed.output.split("\0").filter(Boolean)) {
    if (file === "node_modules" || !existsSync(file)) continue;
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(file, join(copy, file), { force: true });
  }
  symlinkSync(realpathSync("node_modules"), join(copy, "node_modules"));
  await run("git", ["init", "--quiet"], copy);
  return copy;
}

/** Nothing when the file could not even be run. */
async function outcomeOf(sentence: string, file: string, copy: string): Promise<Outcome | undefined> {
  const args = ["run", file, "--root=.", `--config=${FOLDER}/vitest.config.ts`, "--cache=false"];
  const { output } = await run(join("node_modules", ".bin", "vitest"), args, copy);
  const outcomes = output.split("\n").flatMap((line): readonly Outcome[] => {
    const at = line.indexOf(MARK);
    return at < 0 ? [] : [JSON.parse(line.slice(at + MARK.length))];
  });
  return outcomes.find(({ name }) => name === sentence);
}

/** Of the test as it is. */
async function judgeTest(sentence: string, file: string, copy: string): Promise<Omit<Verdict, "what" | "seconds">> {
  const outcome = await outcomeOf(sentence, file, copy);
  if (!outcome) return { holds: false, word: "NO TEST", told: `no test has the name ${JSON.stringify(sentence)}` };
  const isGreen = outcome.state === "passed";
  return { holds: isGreen, word: isGreen ? "green" : "RED", told: isGreen ? sentence : outcome.message };
}

async function judgePatch(
  sentence: string,
  file: string,
  patch: string,
  copy: string,
): Promise<Omit<Verdict, "what" | "seconds">> {
  const apply = (...more: readonly string[]) => run("git", ["apply", ...more, join(FOLDER, patch)], copy);
  const applied = await apply();
  if (applied.code !== 0) return { holds: false, word: "DOES NOT APPLY", told: applied.output };
  const verdict = await judgeMutated(sentence, file, copy);
  const back = await apply("--reverse");
  if (back.code !== 0) throw new Error(`${patch} cannot be taken back: ${back.output}`);
  return verdict;
}

async function judgeMutated(sentence: string, file: string, copy: string): Promise<Omit<Verdict, "what" | "seconds">> {
  if (CHECKS_TYPES) {
    const types = await run(join("node_modules", ".bin", "tsc"), ["--noEmit"], copy);
    if (types.code !== 0) return { holds: false, word: "NO TYPES", told: types.output };
  }
  const outcome = await outcomeOf(sentence, file, copy);
  if (!outcome) return { holds: false, word: "NOT RUN", told: "the test could not be run" };
  if (outcome.state === "passed") return { holds: false, word: "GREEN", told: "nobody noticed" };
  const isAssertion = outcome.errors.some((names) => names.at(-1) === "AssertionError");
  return { holds: isAssertion, word: isAssertion ? "red" : "RED BY ERROR", told: outcome.message };
}

async function timed(what: string, work: () => Promise<Omit<Verdict, "what" | "seconds">>): Promise<Verdict> {
  const start = performance.now();
  const verdict = { what, ...(await work()) };
  return { ...verdict, seconds: (performance.now() - start) / 1000 };
}

function show({ what, word, told, seconds }: Verdict): void {
  const [line = ""] = told.trim().split("\n");
  const shown = line.length > 90 ? `${line.slice(0, 89)}…` : line;
  console.log(`${what.padEnd(58)} ${word.padEnd(14)} ${seconds.toFixed(1).padStart(5)} s  ${shown}`);
}

type Task = (copy: string) => Promise<Verdict>;

/** The tests first: what is red unpatched says nothing of a patch. */
async function judgeAll(): Promise<readonly Verdict[]> {
  const wanted = NAMES.map((name) => basename(name));
  const names = readdirSync(FOLDER).sort();
  const tasks: Task[] = [];
  const missing: Verdict[] = [];
  const sentences = [...readSentences()];
  if (sentences.length !== 12) throw new Error(`ARCHITECTURE.md lists ${sentences.length} sentences, not 12`);
  const numbered = /^(\d\d)[a-z]?-.*\.(?:patch|test\.ts)$/;
  const strange = names.filter((name) => /\.(?:patch|test\.ts)$/.test(name) && !numbered.test(name));
  for (const name of strange) {
    missing.push({ what: name, holds: false, word: "NO SENTENCE", told: "its name begins with no number", seconds: 0 });
  }
  for (const [n, sentence] of sentences) {
    const file = names.find((name) => name.startsWith(`${n}-`) && name.endsWith(".test.ts"));
    const patches = names.filter((name) => name.startsWith(n) && name.endsWith(".patch"));
    if (!file || patches.length === 0) {
      const told = file ? "has no patch" : "has no test";
      missing.push({ what: sentence, holds: false, word: "MISSING", told, seconds: 0 });
    }
    if (!file) continue;
    const path = join(FOLDER, file);
    const among = (name: string) => wanted.length === 0 || wanted.includes(name);
    const chosen = patches.filter(among);
    if (among(file) || chosen.length > 0) {
      tasks.push((copy) => timed(file, () => judgeTest(sentence, path, copy)));
    }
    for (const patch of chosen) tasks.push((copy) => timed(patch, () => judgePatch(sentence, path, patch, copy)));
  }
  for (const verdict of missing) show(verdict);

  const verdicts: Verdict[] = [];
  const work = async () => {
    const copy = await scratchCopy();
    try {
      for (let task = tasks.shift(); task; task = tasks.shift()) {
        const verdict = await task(copy);
        show(verdict);
        verdicts.push(verdict);
      }
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  };
  await Promise.all(Array.from({ length: COPIES }, work));
  return [...missing, ...verdicts];
}

const verdicts = await judgeAll();
const bad = verdicts.filter(({ holds }) => !holds);
for (const { what, word, told } of bad) console.error(`\n${what}: ${word}\n${told.trim()}`);
const patches = verdicts.filter(({ what }) => what.endsWith(".patch"));
console.log(
  `\n${patches.length} patches, ${patches.filter(({ holds }) => holds).length} red; ${bad.length} wrong in all`,
);
process.exitCode = bad.length > 0 ? 1 : 0;
