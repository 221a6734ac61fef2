/** Settings of a deployment: the owner's config and `site.yaml`, checked against each other. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SITE_KEY } from "../lib/base/problems.ts";
import type { Site } from "../lib/model.ts";
import { parseSite } from "../lib/site/site.ts";

export interface Config {
  /** Of the stack, and the beginning of every name: lower case letters, digits and dashes, at most 20. */
  readonly name: string;
  /** The folder that `site.yaml` is in. */
  readonly content: string;
  /** Where the feeds are served; the host of `feeds` in `site.yaml`. Without it CloudFront gives one. */
  readonly domain?: string;
  /** Of ACM in us-east-1, for the domain. */
  readonly certificateArn?: string;
  /** Who is told when something is wrong. */
  readonly alarmEmail?: string;
  /** The repository whose CI may push content and triggers a run. */
  readonly github?: {
    /**
     * The whole `sub` of its tokens, such as `repo:lin/blog:ref:refs/heads/main`; `*` stands for anything, but in no
     * place where anybody could stand for you.
     */
    readonly subject: string;
    /** ARN of the identity provider, where the account has one for GitHub; without it one is made. */
    readonly provider?: string;
  };
  /** For how many days logs, and former versions of content and state, are kept. */
  readonly retention?: { readonly logs?: number; readonly versions?: number };
  /** Megabytes of `rebuild`; its share of a processor grows with it. 1,769 are one processor. */
  readonly memory?: number;
  /** `destroy` deletes the buckets too, with all that is in them. */
  readonly deleteBuckets?: boolean;
}

export interface Settings {
  readonly name: string;
  readonly site: Site;
  readonly domain: { readonly name: string; readonly certificateArn: string } | undefined;
  readonly alarmEmail: string | undefined;
  readonly github: { readonly subject: string; readonly provider: string | undefined } | undefined;
  /** Days. */
  readonly retention: { readonly logs: number; readonly versions: number };
  /** Megabytes. */
  readonly memory: number;
  readonly deleteBuckets: boolean;
}

/** Settings that cannot be used: every problem, a line each. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/** `year` is the present one. Throws a `SettingsError`. */
export function readSettings(config: Config, year: number): Settings {
  const file = join(config.content, SITE_KEY);
  const read = parseSite(readFile(file), config.content, year);
  if (!read.ok) {
    const told = read.problems.map(({ line, message, fix }) => `${file}${line ? `:${line}` : ""}: ${message}; ${fix}`);
    throw new SettingsError(told.join("\n"));
  }
  const { site } = read;
  const problems = problemsOf(config, new URL(site.feeds));
  if (problems.length > 0) throw new SettingsError(problems.map((each) => `infra/config.ts: ${each}`).join("\n"));
  const { name, domain, certificateArn, alarmEmail, github, retention, memory = 1769, deleteBuckets = false } = config;
  return {
    ...{ name, site, alarmEmail, memory, deleteBuckets },
    domain: domain !== undefined && certificateArn !== undefined ? { name: domain, certificateArn } : undefined,
    github: github && { subject: github.subject, provider: github.provider },
    retention: { logs: retention?.logs ?? 30, versions: retention?.versions ?? 30 },
  };
}

function readFile(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** The days for which CloudWatch can keep logs, as far as anybody wants them. */
const LOG_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731];

function problemsOf(config: Config, feeds: URL): readonly string[] {
  const { name, domain, certificateArn, alarmEmail, github, retention, memory } = config;
  const logs = retention?.logs;
  const versions = retention?.versions;
  const checks: readonly (readonly [boolean, string])[] = [
    [/^[a-z][a-z0-9-]{0,18}[a-z0-9]$/.test(name), `name "${name}": 2 to 20 lower case letters, digits and dashes`],
    [
      domain === undefined || domain === feeds.hostname,
      `domain "${domain}" is not the host of feeds in site.yaml, ${feeds.hostname}: make them the same`,
    ],
    [
      (domain === undefined) === (certificateArn === undefined),
      "domain and certificateArn belong together: give both or neither",
    ],
    [
      certificateArn === undefined || /^arn:aws[a-z-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/.test(certificateArn),
      "certificateArn is not one of ACM in us-east-1, where CloudFront takes them from",
    ],
    [alarmEmail === undefined || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(alarmEmail), `alarmEmail "${alarmEmail}" is none`],
    [
      github === undefined || /^repo:[^*:/\s]+\/[^*:/\s]+:\S+$/.test(github.subject),
      `github.subject "${github?.subject}": write repo:<owner>/<repository>:ref:refs/heads/main, owner and repository in full`,
    ],
    [
      github?.provider === undefined || /:oidc-provider\/token\.actions\.githubusercontent\.com$/.test(github.provider),
      "github.provider is not the ARN of the identity provider token.actions.githubusercontent.com",
    ],
    [logs === undefined || LOG_DAYS.includes(logs), `retention.logs ${logs}: one of ${LOG_DAYS.join(", ")} days`],
    [
      versions === undefined || (Number.isInteger(versions) && versions >= 1),
      `retention.versions ${versions}: whole days`,
    ],
    [
      memory === undefined || (Number.isInteger(memory) && memory >= 512 && memory <= 10_240),
      `memory ${memory}: 512 to 10240 megabytes`,
    ],
  ];
  return checks.flatMap(([holds, problem]) => (holds ? [] : [problem]));
}
