/** Measures Dripfeed and Hugo on one size of the synthetic site, as whole processes and in a warm one. */

import { join } from "node:path";
import { present } from "../../lib/base/optional.ts";
import type { Report } from "../../lib/publish/types.ts";
import type { OperationCount } from "../../lib/stores/counted.ts";
import { type Checked, checkHugo } from "./check.ts";
import { editPost, type Folders, NOW, type SITES, useSite, writeFolders } from "./folders.ts";
import { beside, ourRuns, type Pair, type Pairs } from "./pairs.ts";
import { medianRun, type Run, type Runner } from "./run.ts";
import type { Warm } from "./warm.ts";

export interface Task {
  readonly posts: number;
  readonly seed: number;
  /** Runs of each process. */
  readonly runs: number;
  readonly run: Runner;
  readonly hasHugo: boolean;
  /** The file of the packed command. */
  readonly command: string;
  /** A new folder for all files. */
  readonly folder: string;
  readonly log: (line: string) => void;
}

export interface Sizes {
  readonly posts: number;
  readonly bytes: number;
  /** First publications, each beside a build of Hugo: of the documents that both make, of everything, of the newest alone. */
  readonly same: Pairs;
  readonly all: Pairs;
  readonly newest: Pairs;
  /** Beside a whole build of Hugo, which has no partial one. */
  readonly edit: Pairs;
  readonly nothing: Pairs;
  /** Nothing to do, beside a Node that runs nothing. */
  readonly start: Pairs;
  readonly operations: { readonly [work: string]: Report["operations"] };
  readonly inFolders: WarmRun;
  /** Undefined where it would not fit into memory. */
  readonly inMemory?: WarmRun;
  /** Of the documents that both make. */
  readonly checked?: Checked;
}

export type WarmRun = Run & { readonly warm?: Warm };

/** With more posts, content and documents together may not fit into the memory of a developer's machine. */
const MOST_IN_MEMORY = 10_000;
/** With more, a build of Hugo beside each publication takes longer than anybody waits: everything on is measured alone. */
const MOST_BESIDE = 10_000;

export function measure(task: Task): Sizes {
  const { folder, posts, runs, seed, run, command, log } = task;
  const isBeside = posts <= MOST_BESIDE;
  const hasHugo = task.hasHugo && isBeside;
  log(`${posts} posts: writing them …`);
  const site = writeFolders(folder, posts, seed, isBeside);
  // Each first publication has its own folders, which are removed at the end only: some file systems create files slowly
  // after many were removed.
  const placeOf = (name: string, round: number) => join(folder, `${name}${round}`);
  const us = (name: keyof typeof SITES, round: number) => dripfeed(run, command, site, placeOf(name, round));
  const them = (name: keyof typeof SITES, round: number) =>
    hugo(run, site, placeOf(`hugo-${name}`, round), name === "newest" ? "newest" : "all");
  const each = <T>(name: keyof typeof SITES, measured: (first: Pair, round: number) => T): readonly T[] => {
    useSite(site.content, name);
    return Array.from({ length: runs }, (_, round) =>
      measured(
        beside(round, () => us(name, round), hasHugo ? () => them(name, round) : undefined),
        round,
      ),
    );
  };

  if (isBeside) log("the same documents as Hugo …");
  const same = isBeside ? each("same", (pair) => pair) : [];
  const haveAllRun = hasHugo && same.every(({ ours, theirs }) => (ours.failed ?? theirs?.failed) === undefined);
  const checked = haveAllRun ? checkHugo(placeOf("hugo-same", 0), `${placeOf("same", 0)}-public`) : undefined;

  log("everything on, one edit, and nothing to do …");
  const rounds = each("all", (pair, round) => {
    editPost(site, round);
    const edit = us("all", round);
    const nothing = us("all", round);
    return { pair, edit, nothing, node: run(process.execPath, "-e", "0") };
  });

  log("warm, in folders …");
  const warm = (...where: readonly string[]) =>
    warmRun(
      run(
        process.execPath,
        join(import.meta.dirname, "warm.ts"),
        ...where,
        `--content=${site.content}`,
        `--key=${site.key}`,
      ),
    );
  const last = placeOf("all", runs - 1);
  const inFolders = warm(`--public=${last}-public`, `--state=${last}-state`);
  if (posts <= MOST_IN_MEMORY) log("warm, in memory …");
  const inMemory = posts <= MOST_IN_MEMORY ? warm("--memory") : undefined;

  if (isBeside) log("the newest alone …");
  const newest = isBeside ? each("newest", (pair) => pair) : [];

  const all = rounds.map(({ pair }) => pair);
  return {
    posts,
    bytes: site.bytes,
    same,
    all,
    newest,
    edit: rounds.map(({ pair: { theirs }, edit }) => ({ ours: edit, theirs })),
    nothing: rounds.map(({ pair: { theirs }, nothing }) => ({ ours: nothing, theirs })),
    start: rounds.map(({ nothing, node }) => ({ ours: nothing, theirs: node })),
    inFolders,
    ...present({ inMemory, checked }),
    operations: {
      "everything on": operationsIn(ourRuns(all)),
      "one edit, whole process": operationsIn(rounds.map(({ edit }) => edit)),
      "nothing to do, whole process": operationsIn(rounds.map(({ nothing }) => nothing)),
      ...(inFolders.warm && {
        [`one edit, hints (${inFolders.warm.put} documents)`]: inFolders.warm.editOperations,
        "nothing to do, hints": inFolders.warm.nothingOperations,
      }),
    },
  };
}

function dripfeed(run: Runner, command: string, { content }: Folders, place: string): Run {
  const stores = [`--content=${content}`, `--public=${place}-public`, `--state=${place}-state`];
  return run(process.execPath, command, "publish", ...stores, `--now=${NOW}`, "--json");
}

function hugo(run: Runner, { hugo }: Folders, place: string, config: string): Run {
  return run("hugo", "--quiet", `--source=${hugo}`, `--config=${config}.toml`, `--destination=${place}`);
}

function warmRun(run: Run): WarmRun {
  return run.failed === undefined ? { ...run, warm: JSON.parse(run.stdout) as Warm } : run;
}

const NONE: OperationCount = { list: 0, get: 0, put: 0, delete: 0 };

function operationsIn(runs: readonly Run[]): Report["operations"] {
  const run = medianRun(runs);
  if (!run || run.failed !== undefined) return { content: NONE, public: NONE, state: NONE };
  return (JSON.parse(run.stdout) as Report).operations;
}
