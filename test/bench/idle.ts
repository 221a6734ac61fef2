/** What a deployed site costs in a month in which nobody writes and nobody reads, from its template. */
import { listOf } from "../infra/deployment.ts";
import { beyond, PRICES } from "./prices.ts";

export interface Cost {
  readonly what: string;
  /** Of a month. */
  readonly amount: number;
  readonly dollars: number;
}

interface Resource {
  readonly Type: string;
  readonly Properties: { readonly [name: string]: unknown };
}

const DAYS = 30;
const HOURS = 24 * DAYS;

/** Lambda's pollers of a queue, each of which waits twenty seconds for messages. */
const POLLS = (5 * 3600 * HOURS) / 20;

/**
 * Seconds of a call that finds nothing to do, and what it asks of S3: the head and what is beside it, twice where the canary checks,
 * `site.yaml`, and the feed, which the CDN gets, too. The daily ones list stores. `node test/bench/costs.ts` counts them for a full run.
 */
const CALL = { seconds: 0.5, gets: 7, lists: 2 };

/** Each of the canary's requests may be an access log of its own, which `audience` reads on three mornings. */
const LOG = PRICES.put + 3 * PRICES.get;

/** Resources that are billed by what they do, which is nothing here, or not at all. */
const FREE = [
  ...["AWS::S3::Bucket", "AWS::S3::BucketPolicy", "AWS::SQS::Queue", "AWS::SQS::QueuePolicy", "AWS::Lambda::Function"],
  ...["AWS::IAM::Role", "AWS::IAM::Policy", "AWS::IAM::OIDCProvider", "AWS::Lambda::Permission", "AWS::Lambda::Url"],
  ...["AWS::CloudFront::Distribution", "AWS::CloudFront::Function", "AWS::CloudFront::OriginAccessControl"],
  ...["AWS::Logs::LogGroup", "AWS::Logs::Delivery", "AWS::Logs::DeliverySource", "AWS::Logs::DeliveryDestination"],
  ...["AWS::SNS::Topic", "AWS::SNS::TopicPolicy", "AWS::SNS::Subscription", "AWS::Scheduler::ScheduleGroup"],
];

/** Throws for a resource of which it does not know what it costs. */
export function idleCosts(resources: { readonly [id: string]: Resource }): readonly Cost[] {
  const all = Object.values(resources);
  const of = (type: string) => all.filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
  const known = new Set([...FREE, ...BILLED]);
  const unknown = all.find(({ Type }) => !known.has(Type));
  if (unknown) throw new Error(`it is not known what ${unknown.Type} costs`);

  const alarmMetrics = of("AWS::CloudWatch::Alarm").reduce((sum, alarm) => sum + metricsOf(alarm), 0);
  const expressions = [...of("AWS::Events::Rule"), ...of("AWS::Scheduler::Schedule")].flatMap(
    ({ ScheduleExpression: expression }) => (expression === undefined ? [] : [String(expression)]),
  );
  const calls = expressions.reduce((sum, expression) => sum + callsOf(expression), 0);
  const daily = expressions.filter((expression) => callsOf(expression) === DAYS).length * DAYS;
  const checks = of("AWS::Events::Rule")
    .filter(({ Targets }) => JSON.stringify(Targets).includes("check"))
    .reduce((sum, { ScheduleExpression: expression }) => sum + callsOf(String(expression)), 0);
  const memory = Math.max(...of("AWS::Lambda::Function").map(({ MemorySize }) => Number(MemorySize))) / 1024;
  const polls = of("AWS::Lambda::EventSourceMapping").length * POLLS;
  const cost = (what: string, amount: number, price: number, free = 0): Cost => ({
    ...{ what, amount },
    dollars: beyond(amount, free) * price,
  });
  return [
    cost("metrics that alarms watch", alarmMetrics, PRICES.alarm, PRICES.freeAlarmMetrics),
    cost("secrets", of("AWS::SecretsManager::Secret").length, PRICES.secret),
    cost("dashboards", of("AWS::CloudWatch::Dashboard").length, PRICES.dashboard, PRICES.freeDashboards),
    cost("requests of Lambda's pollers to the queue", polls, PRICES.message, PRICES.freeMessages),
    cost("calls by the clock", calls, PRICES.invocation, PRICES.freeInvocations),
    cost("gigabyte-seconds of these", calls * CALL.seconds * memory, PRICES.gigabyteSecond, PRICES.freeGigabyteSeconds),
    cost("gets of these", calls * CALL.gets, PRICES.get),
    cost("access logs of the canary", checks, LOG),
    cost("lists of the daily ones", daily * CALL.lists, PRICES.put),
  ];
}

const BILLED = [
  ...["AWS::CloudWatch::Alarm", "AWS::CloudWatch::Dashboard", "AWS::SecretsManager::Secret"],
  ...["AWS::Events::Rule", "AWS::Scheduler::Schedule", "AWS::Lambda::EventSourceMapping"],
];

export const sumOf = (costs: readonly Cost[]): number => costs.reduce((sum, { dollars }) => sum + dollars, 0);

/** An alarm is billed by the metrics in its expression. https://aws.amazon.com/cloudwatch/pricing/ */
function metricsOf({ Metrics }: Resource["Properties"]): number {
  if (Metrics === undefined) return 1;
  return listOf(Metrics as readonly object[]).filter((metric) => "MetricStat" in metric).length;
}

const HOURS_OF: { readonly [unit: string]: number } = { minute: 1 / 60, hour: 1, day: 24 };

/** Of a month. */
function callsOf(expression: string): number {
  const [, count, unit = ""] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (count !== undefined) return HOURS / (Number(count) * (HOURS_OF[unit] ?? 24));
  if (/^cron\(\d+ \d+ \* \* \? \*\)$/.test(expression)) return DAYS;
  throw new Error(`it is not known how often ${expression} is`);
}
