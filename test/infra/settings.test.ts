/** Settings of a deployment: every problem is reported at once. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { config } from "../../infra/config.ts";
import { type Config, readSettings, SettingsError } from "../../infra/settings.ts";
import { CONFIG } from "./deployment.ts";

test("of this checkout are valid as they are", () => {
  expect(readSettings(config, 2026)).toMatchObject({
    name: "dripfeed",
    domain: undefined,
    run: { memory: 1769, minutes: 5 },
  });
});

test("that are complete are used as given", () => {
  expect(readSettings({ ...CONFIG, retention: { logs: 7 } }, 2026)).toMatchObject({
    ...{ domain: { name: "example.com" }, alarmEmail: "lin@example.com", deleteBuckets: false },
    retention: { logs: 7, versions: 30 },
  });
});

test("that cannot be used are all reported at once", () => {
  const wrong = {
    ...{ name: "My Feeds", content: "content", domain: "feeds.example.org", memory: 100, posts: -1, alarmEmail: "lin" },
    webhookConcurrency: 0,
    github: { subject: "repo:*", provider: "arn:aws:iam::1:role/x" },
    retention: { logs: 31, versions: 0 },
  };
  expect(() => readSettings(wrong, 2026)).toThrowErrorMatchingInlineSnapshot(`
    [SettingsError: infra/config.ts: name "My Feeds": 2 to 20 lower case letters, digits and dashes
    infra/config.ts: alarmEmail "lin" is not an e-mail address
    infra/config.ts: github.subject "repo:*": write repo:<owner>/<repository>:ref:refs/heads/main, or repo:<owner>@<id>/<repository>@<id>:ref:refs/heads/main; owner, repository and ids in full
    infra/config.ts: github.provider is not the ARN of the identity provider token.actions.githubusercontent.com
    infra/config.ts: retention.logs 31: one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731 days
    infra/config.ts: retention.versions 0: whole days
    infra/config.ts: posts -1: how many there are
    infra/config.ts: memory 100: 512 to 10240 megabytes
    infra/config.ts: webhookConcurrency 0: how many requests at once, 1 or more
    infra/config.ts: domain "feeds.example.org" is not the host of feeds in site.yaml, example.com: make them the same
    infra/config.ts: domain and certificateArn belong together: give both or neither]
  `);
});

test.each<[unknown, string]>([
  [{ alarmMail: "lin@example.com" }, "alarmMail is no key of config; write alarmEmail"],
  [{ retention: { log: 30 } }, "retention.log is no key of config; write retention.logs"],
  [
    { github: { subjects: [], subject: "repo:lin/blog:*" } },
    "github.subjects is no key of config; write github.subject",
  ],
  [{ versions: 30 }, "versions is no key of config; write retention.versions"],
  [{ distribution: { id: "E2QWRUHA", arn: "x" } }, "distribution.arn is no key of config; the keys are id, logSource"],
  [{ deleteBuckets: "false" }, 'deleteBuckets "false": true or false, without quotes'],
  [{ parallel: 1 }, "parallel 1: true or false"],
  [{ write: "yes" }, 'write "yes": true or false, without quotes'],
  [{ dashboard: null }, "dashboard null: true or false"],
  [{ posts: "200" }, 'posts "200": a number, without quotes'],
  [{ retention: { logs: "30" } }, 'retention.logs "30": a number, without quotes'],
  [{ retention: 30 }, "retention 30: keys and values, { logs: 30, versions: 30 }"],
  [{ account: 123456789012 }, "account 123456789012: text, in quotes"],
  [{ furtherDomains: "x" }, 'furtherDomains "x": a list, ["x"]'],
  [{ furtherDomains: ["a.example.com", 5] }, "furtherDomains[1] 5: text, in quotes"],
  [{ distribution: "E2QWRUHA" }, 'distribution "E2QWRUHA": keys and values, { id: "E2QWRUHAPOMQZL" }'],
  [{ distribution: {} }, 'distribution.id is missing: such as "E2QWRUHAPOMQZL"'],
  [{ github: {} }, 'github.subject is missing: such as "repo:you/blog:ref:refs/heads/main"'],
  [{ github: { subject: [5] } }, "github.subject [5]: text, in quotes, or a list of such"],
  [{ name: undefined }, 'name is missing: such as "dripfeed"'],
  [{ content: undefined }, 'content is missing: the folder that site.yaml is in, such as "content"'],
])("whose keys or types are wrong, as in %j, are refused with what to write", (wrong, message) => {
  const given = { name: "notes", content: "content", ...(wrong as object) };
  expect(() => readSettings(given as Config, 2026)).toThrow(new SettingsError(`infra/config.ts: ${message}`));
});

test("that are none are refused", () => {
  const message = 'infra/config.ts: config undefined: keys and values, { name: "dripfeed", content: "content" }';
  expect(() => readSettings(undefined as unknown as Config, 2026)).toThrow(new SettingsError(message));
});

test("with wrong keys, wrong types, wrong values and a wrong site.yaml are refused for all of them at once", async () => {
  const folder = await mkdtemp(join(tmpdir(), "dripfeed-settings-"));
  try {
    await writeFile(join(folder, "site.yaml"), "title: Notes\nurl: https://example.com/\n");
    const wrong = { content: folder, alarmMail: "lin@example.com", domain: 5, memory: 1 };
    expect(() => readSettings(wrong as unknown as Config, 2026)).toThrow(
      new SettingsError(
        [
          "infra/config.ts: alarmMail is no key of config; write alarmEmail",
          'infra/config.ts: name is missing: such as "dripfeed"',
          "infra/config.ts: domain 5: text, in quotes",
          "infra/config.ts: memory 1: 512 to 10240 megabytes",
          `${folder}/site.yaml: since is missing; add a year since which the domain is yours, such as that of the first post: \`since: 2020\``,
        ].join("\n"),
      ),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});

type Whole<T> = { readonly [K in keyof T]-?: NonNullable<T[K]> };

test("may have every key that there is, and each is checked", () => {
  const every: Whole<Config> & {
    readonly [K in "distribution" | "github" | "retention"]: Whole<NonNullable<Config[K]>>;
  } = {
    ...{ name: "notes", content: "content", account: "123456789012", domain: "example.com" },
    ...{ furtherDomains: ["old.example.com"], certificateArn: CONFIG.certificateArn ?? "" },
    distribution: { id: "E2QWRUHAPOMQZL", logSource: "mine" },
    ...{ contentBucket: "lin-posts", alarmEmail: "lin@example.com" },
    github: {
      subject: "repo:lin/blog:*",
      provider: "arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com",
    },
    retention: { logs: 30, versions: 30 },
    ...{ posts: 1, memory: 1769, parallel: true, webhookConcurrency: 1, write: true },
    ...{ dashboard: true, deleteBuckets: true },
  };
  const { distribution: _, ...whole } = every;
  expect(readSettings(whole, 2026)).toMatchObject({ contentBucket: "lin-posts" });
  const { domain: __, furtherDomains: ___, certificateArn: ____, ...withDistribution } = every;
  expect(readSettings(withDistribution, 2026)).toMatchObject({ distribution: { logSource: "mine" } });
  const lines = (config: unknown) => {
    try {
      readSettings(config as Config, 2026);
      return [];
    } catch (error) {
      return (error as Error).message.split("\n");
    }
  };
  const wrong = Object.fromEntries(Object.keys(every).map((key) => [key, null]));
  expect(lines(wrong)).toHaveLength(Object.keys(every).length);
});

test.each([
  ...["repo:*/*:*", "repo:lin/*:ref:refs/heads/main", "*", "repo:lin/blog", "", "repo:li?/blog:*", "repo:lin/bl?g:*"],
  ...["repo:lin@*/blog@*:ref:refs/heads/main", "repo:lin@1/blog@*:*", "repo:lin@?/blog@5678:*", "repo:*@1/*@2:*"],
  ...["repo:lin@1/blog:*", "repo:lin/blog@2:*", "repo:lin@/blog@:*", "repo:lin@1/blog@2", "repo:lin$/blog:*"],
])("with the subject %s, which other repositories match, or none, are refused", (subject) => {
  expect(() => readSettings({ ...CONFIG, github: { subject } }, 2026)).toThrow(/github\.subject/);
  const subjects = ["repo:lin/blog:*", subject];
  expect(() => readSettings({ ...CONFIG, github: { subject: subjects } }, 2026)).toThrow(`github.subject "${subject}"`);
});

test.each([
  ...["repo:lin/blog:ref:refs/heads/main", "repo:lin/blog:*", "repo:lin/lin.github.io:environment:Production%3AV1"],
  ...["repo:lin@1234/blog@5678:ref:refs/heads/main", "repo:lin_corp@1234/b-l.o_g@5678:environment:feeds"],
  ...["repo:lin-1234/blog-5678:ref:refs/heads/main", "repo:lin@1234/blog@5678:*", "repo:lin/blog:pull_request"],
  ...["repo:lin/blog:job_workflow_ref:lin/ci/.github/workflows/push.yml@refs/heads/main", "repo:lin/blog:ref:*"],
  ...["repo:lin/blog:repository_visibility:public:ref:refs/tags/v1", "repo:lin/blog:*:ref:refs/heads/main"],
])("with the subject %s of one repository are used, alone or in a list", (subject) => {
  expect(readSettings({ ...CONFIG, github: { subject } }, 2026).github?.subjects).toEqual([subject]);
  const subjects = [subject, "repo:lin/old:*"];
  expect(readSettings({ ...CONFIG, github: { subject: subjects } }, 2026).github?.subjects).toEqual(subjects);
});

test.each([
  ["main", "ref:refs/heads/main"],
  ["release/1.0", "ref:refs/heads/release/1.0"],
  ["refs/heads/main", "ref:refs/heads/main"],
  ["refs/tags/v1", "ref:refs/tags/v1"],
  ["ref:main", "ref:refs/heads/main"],
  ["ref:heads/main", "ref:refs/heads/main"],
  ["environment", "ref:refs/heads/main"],
  ["pull_request_target", "ref:refs/heads/main"],
])("with a subject that ends with %s, which no token has, are refused with %s", (written, meant) => {
  for (const repository of ["repo:lin/blog", "repo:lin@1/blog@2"]) {
    const subject = `${repository}:${written}`;
    expect(() => readSettings({ ...CONFIG, github: { subject } }, 2026)).toThrow(
      `github.subject "${subject}": write ${meant} after the repository`,
    );
  }
});

test("without any subject are refused", () => {
  expect(() => readSettings({ ...CONFIG, github: { subject: [] } }, 2026)).toThrow(/github\.subject is empty/);
});

test("of the domains, the distribution and the bucket are checked together", () => {
  const wrong = {
    ...{ name: "notes", content: "content", domain: "example.com", furtherDomains: ["example.com", "https://old/"] },
    ...{ certificateArn: CONFIG.certificateArn ?? "", account: "1234", contentBucket: "s3://posts" },
    distribution: { id: "d111111abcdef8.cloudfront.net" },
  };
  expect(() => readSettings(wrong, 2026)).toThrowErrorMatchingInlineSnapshot(`
    [SettingsError: infra/config.ts: account "1234": the twelve digits of an AWS account
    infra/config.ts: contentBucket "s3://posts": the name of a bucket, without s3://
    infra/config.ts: furtherDomains "example.com": a host such as old.example.com, without https://, and not domain again
    infra/config.ts: furtherDomains "https://old/": a host such as old.example.com, without https://, and not domain again
    infra/config.ts: distribution has domains and a certificate of its own: leave out domain and certificateArn
    infra/config.ts: leave out furtherDomains, too: the distribution has its own
    infra/config.ts: distribution.id "d111111abcdef8.cloudfront.net": the id of a CloudFront distribution, such as E2QWRUHAPOMQZL]
  `);
  const alone = { name: "notes", content: "content", furtherDomains: ["old.example.com"] };
  expect(() => readSettings(alone, 2026)).toThrow("furtherDomains need domain and certificateArn");
  const given = { ...alone, distribution: { id: "E2QWRUHAPOMQZL" } };
  expect(() => readSettings(given, 2026)).toThrow(
    new SettingsError("infra/config.ts: leave out furtherDomains: the distribution has its own"),
  );
});

test("name the account, or take that of the credentials", () => {
  expect(readSettings(CONFIG, 2026).account).toBeUndefined();
  expect(readSettings(CONFIG, 2026, "123456789012").account).toBe("123456789012");
  expect(readSettings({ ...CONFIG, account: "210987654321" }, 2026, "123456789012").account).toBe("210987654321");
});

test("with a certificate in another region are refused", () => {
  const certificateArn = "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b";
  expect(() => readSettings({ ...CONFIG, certificateArn }, 2026)).toThrow(
    /us-east-1, the only region CloudFront takes them from: request it again there$/,
  );
  expect(() => readSettings({ ...CONFIG, certificateArn: "0a1b" }, 2026)).toThrow(
    /is not the ARN of an ACM certificate/,
  );
});

test("with an unusable site.yaml report its problems with their lines", async () => {
  const folder = await mkdtemp(join(tmpdir(), "dripfeed-settings-"));
  try {
    await writeFile(join(folder, "site.yaml"), "title: Notes\nurl: nowhere\n");
    expect(() => readSettings({ ...CONFIG, content: folder }, 2026)).toThrow(/site\.yaml:2: /);
    expect(() => readSettings({ ...CONFIG, content: join(folder, "none") }, 2026)).toThrow(
      /site\.yaml: .*; .* or name another folder as content in infra\/config\.ts, as seen from this checkout$/,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});
