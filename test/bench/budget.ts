/** The limits of what publishing may cost, compared with what was measured. */
import type { Report } from "../../lib/publish/types.ts";
import type { ColdStart } from "./coldstart.ts";
import type { Sizes, WarmRun } from "./measure.ts";
import type { Run } from "./run.ts";
import { mebibytes, milliseconds, sum } from "./stats.ts";

/** One line of the budget with its measurement. */
export interface Measured {
  readonly work: string;
  readonly unit: keyof typeof UNITS;
  /** The measurement; NaN where there is none. */
  readonly value: number;
  /** The limit; undefined where this size has none. */
  readonly limit?: number | undefined;
  /** The numbers that it was computed from, or why there are none. */
  readonly from: string;
}

const UNITS = {
  /** Our time or memory divided by that of another program, measured in the same run. */
  "×": (n: number) => `${n < 0.1 ? n.toFixed(3) : n.toFixed(2)} ×`,
  ms: milliseconds,
  bytes: mebibytes,
  requests: (n: number) => String(Number(n.toFixed(1))),
};

interface Limits {
  readonly upTo: number;
  /** Of one edit in a warm process. */
  readonly warmMs: number;
  /** Of a full publish with everything on, of the newest 20 alone and of one edit: times Hugo's. */
  readonly full?: number;
  readonly newest?: number;
  readonly edit?: number;
}

const LIMITS: readonly Limits[] = [
  { upTo: 1000, warmMs: 25, full: 1.6, newest: 2.2, edit: 0.15 },
  { upTo: 10_000, warmMs: 45, newest: 1.2 },
  { upTo: 100_000, warmMs: 200 },
];
const MOST_MEMORY = { from: 100_000, bytes: 512 * 2 ** 20 };

/** The budget for one size of the site, in the order in which it is printed. */
export function budgetOf({ posts, full, newest, edit, nothing, inFolders, inMemory }: Sizes): readonly Measured[] {
  const limits = LIMITS.find(({ upTo }) => posts <= upTo);
  const warmLimit = limits?.warmMs;
  return [
    ratio("full publish, time", "ms", full.ours, full.theirs, limits?.full),
    ratio("full publish, memory", "memory", full.ours, full.theirs),
    {
      work: "full publish, most memory",
      unit: "bytes",
      value: full.ours?.memory ?? Number.NaN,
      limit: posts >= MOST_MEMORY.from ? MOST_MEMORY.bytes : undefined,
      from: full.ours?.failed ?? "",
    },
    ratio("the newest 20 alone, time", "ms", newest.ours, newest.theirs, limits?.newest),
    ratio("one edit, whole process", "ms", edit.ours, edit.theirs, limits?.edit),
    ratio("nothing to do, whole process", "ms", nothing.ours, nothing.theirs),
    warm("one edit, warm, hints, folders", inFolders, "edit", warmLimit),
    ...(inMemory ? [warm("one edit, warm, hints, memory", inMemory, "edit", warmLimit)] : []),
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

function ratio(work: string, of: "ms" | "memory", ours?: Run, theirs?: Run, limit?: number): Measured {
  const amountOf = (run: Run | undefined) => run?.[of] ?? Number.NaN;
  const value =
    ours?.failed === undefined && theirs?.failed === undefined ? amountOf(ours) / amountOf(theirs) : Number.NaN;
  const show = UNITS[of === "ms" ? "ms" : "bytes"];
  const name = (run: Run | undefined) => run?.failed ?? (run ? show(amountOf(run)) : "not installed");
  return { work, unit: "×", value, limit, from: `${name(ours)} : Hugo ${name(theirs)}` };
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

export const HEAD = ["", "measured", "at most", "holds", "from"] as const;

export function rowOf(measured: Measured): readonly string[] {
  const { work, limit, from } = measured;
  const most = limit === undefined ? "" : shown({ ...measured, value: limit });
  return [work, shown(measured), most, verdict(measured), from];
}

const shown = ({ unit, value }: Measured): string => (Number.isNaN(value) ? "–" : UNITS[unit](value));

/** Empty without a limit or a measurement. */
export function verdict({ value, limit }: Pick<Measured, "value" | "limit">): "yes" | "no" | "" {
  if (limit === undefined || Number.isNaN(value)) return "";
  return value <= limit ? "yes" : "no";
}

/** Only ratios, which can be compared with those of another machine, with a column for each size. */
export function ratioRows(
  bySize: ReadonlyMap<number, readonly Measured[]>,
  coldStart: Measured,
): readonly (readonly string[])[] {
  const budgets = [...bySize.values()];
  const works = new Map(budgets.flat().map((measured) => [measured.work, measured]));
  const ratios = [...works.values()].filter(({ unit }) => unit === "×");
  return [
    ["", ...[...bySize.keys()].map((posts) => `${posts.toLocaleString("en")} posts`), "at most"],
    ...[...ratios, coldStart].map((measured) => {
      const { work } = measured;
      const each = budgets.map((budget) => budget.find((other) => other.work === work) ?? measured);
      const limits = new Set(each.map(({ limit = Number.NaN }) => shown({ ...measured, value: limit })));
      return [work, ...each.map(shown), [...limits].join(", ")];
    }),
  ];
}
