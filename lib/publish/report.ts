/** The report of a run, as it comes about over its attempts. */
import { present } from "../base/optional.ts";
import { ofSegments } from "../base/segments.ts";
import type { HeldBack, PostRecord, Problem, RecordState, Refusal } from "../model.ts";
import type { Site } from "../site/types.ts";
import type { Catalog } from "../state/types.ts";
import { type CountedStore, countedTogether } from "../stores/counted.ts";
import type { Helper } from "./helper.ts";
import { countDocuments, siteOverview } from "./overview.ts";
import { problemsOf } from "./reconcile/links.ts";
import type { Reconciled } from "./reconcile/reconcile.ts";
import type { ReportAtRest } from "./rest/types.ts";
import type { Plan, Recovered, Report } from "./types.ts";

export interface ReportInProgress {
  /** What was found and what is planned; `about`, what it was planned for. */
  planned(after: Reconciled, plan: Plan, about: Planned): void;
  /** What was really written, a batch at a time. */
  wrote(written: Pick<Report, "put" | "removed">): void;
  done(end: RunEnd): Report;
  /** What another run says of the same, if it finds nothing to do. */
  atRest(): ReportAtRest;
}

export interface RunEnd {
  /** What a dry run or a refused run would have done; else the report says what was written. */
  readonly would?: Pick<Report, "put" | "removed">;
  readonly entries?: Report["entries"];
  readonly refused?: Refusal | undefined;
  readonly forced?: Refusal | undefined;
  /** Instead of those of the site. */
  readonly problems?: readonly Problem[];
  /** The catalog that a rebuild read back from the feeds. */
  readonly readBack?: Catalog | undefined;
  readonly unfinished?: boolean;
  readonly scanned?: Report["scanned"];
}

/** What the plan was made for. */
export interface Planned {
  readonly site: Site;
  readonly isFirst: boolean;
  /** Of the site. */
  readonly problems: readonly Problem[];
}

interface ReportInput {
  readonly content: CountedStore;
  readonly public: CountedStore;
  readonly state: CountedStore;
  readonly helper: Helper | undefined;
  readonly dryRun: boolean;
  readonly clock: { now(): Date };
}

export function beginReport(input: ReportInput): ReportInProgress {
  const started = input.clock.now().getTime();
  let seen: Seen = NOTHING;
  const written: Pick<Report, "put" | "removed">[] = [];

  return {
    planned(after, plan, about) {
      seen = { after, plan, about };
    },

    wrote({ put, removed }) {
      written.push({ put, removed });
    },

    done(end) {
      const put = end.would?.put ?? written.flatMap(({ put }) => put);
      const removed = end.would?.removed ?? written.flatMap(({ removed }) => removed);
      const took = input.clock.now().getTime() - started;
      return reportOf(input, seen, { ...end, put, removed, took });
    },

    atRest() {
      const nothing = { put: [], removed: [], took: 0 };
      const { site, records, heldBack, documents, unchanged, problems, due } = reportOf(input, seen, nothing);
      return { ...present({ site, documents, due }), records, heldBack, unchanged, problems };
    },
  };
}

interface Seen {
  readonly after: Reconciled;
  readonly plan: Plan;
  readonly about?: Planned;
}

/** Of a run that ends before it has planned. */
const NOTHING: Seen = {
  after: { records: [], gone: [] },
  plan: { documents: [], windows: [], displaced: [], put: [], remove: [] },
};

type End = RunEnd & Pick<Report, "put" | "removed" | "took">;

function reportOf({ content, public: publicStore, state, helper, dryRun }: ReportInput, seen: Seen, end: End): Report {
  const { after, plan, about } = seen;
  const {
    put,
    removed,
    entries = { rendered: 0, cached: 0 },
    refused,
    forced,
    readBack,
    unfinished,
    scanned,
    took,
  } = end;
  const beside = helper?.operations();
  const recovered = readBack && countRecovered(readBack, after);
  return {
    ...(about && present({ site: siteOverview(about.site, plan.windows), isFirst: about.isFirst || undefined })),
    dryRun,
    records: countStates(after),
    heldBack: countReasons(after),
    entries,
    put,
    removed,
    ...(about && { documents: countDocuments(plan, { put, removed }, about.site) }),
    unchanged: plan.documents.length - put.length,
    problems: [...(end.problems ?? about?.problems ?? []), ...toldOnce(after)],
    ...present({ refused, forced, recovered, unfinished: unfinished || undefined, scanned, due: plan.due }),
    operations: {
      content: countedTogether(content.operations, beside?.content),
      public: countedTogether(publicStore.operations, beside?.public),
      state: { ...state.operations },
    },
    took,
  };
}

/** What is wrong with a file that counts for many posts is told once. */
function toldOnce({ records }: Reconciled): readonly Problem[] {
  const told = new Set<string>();
  return troubledIn(records)
    .flat()
    .flatMap(({ key, problems }) =>
      problems.filter(({ file, code, line, message }) => {
        if (file === key) return true;
        const same = JSON.stringify([file, code, line, message]);
        return !told.has(same) && told.add(same);
      }),
    );
}

const troubledIn = ofSegments((records: readonly PostRecord[]) =>
  records
    .map((record) => ({ key: record.key, problems: problemsOf(record) }))
    .filter(({ problems }) => problems.length),
);

function countReasons({ records }: Reconciled): Report["heldBack"] {
  const counts: { [reason in HeldBack]?: number } = {};
  for (const reason of reasonsIn(records).flat()) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

const reasonsIn = ofSegments((records: readonly PostRecord[]) => records.flatMap(({ reason }) => reason ?? []));

function countStates({ records, gone }: Reconciled): { readonly [state in RecordState]: number } {
  const counts = { public: 0, future: 0, expired: 0, hidden: 0, broken: 0, conflicting: 0, removed: gone.length };
  for (const states of statesIn(records)) for (const [state, count] of states) counts[state] += count;
  return counts;
}

const statesIn = ofSegments((records: readonly PostRecord[]) =>
  [...Map.groupBy(records, ({ state }) => state)].map(([state, { length }]) => [state, length] as const),
);

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
