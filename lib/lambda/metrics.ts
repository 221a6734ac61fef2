/** Metrics in CloudWatch's embedded metric format: it reads them from a log line. */

/** `[value, unit]`, in CloudWatch's units. */
export interface Metrics {
  readonly [name: string]: readonly [number, "Count" | "Milliseconds" | "Seconds"];
}

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
