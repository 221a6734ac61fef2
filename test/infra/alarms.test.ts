/** The template's alarms, over time: each can ring, and what is mended ends it. */
import { afterEach, describe, expect, test, vi } from "vitest";
import { logReport } from "../../lib/lambda/outcome/run.ts";
import { BUSY, UNUSABLE_SITE } from "../../lib/publish/refusals.ts";
import { reportOf } from "../support/reports.ts";
import { changesIn, type Evaluated, EXTRA, evaluate, type Series, type State, statesOf } from "./cloudwatch.ts";
import { CONFIG, deployment, named } from "./deployment.ts";
import { calculate } from "./metricmath.ts";

const X = 1;
const _ = undefined;
const alarms = deployment({ ...CONFIG, write: true }).of("AWS::CloudWatch::Alarm");

interface Template extends Evaluated {
  readonly MetricName?: string;
  readonly Statistic?: string;
  readonly Metrics?: readonly {
    readonly Id: string;
    readonly Expression?: string;
    readonly MetricStat?: { readonly Metric: { readonly MetricName: string }; readonly Stat: string };
  }[];
}

const alarmOf = (name: string): Template => {
  const [, found] = alarms.find(([id]) => named({ Ref: id }) === name) ?? [];
  if (!found) throw new Error(`no alarm ${name}`);
  return found as unknown as Template;
};

/**
 * The state after each period, where all numbers of further periods give the same. Metrics are by their id, or one alone; `late`:
 * after how many periods their values are there.
 */
function statesIn(name: string, metrics: { readonly [id: string]: Series }, late: number): readonly State[] {
  const alarm = alarmOf(name);
  const expression = alarm.Metrics?.find(({ Expression }) => Expression !== undefined)?.Expression;
  const [first = []] = Object.values(metrics);
  const found = EXTRA.map((extra) => {
    const from = (at: number) => Math.max(0, at - alarm.EvaluationPeriods - extra);
    const known = (values: Series, at: number) =>
      values.slice(from(at), at).map((each, i) => (from(at) + i < at - late ? each : _));
    const seen = (at: number) =>
      Object.fromEntries(Object.entries(metrics).map(([id, values]) => [id, known(values, at)]));
    const values = (at: number) => (expression ? calculate(expression, seen(at)) : known(first, at));
    return statesOf(alarm, values, extra, first.length);
  });
  expect(new Set(found.map((each) => changesIn(each).join())).size).toBe(1);
  return found[0] ?? [];
}
const told = (name: string, metrics: { readonly [id: string]: Series }, late = 0) =>
  changesIn(statesIn(name, metrics, late));
const times = (count: number, value: number | undefined): Series => Array.from({ length: count }, () => value);

afterEach(() => vi.restoreAllMocks());

/** A metric of an alarm (the only one, if it has no id) over periods, in some of which a run ended as it is said in its report. */
function measured(name: string, runs: readonly (ReturnType<typeof reportOf> | undefined)[], id?: string): Series {
  const alarm = alarmOf(name);
  const own = alarm.Metrics?.find(({ Id }) => Id === id)?.MetricStat;
  const metric = own?.Metric.MetricName ?? alarm.MetricName ?? "";
  const statistic = own?.Stat ?? alarm.Statistic;
  return runs.map((report) => {
    if (!report) return undefined;
    const lines: string[] = [];
    vi.spyOn(process.stderr, "write").mockImplementation((line) => lines.push(String(line)) > 0);
    logReport(report, () => undefined, "notes");
    const value: number | undefined = JSON.parse(lines[0] ?? "{}")[metric];
    return value !== undefined && statistic === "SampleCount" ? 1 : value;
  });
}

const well = reportOf();
const busy = reportOf({ refused: BUSY });
const refused = reportOf({ refused: UNUSABLE_SITE });
/** Of a first publication for which no run has the time: each reads a part. */
const part = reportOf({ unfinished: true, scanned: { read: 400_000, total: 1_000_000 } });
const handedOver = reportOf({ unfinished: true, scanned: { read: 0, total: 1_000_000, handedOver: true } });

describe("the simulated CloudWatch", () => {
  const given = (DatapointsToAlarm: number) => ({ EvaluationPeriods: 3, DatapointsToAlarm, Threshold: 1 });
  // The tables of AWS's page on missing data; R: the state before is retained.
  test.each<readonly [number, Series, missing: string, ignore: string, breaching: string, notBreaching: string]>([
    [3, [0, _, X, _, X], "OK", "OK", "OK", "OK"],
    [3, [_, _, _, _, _], "INSUFFICIENT_DATA", "R", "ALARM", "OK"],
    [3, [0, X, X, _, X], "ALARM", "ALARM", "ALARM", "ALARM"],
    [3, [0, _, _, _, _], "OK", "OK", "OK", "OK"],
    [3, [_, _, _, _, X], "INSUFFICIENT_DATA", "R", "ALARM", "OK"],
    [2, [0, _, X, _, X], "ALARM", "ALARM", "ALARM", "ALARM"],
    [2, [0, 0, X, 0, X], "ALARM", "ALARM", "ALARM", "ALARM"],
    [2, [_, _, _, _, X], "INSUFFICIENT_DATA", "R", "ALARM", "OK"],
  ])("gives the states that AWS says: %s of 3, %j", (needed, values, ...states) => {
    const kinds = ["missing", "ignore", "breaching", "notBreaching"] as const;
    const found = kinds.map((TreatMissingData) => {
      const after = (["OK", "ALARM"] as const).map((before) =>
        evaluate({ ...given(needed), TreatMissingData }, values, before),
      );
      return after[0] === after[1] ? after[0] : "R";
    });
    expect(found).toEqual(states);
  });

  // The examples of AWS's page on metric math.
  test("calculates as AWS says", () => {
    expect(calculate("m < n", { m: [30, 20, 0, 0], n: [20, _, 20, _] })).toEqual([0, 0, 1, 0]);
    expect(calculate("IF(m, 5, n)", { m: [1, 1, 0, 0, _], n: [0, 0, 20, _, 20] })).toEqual([5, 5, 20, _, _]);
    expect(calculate("DIFF(FILL(m, 0))", { m: [_, 2, 2, 5] })).toEqual([_, 2, 0, 3]);
    expect(() => calculate("AVG(m)", { m: [1] })).toThrow();
  });
});

describe("what the functions measure", () => {
  test.each(["Problems", "Refusals", "Timer"])(
    "%s rings after a bad run, stays in between, and ends with a good one",
    (name) => {
      const quiet = times(600, _);
      expect(told(name, { m: [0, ...quiet, X, ...quiet, 0, ...quiet] })).toEqual(["OK", "ALARM", "OK"]);
      // In the very next minute, too.
      expect(told(name, { m: [0, ...quiet, X, 0, ...quiet] }).at(-1)).toBe("OK");
      expect(told(name, { m: [0, ...quiet, 0, X, ...quiet] }).at(-1)).toBe("ALARM");
    },
  );

  test.each(["Problems", "Refusals", "Timer"])(
    "%s rings and ends, too, where the metrics come four minutes late",
    (name) => {
      const quiet = times(60, _);
      expect(told(name, { m: [0, ...quiet, X, ...quiet, 0, ...quiet] }, 4)).toEqual(["OK", "ALARM", "OK"]);
    },
  );

  test.each([
    ["had no time to look at all of the content", part],
    ["left it to the state machine", handedOver],
    ["another one overtook", busy],
  ])("Refusals does not end with a run that %s, but with one that looked and is not refused", (_name, between) => {
    const quiet = times(60, _);
    const runs = [well, ...none(9), refused, ...none(60), between, ...none(60), between, ...none(60)];
    expect(told("Refusals", { m: measured("Refusals", runs) })).toEqual(["OK", "ALARM"]);
    expect(told("Refusals", { m: [...measured("Refusals", [...runs, well]), ...quiet] })).toEqual([
      ...["OK", "ALARM", "OK"],
    ]);
  });

  test("FullOutbox rings after an hour of failures, and ends with the first success alone", () => {
    expect(told("FullOutbox", { m: [0, ..._3(X), 0] })).toEqual(["OK"]);
    expect(told("FullOutbox", { m: [0, ...times(6, 7), ...times(8, _), 0, ...times(9, _)] })).toEqual([
      "OK",
      "ALARM",
      "OK",
    ]);
  });

  test("Stale rings when two checks in a row fail, and ends with one that does not", () => {
    expect(told("Stale", { m: [0, X, 0, X, 0] })).toEqual(["OK"]);
    expect(told("Stale", { m: [0, X, X, X, _, _, 0, 0] })).toEqual(["OK", "ALARM", "OK"]);
  });
});

const none = (count: number): readonly undefined[] => Array.from({ length: count }, () => undefined);
const _3 = (value: number): Series => times(3, value);

describe("OldTriggers", () => {
  const day = (metrics: { readonly visible: Series; readonly taken: Series; readonly runs: Series }) =>
    told("OldTriggers", metrics);

  test("rings when each run fails, and does not end because the trigger became a dead letter, but with a run", () => {
    const taken = [0, ...times(7, 1), ...times(12, 0)];
    const none = times(taken.length, 0);
    const runs = [...times(taken.length - 1, _), 1];
    expect(day({ visible: none, taken, runs: times(taken.length, _) })).toEqual(["ALARM"]);
    expect(day({ visible: none, taken, runs })).toEqual(["ALARM", "OK"]);
  });

  test("rings when nothing invokes rebuild", () => {
    expect(day({ visible: [0, ...times(8, 3)], taken: times(9, 0), runs: [1, ...times(8, _)] })).toEqual([
      "OK",
      "ALARM",
    ]);
  });

  test("does not ring for a run of fifteen minutes, nor for many runs, nor while nothing happens", () => {
    const long = [1, 1, 1, 1, 0, 0, 0, 0];
    expect(day({ visible: times(8, 0), taken: long, runs: [_, _, _, _, 1, _, _, _] })).not.toContain("ALARM");
    expect(
      day({ visible: times(12, 5), taken: times(12, 9), runs: [_, _, _, 1, _, _, _, 1, _, _, _, 1] }),
    ).not.toContain("ALARM");
    expect(day({ visible: times(99, 0), taken: times(99, 0), runs: times(99, _) })).toEqual([]);
  });

  const ended = (taken: Series, runs: Parameters<typeof measured>[1]) =>
    day({ visible: times(taken.length, 0), taken, runs: measured("OldTriggers", runs, "runs") });

  test("does not ring for a first publication in three parts of fifteen minutes", () => {
    const quarter = (end: typeof well) => [...none(2), end];
    const runs = [...none(1), ...quarter(part), ...quarter(part), ...quarter(well), ...none(8)];
    expect(ended([0, ...times(9, 1), ...times(8, 0)], runs)).not.toContain("ALARM");
  });

  test("does not ring while the state machine works for an hour, though edits come that wait for it", () => {
    expect(ended([1, ...times(12, 0), 1, ...times(4, 0)], [handedOver, ...none(12), well, ...none(4)])).toEqual(["OK"]);
    const edits = [handedOver, ...none(2), handedOver, ...none(2), handedOver, ...none(2), well];
    expect(ended(times(edits.length, 1), edits)).toEqual(["OK"]);
  });

  test("rings where each run finds that another one is writing, and ends with one that looks at the content", () => {
    const runs = Array.from({ length: 12 }, () => busy);
    expect(ended([0, ...times(12, 1)], [undefined, ...runs])).toEqual(["ALARM"]);
    expect(ended([0, ...times(13, 1)], [undefined, ...runs, part])).toEqual(["ALARM", "OK"]);
  });
});

describe("DeadLetters", () => {
  test("rings for the first one, also where the queue was not measured before", () => {
    expect(told("DeadLetters", { visible: [...times(40, _), ...times(40, 1)] })).toEqual(["OK", "ALARM", "OK"]);
    expect(told("DeadLetters", { visible: [...times(40, 0), ...times(40, 1)] })).toEqual(["OK", "ALARM", "OK"]);
  });

  test("rings again for a new one while the old ones stay, and not for those that go", () => {
    const stays = (count: number) => times(30, count);
    expect(told("DeadLetters", { visible: [...stays(0), ...stays(2), ...stays(3), ...stays(0), ...stays(1)] })).toEqual(
      ["OK", "ALARM", "OK", "ALARM", "OK", "ALARM", "OK"],
    );
  });

  test("rings once for an outage in which some come every quarter of an hour", () => {
    const outage = Array.from({ length: 48 }, (_, i) => 1 + Math.floor(i / 3));
    expect(told("DeadLetters", { visible: [...times(20, 0), ...outage] })).toEqual(["OK", "ALARM"]);
  });
});

describe("failures", () => {
  test("RebuildErrors rings when every call failed, and ends with one that did not, not with silence", () => {
    const invocations = [_, 1, _, 2, _, _, _, 1, _];
    expect(told("RebuildErrors", { invocations, errors: [_, _, _, 2, _, _, _, _, _] })).toEqual(["OK", "ALARM", "OK"]);
    expect(told("RebuildErrors", { invocations, errors: [_, 0, _, 1, _, _, _, 0, _] })).toEqual(["OK"]);
    expect(told("RebuildErrors", { invocations: [1, ...times(50, _)], errors: [1, ...times(50, _)] })).toEqual([
      "ALARM",
    ]);
  });

  test("SignInRefused rings for a hundred in a quarter of an hour, not for a few, and ends when there are fewer", () => {
    expect(told("SignInRefused", { m: [_, 3, 99, _, _] })).toEqual(["OK"]);
    expect(told("SignInRefused", { m: [_, 100, 2_000, 4, _, _] })).toEqual(["OK", "ALARM", "OK"]);
  });

  test("WriteErrors rings for an answer of 5xx, and ends with requests that were answered", () => {
    const requests = [4, _, 3, _, _, 5, _];
    expect(told("WriteErrors", { requests, failures: [_, _, 1, _, _, _, _] })).toEqual(["OK", "ALARM", "OK"]);
  });

  test("WebhookErrors rings for an answer of 5xx, and ends with requests that were answered", () => {
    const requests = [5, _, 3, _, _, 1, _];
    expect(told("WebhookErrors", { requests, failures: [_, _, 1, _, _, _, _] })).toEqual(["OK", "ALARM", "OK"]);
  });

  test("Uncounted rings where nothing was ever counted, and ends when something is", () => {
    expect(told("Uncounted", { requests: times(5, 500), counted: times(5, _) })).toEqual(["OK", "ALARM"]);
    expect(told("Uncounted", { requests: times(6, 500), counted: [_, _, _, 400, 400, 400] })).toEqual([
      "OK",
      "ALARM",
      "OK",
    ]);
  });
});
