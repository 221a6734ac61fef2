/** Numbers that CloudWatch reads out of a log line: its embedded metric format. */

/** `[value, unit]`, in CloudWatch's units. */
export interface Metrics {
  readonly [name: string]: readonly [number, "Count" | "Milliseconds" | "Seconds"];
}

/** One line of JSON; metrics of the namespace `Dripfeed`, by site. */
export function metricsLine(site: string, metrics: Metrics, now: Date): string {
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
