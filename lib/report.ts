/** The report of a pass, as it comes about. */
import type { HeldBack, Plan, Problem, RecordState, Recovered, Refusal, Report } from "./model.ts";
import type { Settled } from "./state/settle.ts";
import type { CountedStore } from "./stores/counted.ts";

export interface ReportInProgress {
  /** What was found and what is to be done about it; `problems` are the site's own. */
  saw(view: Seen, problems: readonly Problem[]): void;
  /** What was really written, a slice at a time. */
  wrote(written: Pick<Report, "put" | "removed">): void;
  /** Without `would`, what a dry run or a refused pass would do, it tells what was written. */
  done(end: {
    readonly would?: Pick<Report, "put" | "removed">;
    readonly memo?: { count(): Report["entries"] };
    readonly refused?: Refusal | undefined;
    readonly forced?: Refusal | undefined;
    readonly problems?: readonly Problem[];
    readonly recovered?: Recovered | undefined;
    readonly unfinished?: boolean;
  }): Report;
}

export interface Seen {
  readonly settled: Settled;
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

    done({ would = written, memo, refused, forced, problems = siteProblems, recovered, unfinished }) {
      const { settled, plan } = seen;
      const { records } = settled;
      return {
        dryRun,
        records: countStates(settled),
        heldBack: countReasons(settled),
        entries: memo?.count() ?? { rendered: 0, remembered: 0 },
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
  settled: { records: [], gone: [] },
  plan: { documents: [], windows: [], put: [], remove: [] },
};

function countReasons({ records }: Settled): Report["heldBack"] {
  const counts: { [reason in HeldBack]?: number } = {};
  for (const { reason } of records) if (reason) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

function countStates({ records, gone }: Settled): { readonly [state in RecordState]: number } {
  const counts = { public: 0, future: 0, expired: 0, hidden: 0, broken: 0, shadow: 0, removed: gone.length };
  for (const { state } of records) counts[state] += 1;
  return counts;
}
