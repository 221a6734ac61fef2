/** The topic that tells the owner of alarms, the alarms, and the dashboard. */
import { Aws, Validations } from "aws-cdk-lib";
import { Alarm, ComparisonOperator } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Construct } from "constructs";
import { present } from "../lib/base/optional.ts";
import { type AlarmRow, alarmRows, type Watched } from "./alarms.ts";
import { dashboard } from "./dashboard.ts";
import type { Settings } from "./settings.ts";

export function watch(scope: Construct, settings: Settings, watched: Watched): Topic {
  const { name, alarmEmail } = settings;
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
  const alarms = alarmRows(name, watched).map((row) => alarm(scope, row, new SnsAction(topic)));
  if (settings.dashboard) dashboard(scope, name, watched, alarms);
  return topic;
}

function alarm(scope: Construct, row: AlarmRow, told: SnsAction): Alarm {
  const { id, description, metric, threshold = 1, periods = 1, breaching, missing, tellsEnd } = row;
  const made = new Alarm(scope, id, {
    alarmDescription: description,
    metric,
    threshold,
    evaluationPeriods: periods,
    ...present({ datapointsToAlarm: breaching }),
    treatMissingData: missing,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  });
  made.addAlarmAction(told);
  if (tellsEnd) made.addOkAction(told);
  return made;
}
