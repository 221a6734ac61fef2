/** Metrics in CloudWatch's embedded metric format: it reads them from a log line. */

/** A value and its unit, as CloudWatch names it. */
export type Metric = readonly [value: number, unit: "Count" | "Seconds"];

export interface Metrics {
  readonly [name: string]: Metric;
}

export const count = (value: number): Metric => [value, "Count"];
export const seconds = (value: number): Metric => [value, "Seconds"];

export function writeMetrics(site: string, metrics: Metrics): void {
  process.stderr.write(`${metricsLine(site, metrics, new Date())}\n`);
}

/** One line of JSON: metrics in the namespace `Dripfeed`, with the site as their dimension. */
function metricsLine(site: string, metrics: Metrics, now: Date): string {
  const all = Object.entries(metrics);
  return JSON.stringify({
    _aws: {
      Timestamp: now.getTime(),
      CloudWatchMetrics: [
        {
          Namespace: "Dripfeed",
          Dimensions: [["Site"]],
          Metrics: all.map(([Name, [, Unit]]) => ({ Name, Unit })),
        },
      ],
    },
    Site: site,
    ...Object.fromEntries(all.map(([name, [value]]) => [name, value])),
  });
}
