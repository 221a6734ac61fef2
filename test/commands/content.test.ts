/** The content that a command is given: what is said of a folder that is none, or has no `site.yaml`. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { assertContent, assertFolder } from "../../lib/commands/content.ts";
import { UsageError } from "../../lib/commands/exit.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dripfeed-content-"));
  vi.stubEnv("npm_lifecycle_event", undefined);
  vi.stubEnv("npm_command", undefined);
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  vi.unstubAllEnvs();
});

function put(...files: readonly string[]): void {
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), "x");
  }
}

async function saidOf(given: string): Promise<string | undefined> {
  const error: unknown = await assertContent(join(folder, given), given).catch((error: unknown) => error);
  if (error === undefined) return undefined;
  expect(error).toBeInstanceOf(UsageError);
  return (error as Error).message;
}

test("a folder that is not there is told as it was typed", async () => {
  expect(await saidOf("./nowhere")).toBe(
    "there is no folder ./nowhere: write --content <folder>, the one that site.yaml is in",
  );
  put("file");
  expect(await saidOf("file")).toBe("file is a file: name the folder that it is in");
  expect(await saidOf("file/below")).toMatch(/^there is no folder file\/below/);
});

test.each([
  [["source/_posts/a.md"], "Hexo"],
  [["scaffolds/post.md", "_posts/a.md"], "Jekyll"],
  [["Gemfile", "source/_posts/a.md"], "Jekyll"],
  [["package.json"], "Hexo or Jekyll"],
])("of Hexo and Jekyll, whose configuration has the same name, %j tells which it is: %s", async (beside, generator) => {
  put("blog/_config.yml", ...beside.map((each) => `blog/${each}`));
  expect(await saidOf("blog")).toContain(`, which is a site of ${generator}: write it with`);
});

test.each([
  ["hugo.toml", "Hugo"],
  ["config.yaml", "Hugo"],
  ["_config.yml", "Hexo or Jekyll"],
  ["astro.config.mjs", "Astro"],
  [".eleventy.js", "Eleventy"],
])("in the site of a generator that has %s, init writes site.yaml", async (file, generator) => {
  put(`blog/${file}`);
  const init = `write it with dripfeed init blog`;
  expect(await saidOf("blog")).toBe(`there is no site.yaml in blog, which is a site of ${generator}: ${init}`);
  put("blog/site.yaml");
  expect(await saidOf("blog")).toBeUndefined();
});

test("a folder below that has site.yaml is named, before any generator", async () => {
  put("blog/content/site.yaml", "blog/hugo.toml");
  expect(await saidOf("blog")).toBe("there is no site.yaml in blog, but in blog/content: write --content blog/content");
});

test("a folder without any of these is looked at as content, and so is a bucket", async () => {
  put("notes/a.md");
  expect(await saidOf("notes")).toBeUndefined();
  await expect(assertContent("s3://bucket/prefix", "s3://bucket/prefix")).resolves.toBeUndefined();
  await expect(assertContent("gs://bucket", "gs://bucket")).rejects.toThrow(
    "a store is a folder or s3://bucket/prefix",
  );
  await expect(assertFolder("s3://bucket", "s3://bucket", "")).resolves.toBeUndefined();
});
