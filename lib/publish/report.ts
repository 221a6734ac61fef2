/** The report of a run, as it comes about over its attempts. */
import { present } from "../base/optional.ts";
import type { Catalog, HeldBack, Plan, Problem, RecordState, Recovered, Refusal, Report } from "../model.ts";
import type { CountedStore } from "../stores/counted.ts";
import type { Reconciled } from "./reconcile/reconcile.ts";
import { type EntryTally, entriesIn } from "./render/entries.ts";

export interface ReportInProgress {
  /** A rebuild read this catalog back from the feeds. */
  recovered(catalog: Catalog): void;
  /** What was found and what is planned; `problems` are those of the site. */
  planned(after: Reconciled, plan: Plan, problems: readonly Problem[]): void;
  /** What was really written, a batch at a time. */
  wrote(written: WrittenPaths): void;
  /** How many batches were written. */
  batches(): number;
  /** Paths at which an object appeared that Dripfeed did not put. */
  foreign(): readonly string[];
  done(end: RunEnd): Report;
}

type WrittenPaths = Pick<Report, "put" | "removed"> & { readonly foreign: readonly string[] };

export interface RunEnd {
  /** What a dry run or a refused run would have done; else the report says what was written. */
  readonly would?: Pick<Report, "put" | "removed">;
  readonly refused?: Refusal | undefined;
  readonly forced?: Refusal | undefined;
  /** Instead of those of the site. */
  readonly problems?: readonly Problem[];
  readonly unfinished?: boolean;
}

interface ReportInput {
  readonly content: CountedStore;
  readonly public: CountedStore;
  readonly state: CountedStore;
  readonly dryRun: boolean;
  readonly tally: EntryTally;
  readonly clock: { now(): Date };
}

export function beginReport(input: ReportInput): ReportInProgress {
  const { dryRun, tally, clock } = input;
  const started = clock.now().getTime();
  let readBack: Catalog | undefined;
  let after: Reconciled = { records: [], gone: [] };
  let plan: Plan = { documents: [], windows: [], put: [], remove: [] };
  let siteProblems: readonly Problem[] = [];
  const written: WrittenPaths[] = [];

  return {
    recovered(catalog) {
      readBack ??= catalog;
    },

    planned(reconciled, planned, problems) {
      after = reconciled;
      plan = planned;
      siteProblems = problems;
    },

    wrote(paths) {
      written.push(paths);
    },

    batches: () => written.length,

    foreign: () => written.flatMap(({ foreign }) => foreign),

    done({ would, refused, forced, problems = siteProblems, unfinished }) {
      const { records } = after;
      const put = would?.put ?? written.flatMap(({ put }) => put);
      const removed = would?.removed ?? written.flatMap(({ removed }) => removed);
      return {
        dryRun,
        records: countStates(after),
        heldBack: countReasons(after),
        entries: entriesIn(tally),
        put,
        removed,
        unchanged: plan.documents.length - put.length,
        problems: [...problems, ...records.flatMap((record) => record.problems)],
        ...present({
          refused,
          forced,
          recovered: readBack && countRecovered(readBack, after),
          unfinished: unfinished || undefined,
          due: plan.due,
        }),
        operations: {
          content: { ...input.content.operations },
          public: { ...input.public.operations },
          state: { ...input.state.operations },
        },
        took: clock.now().getTime() - started,
      };
    },
  };
}

function countReasons({ records }: Reconciled): Report["heldBack"] {
  const counts: { [reason in HeldBack]?: number } = {};
  for (const { reason } of records) if (reason) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

function countStates({ records, gone }: Reconciled): { readonly [state in RecordState]: number } {
  const counts = { public: 0, future: 0, expired: 0, hidden: 0, broken: 0, conflicting: 0, removed: gone.length };
  for (const { state } of records) counts[state] += 1;
  return counts;
}

/** What became of the posts that the feeds carried. */
function countRecovered({ records, gone, documents }: Catalog, after: Reconciled): Recovered {
  const read = new Set(records.flatMap(({ facts }) => (facts ? [facts.id] : [])));
  const known = new Set([...read, ...gone.map(({ facts }) => facts.id)]);
  const found = after.records.flatMap(({ facts }) => (facts ? [facts.id] : []));
  return {
    documents: Object.keys(documents).length,
    posts: read.size,
    tombstones: gone.length,
    recognised: found.filter((id) => read.has(id)).length,
    minted: found.filter((id) => !known.has(id)).length,
  };
}
