/** AWS's list prices of us-east-1 in dollars, as of late 2026, with the free tier that does not end after a year. */

export const PRICES = {
  /** S3: a request; a gigabyte for a month. */
  put: 0.005 / 1000,
  get: 0.0004 / 1000,
  gigabyte: 0.023,
  /** Lambda on arm64: a gigabyte for a second, and how many are free. */
  gigabyteSecond: 0.0000133334,
  freeGigabyteSeconds: 400_000,
  /** CloudFront: an HTTPS request, a run of a function, a gigabyte of traffic, and how many are free. */
  request: 1 / 1e6,
  freeRequests: 10e6,
  edgeRun: 0.1 / 1e6,
  freeEdgeRuns: 2e6,
  out: 0.085,
  freeOut: 1000,
  invalidation: 0.005,
  freeInvalidations: 1000,
  /** SQS: a request, and how many are free; Lambda's pollers send them all the time. */
  message: 0.4 / 1e6,
  freeMessages: 1e6,
  secret: 0.4,
  /** CloudWatch: a metric that an alarm watches, and how many are free; a dashboard, and how many are free. */
  alarm: 0.1,
  freeAlarmMetrics: 10,
  dashboard: 3,
  freeDashboards: 3,
  /** Lambda: an invocation, and how many are free. */
  invocation: 0.2 / 1e6,
  freeInvocations: 1e6,
};

/** What is paid of an amount of which some is free. */
export const beyond = (amount: number, free: number): number => Math.max(0, amount - free);
