/** Alarms, and the topic that sends them to the owner. */
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

export interface WatchProps {
  readonly triggers: Triggers;
  readonly functions: readonly LambdaFunction[];
}

export function watch(scope: Construct, { name, alarmEmail }: Settings, { triggers, functions }: WatchProps): Topic {
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
  return topic;
}

interface AlarmOptions {
  readonly threshold: number;
  readonly periods: number;
  readonly missing: TreatMissingData;
}
