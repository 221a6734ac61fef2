/** Who watches: an alarm for everything that somebody should know of, and a topic that tells. */
import { Aws, Duration, Validations } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, type IMetric, Metric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Construct } from "constructs";
import type { Settings } from "./settings.ts";
import type { Triggers } from "./triggers.ts";

export interface Watched {
  readonly triggers: Triggers;
  readonly functions: readonly LambdaFunction[];
}

export function watch(scope: Construct, { name, alarmEmail }: Settings, { triggers, functions }: Watched): Topic {
  const topic = new Topic(scope, "Alarms", { displayName: `${name} feeds`, enforceSSL: true });
  if (alarmEmail !== undefined) {
    Validations.of(topic.addSubscription(new EmailSubscription(alarmEmail))).acknowledge({
      id: "Serverless-SNSRedrivePolicy",
      reason: "What cannot be mailed is still an alarm in CloudWatch; a second queue would be watched by nobody.",
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
      "An alarm says its name and a number. CloudWatch could use a key of the owner's alone, at a dollar a month.",
  });

  const alarm = (id: string, alarmDescription: string, metric: IMetric, options: Partial<AlarmOptions> = {}) => {
    const { threshold = 1, periods = 1, missing = TreatMissingData.NOT_BREACHING } = options;
    new Alarm(scope, id, {
      ...{ alarmDescription, metric, threshold, evaluationPeriods: periods, treatMissingData: missing },
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    }).addAlarmAction(new SnsAction(topic));
  };
  const told = (metricName: string, period: Duration, statistic = "Maximum") =>
    new Metric({ namespace: "Dripfeed", metricName, dimensionsMap: { Site: name }, period, statistic });
  const { queue, dead } = triggers;
  const quarter = Duration.minutes(15);
  // Runs tell of them, and between runs nothing changes.
  const asLastTold = { missing: TreatMissingData.IGNORE };

  alarm(
    "DeadLetters",
    "Triggers or events that nobody could answer, five times over. Read the function's log; the daily run makes up for them.",
    dead.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5), statistic: "Maximum" }),
  );
  alarm(
    "OldTriggers",
    "The oldest trigger has waited for twenty minutes: runs fail, or one does not end.",
    queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5), statistic: "Maximum" }),
    { threshold: Duration.minutes(20).toSeconds() },
  );
  for (const each of functions) {
    alarm(`${each.node.id}Errors`, `${each.node.id} failed. Its log says why.`, each.metricErrors({ period: quarter }));
  }
  alarm(
    "Problems",
    "Posts that cannot be published. The log of rebuild says which, and how to fix them.",
    told("Problems", quarter),
    asLastTold,
  );
  alarm(
    "Refusals",
    "A run looked like an accident and wrote nothing. The log of rebuild says how to say that it is meant.",
    told("Refused", quarter),
    asLastTold,
  );
  alarm(
    "Timer",
    "The timer for what is due could not be set: the daily run does it, late.",
    told("TimerFailed", quarter),
  );
  alarm(
    "FullOutbox",
    "For an hour the CDN could not be told what changed: readers may get what was. The log of announce says why.",
    told("OutboxPaths", quarter, "Minimum"),
    { periods: 4 },
  );
  return topic;
}

interface AlarmOptions {
  readonly threshold: number;
  readonly periods: number;
  readonly missing: TreatMissingData;
}
