/** The limits of what publishing may cost, compared with what was measured. */
import type { Report } from "../../lib/publish/types.ts";
import type { ColdStart } from "./coldstart.ts";
import type { Sizes, WarmRun } from "./measure.ts";
import { type Measured, shown } from "./measured.ts";
import { ourRuns, type Pairs, ratioOf, theirRuns } from "./pairs.ts";
import { type Amount, medianRun, type Run } from "./run.ts";
import { milliseconds, sum } from "./stats.ts";

/** As multiples of what the other program takes. */
type Multiples = { readonly [of in Amount]?: number };

interface Limits {
  /** Of first publications: of the documents that Hugo makes too, of everything, of the newest 20 alone. */
  readonly same?: Multiples;
  readonly all?: Multiples;
  readonly newest?: Multiples;
  readonly edit?: Multiples;
  /** With nothing to do, of the start of bare Node. */
  readonly start?: Multiples;
  /** Of one edit in a warm process. */
  readonly warmMs: number;
  /** Of memory in bytes. */
  readonly memory?: number;
}

/** By the number of posts; other sizes have none. */
const LIMITS: ReadonlyMap<number, Limits> = new Map<number, Limits>([
  [
    1000,
    {
      same: { ms: 1.25, cpu: 1.2, memory: 1 },
      all: { ms: 1.6 },
      newest: { ms: 2.2 },
      edit: { ms: 0.15 },
      start: { ms: 5 },
      warmMs: 25,
    },
  ],
  [10_000, { same: { ms: 1, cpu: 1.2, memory: 0.7 }, newest: { ms: 1.2 }, warmMs: 45 }],
  [100_000, { warmMs: 200, memory: 512 * 2 ** 20 }],
]);

/** The budget for one size of the site, in the order in which it is printed. */
export function budgetOf(sizes: Sizes): readonly Measured[] {
  const { posts, same, all, newest, edit, nothing, start, inFolders, inMemory, checked } = sizes;
  const limits = LIMITS.get(posts);
  return [
    ...amounts("the same documents as Hugo", same, limits?.same, checked?.fault),
    ...amounts("everything on", all, limits?.all),
    most("everything on, most memory", ourRuns(all), limits?.memory),
    ...amounts("the newest 20 alone", newest, limits?.newest),
    ...times("one edit, whole process", edit, "Hugo", limits?.edit),
    ...times("nothing to do, whole process", nothing, "Hugo"),
    ...times("nothing to do, of bare Node's start", start, "Node", limits?.start),
    warm("one edit, warm, hints, folders", inFolders, "edit", limits?.warmMs),
    ...(inMemory ? [warm("one edit, warm, hints, memory", inMemory, "edit")] : []),
    warm("nothing to do, warm, hints, folders", inFolders, "nothing"),
    ...(inMemory ? [warm("nothing to do, warm, hints, memory", inMemory, "nothing")] : []),
    ...requestsOf(inFolders),
  ];
}

/** The cold start, which does not depend on the size of the site. */
export function coldStartBudget({ rebuild, alone }: ColdStart): Measured {
  return {
    work: "cold start of rebuild, to its first request",
    unit: "×",
    value: rebuild / alone,
    limit: 1.25,
    from: `${milliseconds(rebuild)} : ${milliseconds(alone)} of the S3 client alone`,
  };
}

const NAMES = { ms: "time", cpu: "CPU", memory: "memory" } as const;

/** Time and CPU time. With a `fault` the two did not do the same work, so that a ratio says nothing. */
function times(work: string, pairs: Pairs, other: string, limits: Multiples = {}, fault?: string) {
  return (["ms", "cpu"] as const).map((of) => multiple(work, of, pairs, other, limits, fault));
}

/** Time, CPU time and memory, beside Hugo. */
function amounts(work: string, pairs: Pairs, limits: Multiples = {}, fault?: string): readonly Measured[] {
  return [...times(work, pairs, "Hugo", limits, fault), multiple(work, "memory", pairs, "Hugo", limits, fault)];
}

function multiple(work: string, of: Amount, pairs: Pairs, other: string, limits: Multiples, fault?: string): Measured {
  const [ours, theirs] = [medianRun(ourRuns(pairs)), medianRun(theirRuns(pairs))];
  const amount = (run: Run | undefined) => {
    if (!run) return "not measured";
    return run.failed ?? shown({ unit: of === "memory" ? "bytes" : "ms", value: run[of] ?? Number.NaN });
  };
  const ratio = fault === undefined ? ratioOf(pairs, of) : undefined;
  const spread = ratio && pairs.length > 1 ? `; pairs ${ratio.least.toFixed(2)} to ${ratio.most.toFixed(2)}` : "";
  return {
    work: `${work}, ${NAMES[of]}`,
    unit: "×",
    value: ratio?.median ?? Number.NaN,
    limit: limits[of],
    from: fault === undefined ? `${amount(ours)} : ${other} ${amount(theirs)}${spread}` : `not the same: ${fault}`,
  };
}

function most(work: string, runs: readonly Run[], limit: number | undefined): Measured {
  const run = medianRun(runs);
  const memory = run?.failed === undefined ? run?.memory : undefined;
  return { work, unit: "bytes", value: memory ?? Number.NaN, limit, from: run?.failed ?? "" };
}

function warm(work: string, { failed, warm }: WarmRun, of: "edit" | "nothing", limit?: number): Measured {
  return { work, unit: "ms", value: warm?.[of] ?? Number.NaN, limit, from: failed ?? "" };
}

/** Requests to the stores in runs with hints: for an edit, and with nothing to do. */
function requestsOf({ warm }: WarmRun): readonly Measured[] {
  if (!warm) return [];
  const { editOperations, nothingOperations, put } = warm;
  const lists = sum(Object.values(editOperations).map(({ list }) => list));
  const requestsIn = (stores: Report["operations"]) =>
    sum(Object.values(stores).flatMap((counts) => Object.values(counts)));
  return [
    { work: "one edit, hints: stores listed", unit: "requests", value: lists, limit: 0, from: "" },
    {
      work: "one edit, hints: requests for each document",
      unit: "requests",
      value: requestsIn(editOperations) / put,
      from: `${requestsIn(editOperations)} for ${put}`,
    },
    {
      work: "nothing to do, hints: requests",
      unit: "requests",
      value: requestsIn(nothingOperations),
      limit: 4,
      from: "head, catalog, site.yaml and the post",
    },
  ];
}
