/**
 * CloudWatch's alarms and metric math as AWS documents them, for the alarms of a template: metrics in, states out.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html and using-metric-math.html there.
 */

/** A value for each period, the oldest first; nothing where there was none. */
export type Series = readonly (number | undefined)[];
export type State = "OK" | "ALARM" | "INSUFFICIENT_DATA";

export interface Evaluated {
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm?: number;
  readonly Threshold: number;
  readonly TreatMissingData: "ignore" | "notBreaching" | "breaching" | "missing";
}

/** The state after one evaluation of the periods that were retrieved, which are more than are to be evaluated. */
export function evaluate(alarm: Evaluated, retrieved: Series, before: State): State {
  const {
    EvaluationPeriods: periods,
    DatapointsToAlarm: needed = periods,
    Threshold,
    TreatMissingData: missing,
  } = alarm;
  const existing = retrieved.flatMap((value) => (value === undefined ? [] : [value >= Threshold]));
  const latest = existing.slice(-periods);
  const breaching = latest.filter(Boolean).length;
  const filled = periods - latest.length;
  if (breaching >= needed) return "ALARM";
  if (filled === 0 || missing === "notBreaching") return "OK";
  if (missing === "breaching") return breaching + filled >= needed && latest.every(Boolean) ? "ALARM" : "OK";
  if (latest.some((each) => !each)) return "OK";
  return missing === "ignore" ? before : "INSUFFICIENT_DATA";
}

/** How many periods more than those to be evaluated are retrieved: AWS does not say, so that tests try several. */
export const EXTRA = [2, 4];

/** The state after each period. */
export function statesOf(
  alarm: Evaluated,
  values: (retrieved: number) => Series,
  extra: number,
  length: number,
): readonly State[] {
  let state: State = "INSUFFICIENT_DATA";
  return Array.from({ length }, (_, at) => {
    state = evaluate(alarm, values(at + 1).slice(-(alarm.EvaluationPeriods + extra)), state);
    return state;
  });
}

/** Transitions of which people are told. */
export const changesIn = (states: readonly State[]): readonly State[] =>
  states.filter((state, i) => state !== (states[i - 1] ?? "INSUFFICIENT_DATA"));
