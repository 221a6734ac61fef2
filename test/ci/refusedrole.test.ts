/** A role of AWS that refuses a workflow: the job says which subject it has, and what to do, and never shows its token. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Served, serve } from "../support/loopback.ts";
import { readWorkflow, WORKFLOWS } from "./recipes.ts";

const run = promisify(execFile);

let folder: string;
let github: Served;
let subject: string;

const encoded = (part: unknown) => Buffer.from(JSON.stringify(part)).toString("base64url");
/** With bytes that base64 and base64url write differently. */
const token = () => `${encoded({ alg: "RS256" })}.${encoded({ sub: subject, "??>": "~~~???" })}.c2lnbmF0dXJl`;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "dripfeed-role-"));
  // As https://docs.github.com/en/actions/reference/security/oidc#methods-for-requesting-the-oidc-token has it.
  github = await serve(({ headers, path }) =>
    headers.authorization === "bearer request-token" && path.endsWith("&audience=sts.amazonaws.com")
      ? { headers: { "content-type": "application/json" }, body: JSON.stringify({ count: 1, value: token() }) }
      : { status: 401 },
  );
});
afterEach(async () => {
  await github.close();
  await rm(folder, { recursive: true, force: true });
});

const assumed = WORKFLOWS.flatMap((path) =>
  Object.values(readWorkflow(path).jobs).flatMap(({ steps }) => {
    const at = steps.findIndex(({ uses }) => uses?.startsWith("aws-actions/configure-aws-credentials@"));
    return at < 0 ? [] : [{ path, role: steps[at], next: steps[at + 1] }];
  }),
);

test("every workflow that assumes a role says why it is refused, and only then", () => {
  expect(assumed.map(({ path }) => path)).toEqual([
    "docs/ci/pull.yml",
    "docs/ci/s3.yml",
    ".github/workflows/publish.yml",
  ]);
  for (const { role, next } of assumed) {
    expect(role?.id).toBe("role");
    expect(next?.if).toBe("failure() && steps.role.outcome == 'failure'");
  }
});

describe.each(assumed)("$path", ({ next }) => {
  const told = async (env: { readonly [name: string]: string | undefined }) => {
    const summary = join(folder, "summary");
    const options = { cwd: folder, env: { PATH: process.env["PATH"], GITHUB_STEP_SUMMARY: summary, ...env } };
    const { stdout, stderr } = await run("bash", ["--norc", "-e", "-c", next?.run ?? ""], options);
    return { printed: stdout + stderr, summary: await readFile(summary, "utf8") };
  };
  const granted = () => ({
    ACTIONS_ID_TOKEN_REQUEST_URL: `${github.origin}/token?api-version=2.0`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: "request-token",
  });

  test.each([
    "repo:lin/blog:ref:refs/heads/main",
    "repo:lin@1234/blog@5678:ref:refs/heads/main",
    "repo:lin-1234/blog-5678:ref:refs/heads/main",
    "repo:lin@1234/blog@5678:environment:Production%3AV1",
  ])("says the subject %s", async (each) => {
    subject = each;
    const { printed, summary } = await told(granted());
    expect(summary).toContain(`The subject of this job is "${subject}".`);
    // GitHub decodes %25 in what a command says: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
    expect(printed.replaceAll("%25", "%")).toContain(
      `::error title=The role was refused::The subject of this job is "${subject}".`,
    );
    expect(printed.split("\n")).toEqual([expect.stringContaining("::error"), ""]);
    for (const part of token().split(".")) expect(printed + summary).not.toContain(part);
    expect(printed + summary).not.toContain("request-token");
  });

  test("says that the job lacks a permission, where it has no token", async () => {
    await expect(told({})).rejects.toMatchObject({ stderr: expect.stringContaining("id-token: write") });
  });
});
