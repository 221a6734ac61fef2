/** A `site.yaml` beyond any usual size: at a cost in proportion to it, or a problem with its line. */
import { describe, expect, test } from "vitest";
import { renamingOf } from "../../lib/site/renamed.ts";
import { fitsPath } from "../../lib/site/rules.ts";
import { parseSite } from "../../lib/site/site.ts";
import { MAX_SITE_BYTES } from "../../lib/site/size.ts";
import type { Renamed } from "../../lib/site/types.ts";
import { siteWarnings } from "../../lib/site/warnings.ts";
import { bytesOf } from "../content/helpers.ts";
import { expectLinear } from "../support/growth.ts";

const REQUIRED = "title: Example\nurl: https://example.org\nsince: 2020\n";
const read = (yaml: string) => parseSite(bytesOf(REQUIRED + yaml), "content", 2026);
const problemsFrom = (yaml: string) => {
  const result = read(yaml);
  return result.ok ? [] : result.problems.map(({ code, line, message }) => ({ code, line, message }));
};
const numbered = (line: (i: number) => string, length: number) =>
  Array.from({ length: Math.ceil(length / line(9_999).length) }, (_, i) => line(i)).join("");

describe("four times the file takes about four times the work, where it holds", () => {
  test.each<readonly [string, (length: number) => string]>([
    ["unknown keys", (n) => numbered((i) => `k${i}: v\n`, n)],
    ["long unknown keys", (n) => numbered((i) => `${"k".repeat(900)}${i}: v\n`, n)],
    ["keys that are given again", (n) => numbered(() => "rights: A\n", n)],
    ["retired feeds", (n) => `retired:\n${numbered((i) => `  old${i}.xml: rss.xml\n`, n)}`],
    ["names that lead to another each", (n) => `renamed:\n${numbered((i) => `  - tags: [a${i}, b${i}]\n`, n)}`],
    ["names that lead to the next", (n) => `renamed:\n${numbered((i) => `  - tags: [a${i}, a${i + 1}]\n`, n)}`],
    ["names that grow", (n) => `renamed:\n${numbered((i) => `  - categories: [a${i}, a${i}/b]\n`, n)}`],
    ["channels", (n) => `channels:\n${numbered((i) => `  - {path: c${i}, tags: t${i}}\n`, n)}`],
    ["channels of one path", (n) => `channels:\n${numbered(() => "  - {path: c, tags: t}\n", n)}`],
    ["slashes in a path", (n) => `channels:\n  - {path: a${"/".repeat(n)}a, tags: t}\n`],
    ["errors", (n) => numbered(() => "a: @b\n", n)],
    ["anchors", (n) => `a0: &a0 [x]\n${numbered((i) => `a${i + 1}: &a${i + 1} [*a${i}]\n`, n)}`],
  ])("%s", (_, make) =>
    expectLinear((size) => {
      const bytes = bytesOf(REQUIRED + make(size));
      let year = 2026; // another one each time, or the result would be the last
      return () => void parseSite(bytes, "content", year++);
    }, 16_000),
  );

  test("excluded paths and posts", () =>
    expectLinear((size) => {
      const paths = Array.from({ length: size }, (_, i) => `posts/p${i}`);
      const records = paths.map((path) => ({ key: `${path}/x/y.md` }));
      const result = read("");
      if (!result.ok) throw new Error("no site");
      const site = { ...result.site, exclude: { ...result.site.exclude, paths } };
      return () => {
        for (const { key } of records) fitsPath([...paths.slice(0, 1)], key);
        expect(siteWarnings(site, { since: 2020, records, channels: [] })).toEqual([]);
        expect(records.every(({ key }) => fitsPath(paths, key))).toBe(true);
      };
    }, 2_000));
});

describe("beyond bounds there is one problem with its line:", () => {
  const laughs = (count: number) =>
    `a0: &a0 [x, x]\n${Array.from({ length: count }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]\n`).join("")}`;
  test.each<readonly [string, string, string, number | undefined]>([
    ["aliases of aliases", laughs(60), "its aliases repeat too much", 18],
    ["aliases without end", `a: &a x\nb:\n${"  - *a\n".repeat(2_000)}`, "its aliases repeat too much", 1_006],
    ["an alias within itself", "hubs: &hubs [*hubs]\n", "its aliases repeat too much", 4],
    ["lists in brackets", `hubs: ${"[".repeat(5_000)}\n`, "it is nested or repeated too often", 4],
    ["lists with hyphens", `hubs:\n  ${"- ".repeat(5_000)}x\nauthors: {}\n`, "it is nested or repeated too often", 5],
  ])("%s", (_, yaml, message, line) => {
    expect(problemsFrom(yaml)).toEqual([{ code: "site-yaml", line, message: `the YAML cannot be read: ${message}` }]);
  });

  test("a file that is too large", () => {
    const [problem, ...others] = problemsFrom(`rights: ${"word ".repeat(MAX_SITE_BYTES / 5)}\n`);
    expect([problem?.code, others]).toEqual(["too-slow", []]);
  });
});

test("keys that are given twice are told with their lines, whatever else they hold", () => {
  const twice = problemsFrom("rights: A\nauthors:\n  ann: { name: Ann }\n  ann: { name: B }\nrights: B\n");
  expect(twice.map(({ line }) => line)).toEqual([7, 8]);
  for (const { code, message } of twice)
    expect([code, message]).toEqual(["site-yaml", expect.stringContaining("is there already")]);
});

test("hundred uses of one anchor are as good as the text", () => {
  const yaml = `retired:\n  a.xml: &to rss.xml\n${Array.from({ length: 200 }, (_, i) => `  b${i}.xml: *to\n`).join("")}`;
  expect(problemsFrom(yaml)).toEqual([]);
});

test("renamed names are followed to their end, below a category as well, and circles are seen", () => {
  const category = (from: string, to: string): Renamed => ({
    kind: "categories",
    from: from.split("/"),
    to: to.split("/"),
  });
  const all = [
    category("a", "b"),
    category("b/x", "c"),
    category("b", "d/e"),
    category("f", "g"),
    category("g", "f/h"),
  ];
  const { present } = renamingOf(all);
  expect(all.map(present)).toEqual([["d", "e"], ["c"], ["d", "e"], undefined, undefined]);
  expect(present(category("z", "a/x"))).toEqual(["c"]);
  expect(present(category("z", "A/Y"))).toEqual(["d", "e", "Y"]);
});

test("plain paths and globs of a rule fit what they name and all below it", () => {
  const paths = ["posts/a", "./posts/b/", "posts/*/secret", "posts/c.md", "/posts/d"];
  const fits = (key: string) => fitsPath(paths, key);
  const fit = ["posts/a/x.md", "posts/a", "posts/b/y/z.md", "posts/q/secret/x.md", "posts/c.md", "posts/d/e.md"];
  expect(fit.filter((key) => !fits(key))).toEqual([]);
  expect(["posts/ab.md", "posts/a.md", "x/posts/a/b.md", "posts/secret/x.md"].filter(fits)).toEqual([]);
});

describe("a pattern that would take long for each file is no value", () => {
  const refused = (yaml: string) => problemsFrom(yaml).map(({ code }) => code);
  test.each([
    ["many stars in a name", `exclude: { paths: ["${"*a".repeat(4)}"] }`],
    ["many folders", `posts: ["**/a/**/b/**/c/**/d.md"]`],
    ["repetition", `posts: ["posts/+(a|aa).md"]`],
    ["a long glob", `posts: ["posts/*${"a".repeat(1000)}"]`],
    ["very many globs", `exclude: { paths: [${Array.from({ length: 201 }, (_, i) => `"a${i}*"`)}] }`],
    ["a long permalink", `permalink: /${":slug/".repeat(200)}`],
  ])("%s", (_, yaml) => expect(refused(yaml)).toContain("site-value"));

  test("usual globs are", () => {
    const paths = ["posts/**/*-draft-*.md", "**/_*/**", "blog/@(a|b)/**/*.{md,mdx}", "posts/**/secret-*"];
    expect(refused(`exclude: { paths: ${JSON.stringify(paths)} }`)).toEqual([]);
  });
});
