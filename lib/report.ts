/** The report of a pass, as it comes about. */
import type { Plan, PostRecord, Problem, RecordState, Refusal, Report } from "./model.ts";
import type { CountedStore } from "./stores/counted.ts";

export interface ReportInProgress {
  /** What was found, and what is to be done about it. */
  view(view: ReportedView): void;
  /** What was really put and removed, where it differs from the plan. */
  wrote(put: Report["put"], removed: Report["removed"]): void;
  done(refused?: Refusal): Report;
}

export interface ReportedView {
  readonly problems: readonly Problem[];
  readonly records: readonly PostRecord[];
  readonly plan: Plan;
  readonly entries: Report["entries"];
}

interface Stores {
  readonly content: CountedStore;
  readonly public: CountedStore;
  readonly state: CountedStore;
}

export function beginReport(stores: Stores, dryRun: boolean, clock: { now(): Date }): ReportInProgress {
  const started = clock.now().getTime();
  let view: ReportedView = { problems: [], records: [], plan: { documents: [], put: [], remove: [] }, entries: NONE };
  let put: Report["put"] = [];
  let removed: Report["removed"] = [];

  return {
    view(next) {
      view = next;
      put = next.plan.put;
      removed = next.plan.remove;
    },

    wrote(nowPut, nowRemoved) {
      put = nowPut;
      removed = nowRemoved;
    },

    done(refused) {
      const { problems, records, plan, entries } = view;
      return {
        dryRun,
        records: countStates(records),
        entries,
        put,
        removed,
        unchanged: plan.documents.length - put.length,
        problems: [...problems, ...records.flatMap((record) => record.problems)],
        ...(refused && { refused }),
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

const NONE = { rendered: 0, remembered: 0 };

function countStates(records: readonly PostRecord[]): { readonly [state in RecordState]: number } {
  const counts = { public: 0, future: 0, expired: 0, hidden: 0, broken: 0, shadow: 0, removed: 0 };
  for (const { state } of records) counts[state] += 1;
  return counts;
}
