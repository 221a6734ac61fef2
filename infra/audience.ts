/** `audience`, invoked once a day: counts the access logs of the days that are open. */
import { Duration } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { CfnSchedule } from "aws-cdk-lib/aws-scheduler";
import type { Construct } from "constructs";
import { AUDIENCE } from "../lib/audience/kept.ts";
import { lambda } from "./lambda.ts";
import { schedulerRole } from "./scheduler.ts";
import type { Settings } from "./settings.ts";
import { type Buckets, CDN_LOGS } from "./stores.ts";
import type { Triggers } from "./triggers.ts";

/**
 * The longest that Lambda allows, but on instances of one's own: a call reads what there is of today and three days before: two are
 * open, and the one before them has files with some of their requests.
 */
const TIMEOUT = Duration.minutes(15);

/** A whole processor (1,769 MB), since it does nothing but unpack and read; less would make it slower and no cheaper. */
const MEMORY = 1769;

/** CloudFront usually delivers logs within an hour, all of them within a day: by then most of the day that ended is there. */
const TIME = "cron(43 5 * * ? *)";

export function audience(
  scope: Construct,
  settings: Settings,
  { content, public: published, state, logs }: Buckets,
  { group, deadLetters }: Triggers,
): LambdaFunction {
  const made = lambda(scope, settings, {
    name: "audience",
    description: "Counts who reads which feed, by the access logs",
    timeout: TIMEOUT,
    memory: MEMORY,
    environment: {
      DRIPFEED_CONTENT: `s3://${content.bucketName}`,
      DRIPFEED_PUBLIC: `s3://${published.bucketName}`,
      DRIPFEED_STATE: `s3://${state.bucketName}`,
      DRIPFEED_LOGS: `s3://${logs.bucketName}/${CDN_LOGS.slice(0, -1)}`,
    },
    stores: [
      // Beside them are the logs of who read the buckets.
      { bucket: logs, actions: ["s3:GetObject"], keys: `${CDN_LOGS}*`, listed: CDN_LOGS },
      { bucket: content, actions: ["s3:GetObject"], keys: "site.yaml" },
      { bucket: published, actions: ["s3:GetObject"], keys: "feeds.json" },
      ...["head.json", "catalogs/*", "entries/*"].map(
        (keys) => ({ bucket: state, actions: ["s3:GetObject"], keys }) as const,
      ),
      { bucket: state, actions: ["s3:GetObject", "s3:PutObject"], keys: `${AUDIENCE}*` },
    ],
    statements: [],
    deadLetters,
  });
  const role = schedulerRole(scope, "DailyAudienceRole", settings.name, "For the daily schedule: invoke audience");
  role.addToPolicy(new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [made.functionArn] }));
  const daily = new CfnSchedule(scope, "DailyAudience", {
    name: "audience",
    groupName: settings.name,
    description: "Counts today so far, and the two days before, whose logs may have come late",
    scheduleExpression: TIME,
    flexibleTimeWindow: { mode: "FLEXIBLE", maximumWindowInMinutes: 15 },
    target: { arn: made.functionArn, roleArn: role.roleArn, input: "{}" },
  });
  daily.addResourceDependency(group);
  return made;
}
