/** Settings of a deployment: every problem is reported at once. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { config } from "../../infra/config.ts";
import { readSettings } from "../../infra/settings.ts";
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
    infra/config.ts: domain "feeds.example.org" is not the host of feeds in site.yaml, example.com: make them the same
    infra/config.ts: domain and certificateArn belong together: give both or neither
    infra/config.ts: alarmEmail "lin" is not an e-mail address
    infra/config.ts: github.subject "repo:*": write repo:<owner>/<repository>:ref:refs/heads/main, or repo:<owner>@<id>/<repository>@<id>:ref:refs/heads/main; owner, repository and ids in full
    infra/config.ts: github.provider is not the ARN of the identity provider token.actions.githubusercontent.com
    infra/config.ts: retention.logs 31: one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731 days
    infra/config.ts: retention.versions 0: whole days
    infra/config.ts: posts -1: how many there are
    infra/config.ts: memory 100: 512 to 10240 megabytes
    infra/config.ts: webhookConcurrency 0: how many requests at once, 1 or more]
  `);
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
  ...["repo:lin-1234/blog-5678:ref:refs/heads/main", "repo:lin@1234/blog@5678:*"],
])("with the subject %s of one repository are used, alone or in a list", (subject) => {
  expect(readSettings({ ...CONFIG, github: { subject } }, 2026).github?.subjects).toEqual([subject]);
  const subjects = [subject, "repo:lin/old:*"];
  expect(readSettings({ ...CONFIG, github: { subject: subjects } }, 2026).github?.subjects).toEqual(subjects);
});

test("without any subject are refused", () => {
  expect(() => readSettings({ ...CONFIG, github: { subject: [] } }, 2026)).toThrow(/github\.subject is empty/);
});

test("of the domains, the distribution and the bucket are checked together", () => {
  const wrong = {
    ...{ name: "notes", content: "content", domain: "example.com", furtherDomains: ["example.com", "https://old"] },
    ...{ certificateArn: CONFIG.certificateArn ?? "", account: "1234", contentBucket: "s3://posts" },
    distribution: { id: "d111111abcdef8.cloudfront.net" },
  };
  expect(() => readSettings(wrong, 2026)).toThrowErrorMatchingInlineSnapshot(`
    [SettingsError: infra/config.ts: account "1234": the twelve digits of an AWS account
    infra/config.ts: furtherDomains "example.com": a domain, other than domain
    infra/config.ts: furtherDomains "https://old": a domain, other than domain
    infra/config.ts: distribution has domains and a certificate of its own: leave out domain and certificateArn
    infra/config.ts: distribution.id "d111111abcdef8.cloudfront.net": the id of a CloudFront distribution, such as E2QWRUHAPOMQZL
    infra/config.ts: contentBucket "s3://posts": the name of a bucket, without s3://]
  `);
  const alone = { name: "notes", content: "content", furtherDomains: ["old.example.com"] };
  expect(() => readSettings(alone, 2026)).toThrow("furtherDomains need domain and certificateArn");
});

test("name the account, or take that of the credentials", () => {
  expect(readSettings(CONFIG, 2026).account).toBeUndefined();
  expect(readSettings(CONFIG, 2026, "123456789012").account).toBe("123456789012");
  expect(readSettings({ ...CONFIG, account: "210987654321" }, 2026, "123456789012").account).toBe("210987654321");
});

test("with a certificate in another region are refused", () => {
  const certificateArn = "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b";
  expect(() => readSettings({ ...CONFIG, certificateArn }, 2026)).toThrow(/us-east-1/);
});

test("with an unusable site.yaml report its problems with their lines", async () => {
  const folder = await mkdtemp(join(tmpdir(), "dripfeed-settings-"));
  try {
    await writeFile(join(folder, "site.yaml"), "title: Notes\nurl: nowhere\n");
    expect(() => readSettings({ ...CONFIG, content: folder }, 2026)).toThrow(/site\.yaml:2: /);
    expect(() => readSettings({ ...CONFIG, content: join(folder, "none") }, 2026)).toThrow(/site\.yaml: /);
  } finally {
    await rm(folder, { recursive: true });
  }
});
