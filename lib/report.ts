/** The report of a pass, as it comes about. */
import type { HeldBack, Plan, Problem, RecordState, Refusal, Report } from "./model.ts";
import type { Gathered } from "./state/memo.ts";
import type { Settled } from "./state/settle.ts";
import type { CountedStore } from "./stores/counted.ts";

export interface ReportInProgress {
  /** What was found and what is to be done about it; `problems` are the site's own. */
  saw(view: Seen, problems: readonly Problem[]): void;
  /** `put`: what was really put, where it differs from the plan. */
  done(end: {
    readonly put?: Plan["put"];
    readonly refused?: Refusal | undefined;
    readonly problems?: readonly Problem[];
  }): Report;
}

export interface Seen {
  readonly settled: Settled;
  readonly plan: Plan;
  readonly gathered: Pick<Gathered, "entries" | "rendered">;
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

  return {
    saw(view, problems) {
      seen = view;
      siteProblems = problems;
    },

    done({ put = seen.plan.put, refused, problems = siteProblems }) {
      const { settled, plan, gathered } = seen;
      const { records } = settled;
      const rendered = gathered.rendered.size;
      return {
        dryRun,
        records: countStates(settled),
        heldBack: countReasons(settled),
        entries: { rendered, remembered: gathered.entries.size - rendered },
        put,
        removed: plan.remove,
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

const NOTHING: Seen = {
  settled: { records: [], gone: [] },
  plan: { documents: [], windows: [], put: [], remove: [] },
  gathered: { entries: new Map(), rendered: new Map() },
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
