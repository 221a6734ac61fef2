/** Settings of a deployment: the owner's config and `site.yaml`, checked against each other. */
import { join } from "node:path";
import { SITE_KEY } from "../lib/base/problems.ts";
import type { Problem } from "../lib/model.ts";
import { parseSite, type SiteResult } from "../lib/site/site.ts";
import type { Site } from "../lib/site/types.ts";
import { readFileAt } from "../lib/stores/folder/file.ts";
import { problemsOf } from "./configproblems.ts";
import { chooseRun, measureContent, type RunSize, sizeOfPosts } from "./size.ts";

export interface Config {
  /** Name of the stack and prefix of its resources' names: lower case letters, digits and dashes, at most 20. */
  readonly name: string;
  /** The folder that `site.yaml` is in. */
  readonly content: string;
  /** The AWS account; without it that of the credentials that deploy. */
  readonly account?: string;
  /** The host of `feeds` in `site.yaml`. Without it the feeds are served from CloudFront's own domain. */
  readonly domain?: string;
  /** More domains at which the same is served, such as that of the feeds before they moved. */
  readonly furtherDomains?: readonly string[];
  /** ARN of an ACM certificate in us-east-1 for all of the domains. */
  readonly certificateArn?: string;
  /** A CloudFront distribution of the owner's, to which they add the feeds, instead of one that the stack makes. */
  readonly distribution?: {
    /** Such as `E2QWRUHAPOMQZL`. */
    readonly id: string;
    /** The name of its delivery source, where it has standard logs (version 2) already: it can have one only. */
    readonly logSource?: string;
  };
  /** A bucket of the owner's that the posts are in, in us-east-1, instead of one that the stack makes. */
  readonly contentBucket?: string;
  /** Receives the alarms. */
  readonly alarmEmail?: string;
  /** The repository whose CI may push content and trigger runs. */
  readonly github?: {
    /**
     * The `sub` of its OIDC tokens, `repo:lin/blog:ref:refs/heads/main` or `repo:lin@1234/blog@5678:ref:refs/heads/main`: which of the two,
     * the workflow says when it is refused. Several for several branches, or while a repository changes its name. `*` stands for any text,
     * but not in owner, repository or ids, where others could match.
     */
    readonly subject: string | readonly string[];
    /** ARN of the account's identity provider for GitHub; without it one is created. */
    readonly provider?: string;
  };
  /** Days to keep logs, and noncurrent versions of objects in the content and state stores. */
  readonly retention?: { readonly logs?: number; readonly versions?: number };
  /** How many posts there are, where they are not in the folder that `site.yaml` is in: memory and time of `rebuild` depend on it. */
  readonly posts?: number;
  /** Memory of `rebuild` in megabytes, instead of what the number of posts asks for. 1,769 MB are one vCPU. AWS may allow a new account less than 10,240. */
  readonly memory?: number;
  /** More than 10,000 posts are read and rendered by many functions at once, which Step Functions invokes, before `rebuild` publishes. */
  readonly parallel?: boolean;
  /**
   * How many requests `webhook` answers at once, at most; any further one gets 429. AWS takes them from the account's quota, of which
   * 100 have to be left, and refuses the deployment where they are not: a new account has 10 in all.
   */
  readonly webhookConcurrency?: number;
  /** Posts may be written at `/write/` of the host of `feeds`, on a phone or with an app. `docs/write.md` says how. */
  readonly write?: boolean;
  /** A dashboard in CloudWatch, unless it is `false`: three of an account are free of charge. */
  readonly dashboard?: boolean;
  /** `cdk destroy` also deletes the buckets and everything in them. */
  readonly deleteBuckets?: boolean;
}

export interface Settings {
  readonly name: string;
  readonly site: Site;
  /** Twelve digits, where it is known. */
  readonly account: string | undefined;
  readonly domain:
    | { readonly name: string; readonly further: readonly string[]; readonly certificateArn: string }
    | undefined;
  readonly distribution: { readonly id: string; readonly logSource?: string } | undefined;
  readonly contentBucket: string | undefined;
  readonly alarmEmail: string | undefined;
  readonly github: { readonly subjects: readonly string[]; readonly provider: string | undefined } | undefined;
  /** Days. */
  readonly retention: { readonly logs: number; readonly versions: number };
  /** Memory and time of `rebuild`. */
  readonly run: RunSize;
  /** A state machine has many posts read beside the runs. */
  readonly parallel: boolean;
  readonly webhookConcurrency: number | undefined;
  /** Posts may be written by way of the CDN. */
  readonly write: boolean;
  readonly dashboard: boolean;
  readonly deleteBuckets: boolean;
}

/** Unusable settings: every problem on a line of its own. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/** `year` is the current year, `account` that of the credentials, if there are any. Throws a `SettingsError`. */
export function readSettings(config: Config, year: number, account?: string): Settings {
  const read = readSite(config, year);
  const problems = [
    ...problemsOf(config, read?.ok ? new URL(read.site.feeds) : undefined).map((each) => `infra/config.ts: ${each}`),
    ...(read?.ok === false ? siteProblems(read.problems, config.content) : []),
  ];
  if (!read?.ok || problems.length > 0) throw new SettingsError(problems.join("\n"));
  const { site } = read;
  const { name, alarmEmail, github, distribution, contentBucket, retention } = config;
  const { posts, memory, parallel = false, webhookConcurrency, write = false, deleteBuckets = false } = config;
  const size = posts === undefined ? measureContent(config.content, site) : sizeOfPosts(posts);
  return {
    name,
    site,
    account: config.account ?? account,
    alarmEmail,
    distribution,
    contentBucket,
    run: chooseRun(size, { memory, isSaid: posts !== undefined }),
    parallel,
    webhookConcurrency,
    write,
    dashboard: config.dashboard ?? true,
    deleteBuckets,
    domain: domainOf(config),
    github: github && { subjects: [github.subject].flat(), provider: github.provider },
    retention: { logs: retention?.logs ?? 30, versions: retention?.versions ?? 30 },
  };
}

function domainOf({ domain, furtherDomains = [], certificateArn }: Config): Settings["domain"] {
  if (domain === undefined || certificateArn === undefined) return undefined;
  return { name: domain, further: furtherDomains, certificateArn };
}

/** `undefined`: where it is, the config does not say. */
function readSite(config: unknown, year: number): SiteResult | undefined {
  const { content } = (config ?? {}) as Partial<Config>;
  return typeof content === "string" ? parseSite(readFile(join(content, SITE_KEY)), content, year) : undefined;
}

const siteProblems = (problems: readonly Problem[], content: string): readonly string[] =>
  problems.map(({ line, message, fix }) => {
    const file = join(content, SITE_KEY);
    // This app has no options.
    const here = fix.replace("with --content", "as content in infra/config.ts, as seen from this checkout");
    return `${file}${line ? `:${line}` : ""}: ${message}; ${here}`;
  });

function readFile(file: string): Uint8Array | undefined {
  try {
    return readFileAt(file);
  } catch {
    return undefined;
  }
}
