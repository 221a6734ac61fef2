/** Alarms, and the topic that sends them to the owner. */
import { Aws, Duration, Validations } from "aws-cdk-lib";
import type { Function as EdgeFunction, IDistribution } from "aws-cdk-lib/aws-cloudfront";
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Construct } from "constructs";
import type { Settings } from "./settings.ts";
import type { Triggers } from "./triggers.ts";

export interface WatchProps {
  readonly triggers: Triggers;
  readonly functions: readonly LambdaFunction[];
  readonly distribution: IDistribution;
  /** The functions at its edge. */
  readonly edge: readonly EdgeFunction[];
}

export function watch(scope: Construct, { name, alarmEmail }: Settings, props: WatchProps): Topic {
  const { triggers, functions, distribution, edge } = props;
  const topic = new Topic(scope, "Alarms", { displayName: `${name} feeds`, enforceSSL: true });
  if (alarmEmail !== undefined) {
    Validations.of(topic.addSubscription(new EmailSubscription(alarmEmail))).acknowledge({
      id: "Serverless-SNSRedrivePolicy",
      reason:
        "An alarm that cannot be mailed still shows in CloudWatch; a dead letter queue for mail would not be read.",
    });
  }
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
      actions: ["sns:Publish"],
      resources: [topic.topicArn],
      conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
    }),
  );
  Validations.of(topic).acknowledge({
    id: "AwsSolutions-SNS2",
    reason:
      "An alarm holds a name and a number. CloudWatch could encrypt it only with a customer managed key, at a dollar a month.",
  });

  const alarm = (id: string, alarmDescription: string, metric: IMetric, options: Partial<AlarmOptions> = {}) => {
    const { threshold = 1, periods = 1, missing = TreatMissingData.NOT_BREACHING } = options;
    new Alarm(scope, id, {
      alarmDescription,
      metric,
      threshold,
      evaluationPeriods: periods,
      treatMissingData: missing,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    }).addAlarmAction(new SnsAction(topic));
  };
  const measured = (metricName: string, period: Duration, statistic = "Maximum") =>
    new Metric({ namespace: "Dripfeed", metricName, dimensionsMap: { Site: name }, period, statistic });
  const { queue, deadLetters } = triggers;
  const quarter = Duration.minutes(15);
  // Only runs measure these: between runs the last value still holds.
  const keepsState = { missing: TreatMissingData.IGNORE };

  alarm(
    "DeadLetters",
    "Messages that failed five times. The function's log says why; the daily run makes up for lost triggers.",
    deadLetters.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5), statistic: "Maximum" }),
  );
  alarm(
    "OldTriggers",
    "The oldest trigger has waited for 20 minutes: runs fail, or one does not end.",
    queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5), statistic: "Maximum" }),
    { threshold: Duration.minutes(20).toSeconds() },
  );
  for (const each of functions) {
    alarm(`${each.node.id}Errors`, `${each.node.id} failed. Its log says why.`, each.metricErrors({ period: quarter }));
  }
  alarm(
    "Problems",
    "Posts that cannot be published. The log of rebuild names them, with their fixes.",
    measured("Problems", quarter),
    keepsState,
  );
  alarm(
    "Refusals",
    "A run that looked like an accident was refused and wrote nothing. The log of rebuild says why, and how to confirm it.",
    measured("Refused", quarter),
    keepsState,
  );
  alarm(
    "Timer",
    "The timer for what is due could not be set: the daily run will publish it, late.",
    measured("TimerFailed", quarter),
  );
  alarm(
    "FullOutbox",
    "For an hour the CDN could not be invalidated: readers may get old documents. The log of announce says why.",
    measured("OutboxPaths", quarter, "Minimum"),
    { periods: 4 },
  );
  alarm(
    "Stale",
    "The CDN does not serve what was published. The log of announce names an address and how it differs: open it.",
    // A run that wrote in between announces again, and what is served then is what was published.
    measured("Stale", quarter, "Minimum"),
    keepsState,
  );
  alarm(
    "CdnRefusals",
    "The CDN answered half of all requests in a quarter of an hour with 4xx. Open a feed: is it there? Then look into the access logs.",
    rateOf(distribution, "4xxErrorRate", MIN_REQUESTS),
    { threshold: 50 },
  );
  alarm(
    "CdnFailures",
    "The CDN answered one in twenty requests in a quarter of an hour with 5xx: an edge function failed, or the public store.",
    rateOf(distribution, "5xxErrorRate", MIN_REQUESTS),
    { threshold: 5 },
  );
  alarm(
    "Uncounted",
    "For two days the CDN was asked for feeds, and audience counted no request: is it invoked, and are there access logs?",
    uncounted(distribution, measured("AudienceRequests", Duration.days(1))),
    { periods: 2 },
  );
  alarm(
    "EdgeErrors",
    "Functions at the edge failed. Take back what was deployed last; CloudWatch has their log in us-east-1, /aws/cloudfront/function/.",
    edgeErrors(edge),
  );
  return topic;
}

/** With fewer requests in a quarter of an hour, one lost reader would be a high rate; with fewer in a day, all may be the owner's. */
const MIN_REQUESTS = 100;

/** CloudFront measures in us-east-1, where the stack is. */
const ofCloudfront = (
  metricName: string,
  statistic: string,
  dimensions: { readonly [name: string]: string },
  period = Duration.minutes(15),
) =>
  new Metric({
    namespace: "AWS/CloudFront",
    metricName,
    statistic,
    period,
    dimensionsMap: { ...dimensions, Region: "Global" },
  });

/** In percent; 0 where there were too few requests to tell. */
function rateOf({ distributionId: DistributionId }: IDistribution, metricName: string, minRequests: number): IMetric {
  return new MathExpression({
    expression: `IF(requests >= ${minRequests}, rate, 0)`,
    usingMetrics: {
      requests: ofCloudfront("Requests", "Sum", { DistributionId }),
      rate: ofCloudfront(metricName, "Average", { DistributionId }),
    },
    period: Duration.minutes(15),
  });
}

/** 1 where the CDN answered requests in a day and none were counted, which no error shows: no logs are delivered, or nothing runs. */
function uncounted({ distributionId: DistributionId }: IDistribution, counted: IMetric): IMetric {
  const period = Duration.days(1);
  return new MathExpression({
    expression: `IF(requests >= ${MIN_REQUESTS} AND FILL(counted, 0) == 0, 1, 0)`,
    usingMetrics: { requests: ofCloudfront("Requests", "Sum", { DistributionId }, period), counted },
    period,
  });
}

/** Calls that failed, gave what CloudFront does not take, or took too long. */
function edgeErrors(edge: readonly EdgeFunction[]): IMetric {
  const failures = ["FunctionExecutionErrors", "FunctionValidationErrors", "FunctionThrottles"];
  const metrics = edge.flatMap(({ functionName: FunctionName }) =>
    failures.map((name) => ofCloudfront(name, "Sum", { FunctionName })),
  );
  const usingMetrics = Object.fromEntries(metrics.map((metric, i) => [`m${i}`, metric]));
  return new MathExpression({ expression: "SUM(FILL(METRICS(), 0))", usingMetrics, period: Duration.minutes(15) });
}

interface AlarmOptions {
  readonly threshold: number;
  readonly periods: number;
  readonly missing: TreatMissingData;
}
