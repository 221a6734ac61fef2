/** Problems as annotations for GitHub, and the report of a function as text. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { showAnnotations } from "../../lib/terminal/annotations.ts";
import { SITE } from "../support/world.ts";

const folder = mkdtempSync(join(tmpdir(), "dripfeed-annotations-"));
afterAll(() => rmSync(folder, { recursive: true }));

const dripfeed = (cwd: string, args: readonly string[], env: { readonly [name: string]: string } = {}) =>
  spawnSync(process.execPath, [resolve("lib/dripfeed.js"), ...args], {
    ...{ cwd, encoding: "utf8", env: { ...process.env, ...env } },
  });

test("a problem is one annotation on one line, whatever characters it contains", () => {
  const problem = {
    ...({ code: "date-missing", severity: "error", file: "posts/a,b:c.md", line: 3 } as const),
    ...{ message: "no date: 100%\nreally", fix: "write one" },
  };
  expect(showAnnotations([problem], "/repo/blog/content", "/repo")).toBe(
    "::error file=blog/content/posts/a%2Cb%3Ac.md,line=3,title=date-missing::no date: 100%25%0Areally%0Awrite one",
  );
});

test("what ends a line or controls a terminal is shown by its name", () => {
  const problem = {
    ...({ code: "key-unusable", severity: "error", file: "posts/a\nb\u2028c\u001b[31m.md" } as const),
    ...{ message: "\u0085", fix: "rename it" },
  };
  expect(showAnnotations([problem], "/repo/content", "/repo")).toBe(
    "::error file=content/posts/a%0Ab<U+2028>c␛[31m.md,title=key-unusable::<U+0085>%0Arename it",
  );
});

test("check --github prints annotations and the usual report", () => {
  mkdirSync(join(folder, "blog/content/posts"), { recursive: true });
  writeFileSync(join(folder, "blog/content/site.yaml"), SITE);
  writeFileSync(join(folder, "blog/content/posts/bad.md"), "---\ntitle: Bad\ndate: soon\n---\nWords.\n");
  const { status, stdout } = dripfeed(join(folder, "blog"), ["check", "--github"], { GITHUB_WORKSPACE: folder });
  expect(status).toBe(1);
  expect(stdout).toMatch(/^::error file=blog\/content\/posts\/bad\.md,line=3,title=date-unreadable::/m);
  expect(stdout).toContain("1 error in 1 file");
});

describe("dripfeed report", () => {
  const report = (text: string) => {
    writeFileSync(join(folder, "report.json"), text);
    return dripfeed(folder, ["report", "report.json"]);
  };

  test("shows what a run did, with the exit code that publish would have had", () => {
    const content = join(folder, "blog/content");
    const done = dripfeed(folder, ["publish", "--content", content, "--json"]);
    expect(report(done.stdout)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/0 posts public, 1 broken; \d+ put/),
    });
    const refused = {
      ...JSON.parse(done.stdout),
      refused: { code: "empty-site", message: "all would go", fix: "no" },
    };
    expect(report(JSON.stringify(refused))).toMatchObject({
      status: 3,
      stdout: expect.stringContaining("refused: all would go"),
    });
  });

  test("says that a function failed, or that a file is not a report", () => {
    expect(report('{"errorType":"StoreError","errorMessage":"the bucket does not exist"}')).toMatchObject({
      ...{ status: 4, stderr: "the function failed: the bucket does not exist\n" },
    });
    for (const text of ["{", "null", "[]", "{}", '"done"']) expect(report(text).status).toBe(2);
  });
});

describe("the workflow for owners", () => {
  const workflow = parse(readFileSync(".github/workflows/publish.yml", "utf8"));
  const { check, publish } = workflow.jobs;
  const steps = (job: { readonly steps: readonly { readonly run?: string }[] }) =>
    job.steps.map(({ run }) => run ?? "").join("\n");

  test("checks pull requests with read permission only", () => {
    expect(workflow.on).toEqual({ pull_request: null, push: { branches: ["main"] }, workflow_dispatch: null });
    expect(workflow.permissions).toEqual({ contents: "read" });
    expect(check.permissions).toBeUndefined();
    expect(steps(check)).toContain("check --github");
  });

  test("on main pushes, waits for the run, and prints its report, one after the other", () => {
    expect(publish.permissions).toEqual({ contents: "read", "id-token": "write" });
    expect(publish.if).toBe("github.event_name != 'pull_request' && vars.DRIPFEED_ROLE != ''");
    expect(publish.concurrency).toEqual({ group: "publish", "cancel-in-progress": false });
    const said = steps(publish);
    expect(said.indexOf("push ")).toBeLessThan(said.indexOf("aws lambda invoke"));
    expect(said.indexOf("aws lambda invoke")).toBeLessThan(said.indexOf("report "));
    expect(said).toContain('"$GITHUB_STEP_SUMMARY"');
  });
});
