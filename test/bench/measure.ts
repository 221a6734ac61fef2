/** Measures Dripfeed and Hugo on one size of the synthetic site, as whole processes and in a warm one. */

import { join } from "node:path";
import { present } from "../../lib/base/optional.ts";
import type { Report } from "../../lib/publish/types.ts";
import type { OperationCount } from "../../lib/stores/counted.ts";
import { checkHugo } from "./check.ts";
import { editPost, type Folders, NOW, useSite, writeFolders } from "./folders.ts";
import { medianRun, type Run, type Runner, runner } from "./run.ts";
import type { Warm } from "./warm.ts";

export interface Task {
  readonly posts: number;
  readonly seed: number;
  /** Runs of each process. */
  readonly runs: number;
  readonly hasHugo: boolean;
  /** A new folder for all files. */
  readonly folder: string;
  readonly log: (line: string) => void;
}

/** Medians of several runs. */
export interface Sizes {
  readonly posts: number;
  readonly bytes: number;
  readonly full: Pair;
  readonly newest: Pair;
  /** Compared with a full build of Hugo, which has no partial one. */
  readonly edit: Pair;
  readonly nothing: Pair;
  readonly operations: { readonly [work: string]: Report["operations"] };
  readonly inFolders: WarmRun;
  /** Undefined where it would not fit into memory. */
  readonly inMemory?: WarmRun;
  /** The number of Hugo's documents, and their fault if there is one. */
  readonly hugo: string;
}

export interface Pair {
  readonly ours: Run | undefined;
  readonly theirs: Run | undefined;
}

export type WarmRun = Run & { readonly warm?: Warm };

/** With more posts, content and documents together may not fit into the memory of a developer's machine. */
const MOST_IN_MEMORY = 10_000;

export function measure(task: Task): Sizes {
  const { folder, posts, runs, seed, hasHugo, log } = task;
  log(`${posts} posts: writing them …`);
  const site = writeFolders(folder, posts, seed);
  const run = runner(folder);
  const us = (name: string) => dripfeed(run, site, (round) => join(folder, `${name}${round}`));
  const them = (config: string) => (round: number) => hugo(run, site, join(folder, `hugo-${config}${round}`), config);
  const last = runs - 1;

  log("full publish …");
  const full = inTurn(runs, us("all"), hasHugo && them("all"));
  const checked = hasHugo ? checkHugo(join(folder, `hugo-all${last}`), join(folder, `all${last}-public`)) : undefined;

  log("one edit, and nothing to do …");
  const edits: Run[] = [];
  const nothings: Run[] = [];
  for (let round = 0; round < runs; round++) {
    editPost(site.content, site.key, round);
    edits.push(us("all")(last));
    nothings.push(us("all")(last));
  }
  log("warm, in folders …");
  const warm = (...where: readonly string[]) =>
    warmRun(
      run("node", join(import.meta.dirname, "warm.ts"), ...where, `--content=${site.content}`, `--key=${site.key}`),
    );
  const inFolders = warm(
    `--public=${join(folder, `all${last}-public`)}`,
    `--state=${join(folder, `all${last}-state`)}`,
  );
  if (posts <= MOST_IN_MEMORY) log("warm, in memory …");
  const inMemory = posts <= MOST_IN_MEMORY ? warm("--memory") : undefined;

  log("the newest alone …");
  useSite(site.content, "newest");
  const newest = inTurn(runs, us("newest"), hasHugo && them("newest"));

  const [edit, nothing] = [medianRun(edits), medianRun(nothings)];
  return {
    posts,
    bytes: site.bytes,
    full,
    newest,
    inFolders,
    ...present({ inMemory }),
    edit: { ours: edit, theirs: full.theirs },
    nothing: { ours: nothing, theirs: full.theirs },
    operations: {
      "full publish": operationsIn(full.ours),
      "one edit, whole process": operationsIn(edit),
      "nothing to do, whole process": operationsIn(nothing),
      ...(inFolders.warm && {
        [`one edit, hints (${inFolders.warm.put} documents)`]: inFolders.warm.editOperations,
        "nothing to do, hints": inFolders.warm.nothingOperations,
      }),
    },
    hugo: checked ? `${checked.documents} documents${checked.fault ? `, BUT ${checked.fault}` : ""}` : "",
  };
}

/**
 * Alternating, so that other load on the machine affects both. Each run has its own folders, which are removed at the end
 * only: some file systems create files slowly after many were removed.
 */
function inTurn(runs: number, ours: (round: number) => Run, theirs: ((round: number) => Run) | false): Pair {
  const [our, their]: [Run[], Run[]] = [[], []];
  for (let round = 0; round < runs; round++) {
    our.push(ours(round));
    if (theirs) their.push(theirs(round));
  }
  return { ours: medianRun(our), theirs: medianRun(their) };
}

function dripfeed(run: Runner, { content }: Folders, placeOf: (round: number) => string) {
  const cli = join(import.meta.dirname, "../../lib/dripfeed.js");
  return (round: number): Run => {
    const stores = [`--content=${content}`, `--public=${placeOf(round)}-public`, `--state=${placeOf(round)}-state`];
    return run(process.execPath, cli, "publish", ...stores, `--now=${NOW}`, "--json");
  };
}

function hugo(run: Runner, { hugo }: Folders, place: string, config: string): Run {
  return run("hugo", "--quiet", `--source=${hugo}`, `--config=${config}.toml`, `--destination=${place}`);
}

function warmRun(run: Run): WarmRun {
  return run.failed === undefined ? { ...run, warm: JSON.parse(run.stdout) as Warm } : run;
}

const NONE: OperationCount = { list: 0, get: 0, put: 0, delete: 0 };

function operationsIn(run: Run | undefined): Report["operations"] {
  if (!run || run.failed !== undefined) return { content: NONE, public: NONE, state: NONE };
  return (JSON.parse(run.stdout) as Report).operations;
}
