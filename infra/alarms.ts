/** What there are alarms on: each with its metric, and what ends it. */
import { Duration } from "aws-cdk-lib";
import type { Function as EdgeFunction, IDistribution } from "aws-cdk-lib/aws-cloudfront";
import { type IMetric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { edgeErrors, failures, growth, ownMetrics, rateOf, unanswered, uncounted, waiting } from "./metrics.ts";
import type { Triggers } from "./triggers.ts";

export interface Watched {
  readonly triggers: Triggers;
  /** Those that fail by an error; `webhook` fails by its answers. */
  readonly functions: readonly LambdaFunction[];
  readonly webhook: LambdaFunction;
  /** So does this one, where posts are written from a phone. */
  readonly write: LambdaFunction | undefined;
  readonly distribution: IDistribution;
  /** The functions at its edge. */
  readonly edge: readonly EdgeFunction[];
}

export interface AlarmRow {
  readonly id: string;
  readonly description: string;
  readonly metric: IMetric;
  /** It rings at this value; 1 if absent. */
  readonly threshold?: number;
  /** Of how many periods one, or as many as `breaching` says, has to be so; 1 if absent. */
  readonly periods?: number;
  readonly breaching?: number;
  readonly missing: TreatMissingData;
  /** Its end shows that something was mended, and is told. */
  readonly tellsEnd: boolean;
}

/**
 * Only runs, calls and checks measure these, and what was measured last still holds: missing data change nothing. So only one that
 * finds all well ends the alarm, and that is told. Before the first one it has no state (INSUFFICIENT_DATA).
 */
const LASTS = { missing: TreatMissingData.IGNORE, tellsEnd: true };
/** Where nothing is measured, nothing was wrong. */
const PASSES = { missing: TreatMissingData.NOT_BREACHING, tellsEnd: true };
/**
 * By the minute, so that of two runs the later one counts, as long as they do not end within the same minute. One of five, since
 * CloudWatch reads these metrics from log lines that may come late.
 */
const MINUTE = Duration.minutes(1);
const LATEST = { ...LASTS, periods: 5, breaching: 1 };

export function alarmRows(site: string, watched: Watched): readonly AlarmRow[] {
  const { triggers, functions, webhook, write, distribution, edge } = watched;
  const own = ownMetrics(site);
  const quarter = Duration.minutes(15);
  return [
    {
      id: "DeadLetters",
      description:
        "More messages failed five times. The function's log says why; the daily run makes up for lost triggers. They stay: look at them, then redrive or purge them.",
      metric: growth(triggers.deadLetters),
      // Until an hour after the last one, so that an outage rings once. Its end says nothing: they are still there.
      ...{ ...PASSES, tellsEnd: false, periods: 12, breaching: 1 },
    },
    {
      id: "OldTriggers",
      description:
        "For 25 minutes triggers waited, and no run did its work: runs fail or do not end, or nothing invokes rebuild.",
      metric: waiting(triggers.queue, own("Put", Duration.minutes(5))),
      // A run of fifteen minutes touches four periods.
      ...{ ...LASTS, periods: 5 },
    },
    ...functions.map((each) => ({
      id: `${each.node.id}Errors`,
      description: `${each.node.id} failed in each call of a quarter of an hour. Its log says why.`,
      metric: failures(each),
      ...LASTS,
    })),
    {
      id: "WebhookErrors",
      description:
        "Webhook could not enqueue what it was sent, and answered 5xx. Its log says why; the sender has to repeat it.",
      metric: unanswered(webhook),
      ...LASTS,
    },
    {
      id: "Problems",
      description: "Posts that cannot be published. The log of rebuild names them, with their fixes.",
      metric: own("Problems", MINUTE),
      ...LATEST,
    },
    {
      id: "Refusals",
      description:
        "A run that looked like an accident was refused and wrote nothing. The log of rebuild says why, and how to confirm it.",
      metric: own("Refused", MINUTE),
      ...LATEST,
    },
    {
      id: "Timer",
      description: "The timer for what is due could not be set: the daily run will publish it, late.",
      metric: own("TimerFailed", MINUTE),
      ...LATEST,
    },
    {
      id: "FullOutbox",
      description:
        "For an hour the CDN could not be invalidated: readers may get old documents. The log of announce says why.",
      metric: own("OutboxPaths", quarter, "Minimum"),
      ...{ ...LASTS, periods: 4 },
    },
    {
      id: "Stale",
      description:
        "For half an hour the site's address did not serve what was published. The log of announce names the address and how it differs: open it.",
      // A check every quarter of an hour. One alone may have met a passing fault, or a run that wrote meanwhile.
      metric: own("Stale", quarter, "Minimum"),
      ...{ ...LASTS, periods: 2 },
    },
    {
      id: "CdnRefusals",
      description:
        "The CDN answered half of all requests in a quarter of an hour with 4xx. Open a feed: is it there? Then look into the access logs.",
      metric: rateOf(distribution, "4xxErrorRate"),
      threshold: 50,
      ...PASSES,
    },
    {
      id: "CdnFailures",
      description:
        "The CDN answered one in twenty requests in a quarter of an hour with 5xx: an edge function failed, or the public store.",
      metric: rateOf(distribution, "5xxErrorRate"),
      threshold: 5,
      ...PASSES,
    },
    {
      id: "Uncounted",
      description:
        "For two days the CDN was asked for feeds, and audience counted no request: is it invoked, and are there access logs?",
      metric: uncounted(distribution, own("AudienceRequests", Duration.days(1))),
      ...{ ...PASSES, periods: 2 },
    },
    {
      id: "EdgeErrors",
      description:
        "Functions at the edge failed. Take back what was deployed last; CloudWatch has their log in us-east-1, /aws/cloudfront/function/.",
      metric: edgeErrors(edge),
      ...PASSES,
    },
    ...(write ? writingRows(write, own("SignInRefused", quarter, "Sum")) : []),
  ];
}

/** In a quarter of an hour. A person mistypes a code a few times, and an app may repeat an old token for a while. */
const MANY_REFUSALS = 100;

const writingRows = (write: LambdaFunction, refusals: IMetric): readonly AlarmRow[] => [
  {
    id: "WriteErrors",
    description:
      "Write could not do what a phone or an app asked, and answered 5xx. Its log says why; the page repeats it.",
    metric: unanswered(write),
    ...LASTS,
  },
  {
    id: "SignInRefused",
    description:
      "A hundred times in a quarter of an hour somebody could not prove who they are: a code, a token or a passkey that is none. Nobody was let in by it.",
    metric: refusals,
    threshold: MANY_REFUSALS,
    ...PASSES,
  },
];
