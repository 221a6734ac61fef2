/** Metrics of the functions, the queues and the CDN, as alarms and the dashboard look at them. */
import { Duration } from "aws-cdk-lib";
import type { Function as EdgeFunction, IDistribution } from "aws-cdk-lib/aws-cloudfront";
import { type IMetric, MathExpression, Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { IQueue } from "aws-cdk-lib/aws-sqs";

/** Of the metrics that the functions write themselves (`lib/lambda/outcome/`). */
export const ownMetrics =
  (Site: string) =>
  (metricName: string, period: Duration, statistic = "Maximum"): Metric =>
    new Metric({ namespace: "Dripfeed", metricName, dimensionsMap: { Site }, period, statistic });

const QUARTER = Duration.minutes(15);

/**
 * 1 where every call that began in a quarter of an hour failed, 0 where one did not, and nothing where there was none: that no call
 * failed shows that something was mended only if there was one. The period is no shorter than a call may be, since the time of both
 * metrics is that at which it began (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html). Where only one of
 * two metrics has a value, the other one counts as 0
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html), so nothing depends on whether Lambda
 * measures `Errors` where there were none.
 */
export function failures(made: LambdaFunction): IMetric {
  const period = QUARTER;
  return new MathExpression({
    expression: "IF(invocations > 0, errors >= invocations)",
    usingMetrics: {
      invocations: made.metricInvocations({ period, statistic: "Sum" }),
      errors: made.metricErrors({ period, statistic: "Sum" }),
    },
    period,
  });
}

/**
 * 1 where requests to a function's URL were answered with 5xx in a quarter of an hour, 0 where none of them was, and nothing where
 * there were none.
 * A function that answers 503 has not failed to Lambda, and `Errors` does not count it; `Url5xxCount` counts this, and functions
 * that fail or take too long, too (https://docs.aws.amazon.com/lambda/latest/dg/urls-monitoring.html).
 */
export function unanswered({ functionName: FunctionName }: LambdaFunction): IMetric {
  const ofUrl = (metricName: string) =>
    new Metric({
      namespace: "AWS/Lambda",
      metricName,
      dimensionsMap: { FunctionName },
      period: QUARTER,
      statistic: "Sum",
    });
  return new MathExpression({
    expression: "IF(requests > 0, failures > 0 * requests)",
    usingMetrics: { requests: ofUrl("UrlRequestCount"), failures: ofUrl("Url5xxCount") },
    period: QUARTER,
  });
}

/**
 * 1 where triggers waited for five minutes and no run did its work, 0 where one did, and nothing where none waited: triggers
 * that became dead letters wait no more, and nothing is mended by that. `runs` are those that did their work, or a part of it, `Put`
 * being measured by these alone. While the state machine is at work, no trigger waits for it.
 *
 * Their age would not show it: "After a message is received three times (or more) and not processed, the message is moved to the back
 * of the queue and the ApproximateAgeOfOldestMessage metric points at the second-oldest message", which takes no longer than eighteen
 * minutes here (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html).
 */
export function waiting(queue: IQueue, runs: Metric): IMetric {
  const period = Duration.minutes(5);
  return new MathExpression({
    // Lambda polls the queue, so that SQS always measures it, and the comparison has a value where there were no runs.
    expression: "IF(runs > 0 * visible, 0, IF(visible + taken > 0, 1))",
    usingMetrics: {
      visible: queue.metricApproximateNumberOfMessagesVisible({ period, statistic: "Maximum" }),
      taken: queue.metricApproximateNumberOfMessagesNotVisible({ period, statistic: "Maximum" }),
      runs: runs.with({ period, statistic: "SampleCount" }),
    },
    period,
  });
}

/**
 * By how many messages a queue grew from one five minutes to the next. Those that are in it already do not count, so that a further
 * one shows. `NumberOfMessagesSent` would not: a message that moves "as a result of a failed processing attempt" is not in it
 * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html). SQS stops measuring a
 * queue that was empty for six hours, hence the 0 before the first one.
 */
export const growth = (queue: IQueue): IMetric =>
  new MathExpression({
    expression: "DIFF(FILL(visible, 0))",
    usingMetrics: {
      visible: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5), statistic: "Maximum" }),
    },
    period: Duration.minutes(5),
  });

/** CloudFront measures in us-east-1, where the stack is. */
export const ofCloudfront = (
  metricName: string,
  statistic: string,
  dimensions: { readonly [name: string]: string },
  period = QUARTER,
): Metric =>
  new Metric({
    namespace: "AWS/CloudFront",
    metricName,
    statistic,
    period,
    dimensionsMap: { ...dimensions, Region: "Global" },
  });

/** With fewer requests in a quarter of an hour, one lost reader would be a high rate; with fewer in a day, all may be the owner's. */
const MIN_REQUESTS = 100;

/** In percent; 0 where there were too few requests to tell. */
export const rateOf = ({ distributionId: DistributionId }: IDistribution, metricName: string): IMetric =>
  new MathExpression({
    expression: `IF(requests >= ${MIN_REQUESTS}, rate, 0)`,
    usingMetrics: {
      requests: ofCloudfront("Requests", "Sum", { DistributionId }),
      rate: ofCloudfront(metricName, "Average", { DistributionId }),
    },
    period: QUARTER,
  });

/** 1 where the CDN answered requests in a day and none were counted, which no error shows: no logs are delivered, or nothing runs. */
export function uncounted({ distributionId: DistributionId }: IDistribution, counted: Metric): IMetric {
  const period = Duration.days(1);
  return new MathExpression({
    // A comparison, since it has a value where nothing was counted.
    expression: `IF(requests >= ${MIN_REQUESTS}, counted <= 0 * requests, 0)`,
    usingMetrics: { requests: ofCloudfront("Requests", "Sum", { DistributionId }, period), counted },
    period,
  });
}

/** Calls that failed, gave what CloudFront does not take, or took too long. */
export function edgeErrors(edge: readonly EdgeFunction[]): IMetric {
  const names = ["FunctionExecutionErrors", "FunctionValidationErrors", "FunctionThrottles"];
  const metrics = edge.flatMap(({ functionName: FunctionName }) =>
    names.map((name) => ofCloudfront(name, "Sum", { FunctionName })),
  );
  const usingMetrics = Object.fromEntries(metrics.map((metric, i) => [`m${i}`, metric]));
  return new MathExpression({ expression: "SUM(FILL(METRICS(), 0))", usingMetrics, period: QUARTER });
}
