/** The report of a run, as it comes about. */
import type { HeldBack, Plan, Problem, RecordState, Recovered, Refusal, Report } from "../model.ts";
import type { CountedStore } from "../stores/counted.ts";
import type { Reconciled } from "./reconcile/reconcile.ts";

export interface ReportInProgress {
  /** What was found and what is to be done about it; `problems` are the site's own. */
  saw(view: Seen, problems: readonly Problem[]): void;
  /** What was really written, a batch at a time. */
  wrote(written: Pick<Report, "put" | "removed">): void;
  /** Without `would`, what a dry run or a refused run would do, it tells what was written. */
  done(end: {
    readonly would?: Pick<Report, "put" | "removed">;
    readonly cache?: { count(): Report["entries"] };
    readonly refused?: Refusal | undefined;
    readonly forced?: Refusal | undefined;
    readonly problems?: readonly Problem[];
    readonly recovered?: Recovered | undefined;
    readonly unfinished?: boolean;
  }): Report;
}

export interface Seen {
  readonly reconciled: Reconciled;
  readonly plan: Plan;
}

interface Stores {
  readonly content: CountedStore;
  readonly public: CountedStore;
  readonly state: CountedStore;
}

export function beginReport(stores: Stores, dryRun: boolean, clock: { now(): Date }): ReportInProgress {
  const started = clock.now().getTime();
  let seen: Seen = NOTHING;
  let siteProblems: readonly Problem[] = [];
  let written: Pick<Report, "put" | "removed"> = { put: [], removed: [] };

  return {
    saw(view, problems) {
      seen = view;
      siteProblems = problems;
    },

    wrote({ put, removed }) {
      written = { put: [...written.put, ...put], removed: [...written.removed, ...removed] };
    },

    done({ would = written, cache, refused, forced, problems = siteProblems, recovered, unfinished }) {
      const { reconciled, plan } = seen;
      const { records } = reconciled;
      return {
        dryRun,
        records: countStates(reconciled),
        heldBack: countReasons(reconciled),
        entries: cache?.count() ?? { rendered: 0, cached: 0 },
        put: would.put,
        removed: would.removed,
        unchanged: plan.documents.length - would.put.length,
        problems: [...problems, ...records.flatMap((record) => record.problems)],
        ...(refused && { refused }),
        ...(forced && { forced }),
        ...(recovered && { recovered }),
        ...(unfinished === true && { unfinished }),
        ...(plan.due !== undefined && { due: plan.due }),
        operations: {
          content: { ...stores.content.operations },
          public: { ...stores.public.operations },
          state: { ...stores.state.operations },
        },
        took: clock.now().getTime() - started,
      };
    },
  };
}

const NOTHING: Seen = {
  reconciled: { records: [], gone: [] },
  plan: { documents: [], windows: [], put: [], remove: [] },
};

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
