/** One measurement beside its limit, as a row of a table. */
import { mebibytes, milliseconds } from "./stats.ts";

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

export const HEAD = ["", "measured", "at most", "holds", "from"] as const;

export function rowOf(measured: Measured): readonly string[] {
  const { work, limit, from } = measured;
  const most = limit === undefined ? "" : shown({ ...measured, value: limit });
  return [work, shown(measured), most, verdict(measured), from];
}

export const shown = ({ unit, value }: Pick<Measured, "unit" | "value">): string =>
  Number.isNaN(value) ? "–" : UNITS[unit](value);

/** Empty without a limit or a measurement. */
export function verdict({ value, limit }: Pick<Measured, "value" | "limit">): "yes" | "no" | "" {
  if (limit === undefined || Number.isNaN(value)) return "";
  return value <= limit ? "yes" : "no";
}
