/** What is wrong in the owner's config: keys that there are not, values of another type, and values that do not fit. */
import { type Given, shapeOf, shown } from "./configshape.ts";
import { subjectProblems } from "./subjects.ts";

/** All problems at once, each as text. `feeds`: their address by `site.yaml`, where that can be read. */
export function problemsOf(config: unknown, feeds: URL | undefined): readonly string[] {
  const { sound, misshapen, problems } = shapeOf(config);
  // These are checked against each other.
  const isCdnSound = !["domain", "furtherDomains", "certificateArn", "distribution"].some((key) => misshapen.has(key));
  const checks = [...checksOf(sound), ...(isCdnSound ? checksOfCdn(sound, feeds) : [])];
  return [...problems, ...checks.flatMap(([holds, problem]) => (holds ? [] : [problem]))];
}

const isDomain = (name: string): boolean => /^(?:\*\.)?(?:[a-z0-9-]+\.)+[a-z0-9-]+$/.test(name);

/** The retention periods that CloudWatch Logs offers, up to two years. */
const LOG_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731];

type Check = readonly [holds: boolean, problem: string];

function checksOf(config: Given): readonly Check[] {
  const { name, account, contentBucket, alarmEmail, github, retention, posts, memory, webhookConcurrency } = config;
  const logs = retention?.logs;
  const versions = retention?.versions;
  return [
    [
      name === undefined || /^[a-z][a-z0-9-]{0,18}[a-z0-9]$/.test(name),
      `name "${name}": 2 to 20 lower case letters, digits and dashes`,
    ],
    [account === undefined || /^\d{12}$/.test(account), `account "${account}": the twelve digits of an AWS account`],
    [
      contentBucket === undefined || /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(contentBucket),
      `contentBucket "${contentBucket}": the name of a bucket, without s3://`,
    ],
    [
      alarmEmail === undefined || /^[^\s@]+@[^\s@][^\s@.]*\.[^\s@]+$/.test(alarmEmail),
      `alarmEmail "${alarmEmail}" is not an e-mail address`,
    ],
    ...(github ? subjectProblems([github.subject].flat()).map((problem) => [false, problem] as const) : []),
    [
      github?.provider === undefined || /:oidc-provider\/token\.actions\.githubusercontent\.com$/.test(github.provider),
      "github.provider is not the ARN of the identity provider token.actions.githubusercontent.com",
    ],
    [logs === undefined || LOG_DAYS.includes(logs), `retention.logs ${logs}: one of ${LOG_DAYS.join(", ")} days`],
    [isWhole(versions, 1), `retention.versions ${versions}: whole days`],
    [isWhole(posts, 0), `posts ${posts}: how many there are`],
    [isWhole(memory, 512, 10_240), `memory ${memory}: 512 to 10240 megabytes`],
    [isWhole(webhookConcurrency, 1), `webhookConcurrency ${webhookConcurrency}: how many requests at once, 1 or more`],
  ];
}

const isWhole = (value: number | undefined, from: number, to = Number.MAX_SAFE_INTEGER): boolean =>
  value === undefined || (Number.isInteger(value) && value >= from && value <= to);

/** Of the domains, the certificate and the distribution. */
function checksOfCdn(config: Given, feeds: URL | undefined): readonly Check[] {
  const { domain, furtherDomains, certificateArn, distribution } = config;
  const [, region] = /^arn:aws[a-z-]*:acm:([a-z0-9-]+):\d{12}:certificate\/[\w-]+$/.exec(certificateArn ?? "") ?? [];
  const isOurs = distribution === undefined;
  const hasDomain = domain !== undefined || certificateArn !== undefined;
  return [
    [
      domain === undefined || feeds === undefined || domain === feeds.hostname,
      `domain "${domain}" is not the host of feeds in site.yaml, ${feeds?.hostname}: make them the same`,
    ],
    ...(furtherDomains ?? []).map(
      (each): Check => [
        isDomain(each) && each !== domain,
        `furtherDomains ${shown(each)}: a host such as old.example.com, without https://, and not domain again`,
      ],
    ),
    [!isOurs || furtherDomains === undefined || domain !== undefined, "furtherDomains need domain and certificateArn"],
    [
      isOurs || !hasDomain,
      "distribution has domains and a certificate of its own: leave out domain and certificateArn",
    ],
    [
      isOurs || furtherDomains === undefined,
      `leave out furtherDomains${hasDomain ? ", too" : ""}: the distribution has its own`,
    ],
    [
      distribution === undefined || /^E[A-Z0-9]{5,}$/.test(distribution.id),
      `distribution.id "${distribution?.id}": the id of a CloudFront distribution, such as E2QWRUHAPOMQZL`,
    ],
    [
      !isOurs || (domain === undefined) === (certificateArn === undefined),
      "domain and certificateArn belong together: give both or neither",
    ],
    [
      certificateArn === undefined || region !== undefined,
      "certificateArn is not the ARN of an ACM certificate, arn:aws:acm:us-east-1:<account>:certificate/<id>",
    ],
    [
      region === undefined || region === "us-east-1",
      "certificateArn is not the ARN of an ACM certificate in us-east-1, the only region CloudFront takes them from: request it again there",
    ],
  ];
}
