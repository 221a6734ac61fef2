/**
 * What happens on one page: alarms, runs, how long readers wait, what is published and refused, who reads.
 *
 * An account has three dashboards of up to 50 metrics each for nothing, each further one is $3 a month
 * (https://aws.amazon.com/cloudwatch/pricing/).
 */
import { Duration } from "aws-cdk-lib";
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  type Metric,
} from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import type { Watched } from "./alarms.ts";
import { ofCloudfront, ownMetrics } from "./metrics.ts";

const HOUR = Duration.hours(1);
const DAY = Duration.days(1);
/** Of the grid of 24 columns. */
const [HALF, WHOLE] = [12, 24];

export function dashboard(scope: Construct, name: string, watched: Watched, alarms: readonly Alarm[]): Dashboard {
  const { triggers, write, distribution } = watched;
  const own = ownMetrics(name);
  const ofCdn = (metricName: string, statistic: string) =>
    ofCloudfront(metricName, statistic, { DistributionId: distribution.distributionId }, HOUR);
  const ofQueue = { period: HOUR, statistic: "Maximum" };
  return new Dashboard(scope, "Dashboard", {
    dashboardName: `${name}-feeds`,
    defaultInterval: Duration.days(14),
    widgets: [
      [new AlarmStatusWidget({ title: "Alarms", width: WHOLE, alarms: [...alarms] })],
      [
        graph("Runs, by the hour", {
          // Of each run one value, but for one that was overtaken, so that there are as many as runs.
          runs: own("Put", HOUR, "SampleCount"),
          "overtaken by another run": own("Overtaken", HOUR, "Sum"),
          "documents put": own("Put", HOUR, "Sum"),
        }),
        graph("Seconds from an upload to the CDN", {
          longest: own("PublishSeconds", HOUR),
          mean: own("PublishSeconds", HOUR, "Average"),
        }),
      ],
      [
        graph("Posts", {
          public: own("Posts", HOUR),
          "that cannot be published": own("Problems", HOUR),
          warnings: own("Warnings", HOUR),
        }),
        graph("Refused, failed and waiting", {
          "refused runs": own("Refused", HOUR, "Sum"),
          "the CDN serves something else": own("Stale", HOUR),
          "paths not announced": own("OutboxPaths", HOUR),
          "hubs not told": own("HubFailures", HOUR),
          "waiting triggers": triggers.queue.metricApproximateNumberOfMessagesVisible(ofQueue),
          "dead letters": triggers.deadLetters.metricApproximateNumberOfMessagesVisible(ofQueue),
          ...(write && { "refused to write": own("SignInRefused", HOUR, "Sum") }),
        }),
      ],
      [
        graph("Readers, by the day", {
          subscribers: own("AudienceSubscribers", DAY),
          "requests of the day before": own("AudienceRequests", DAY),
        }),
        graph("Requests to the CDN, by the hour", {
          requests: ofCdn("Requests", "Sum"),
          "refused (4xx, percent)": ofCdn("4xxErrorRate", "Average"),
          "failed (5xx, percent)": ofCdn("5xxErrorRate", "Average"),
        }),
      ],
    ],
  });
}

function graph(title: string, metrics: { readonly [label: string]: Metric }): GraphWidget {
  const left: IMetric[] = Object.entries(metrics).map(([label, metric]) => metric.with({ label }));
  return new GraphWidget({ title, left, width: HALF, leftYAxis: { min: 0 } });
}
