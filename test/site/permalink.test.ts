import { describe, expect, test } from "vitest";
import { canonicalLanguage } from "../../lib/site/language.ts";
import { type PermalinkParts, permalinkError, permalinkOf } from "../../lib/site/permalink.ts";

const PARTS: PermalinkParts = {
  date: { year: 2024, month: 3, day: 7 },
  slug: "hello",
  title: "notes/hello",
  abbrlink: "4a17b156",
};

describe("a permalink pattern", () => {
  test.each([
    ["/:year/:month/:day/:slug/", "2024/03/07/hello/"],
    ["/:year/:i_month/:i_day/:slug.html", "2024/3/7/hello.html"],
    [":title/", "notes/hello/"],
    ["archives/:abbrlink", "archives/4a17b156"],
    ["//blog///:slug//", "blog/hello/"],
    ["/:slug/../:slug/./x", "hello/hello/x"],
    ["/文章/:slug/", "文章/hello/"],
  ])("%s becomes %s", (pattern, path) => expect(permalinkOf(pattern, PARTS)).toBe(path));

  test("abbrlink falls back to the slug", () => {
    const { abbrlink: _, ...parts } = PARTS;
    expect(permalinkOf("/:abbrlink/", parts)).toBe("hello/");
  });

  test("a year has four digits", () => {
    expect(permalinkOf(":year/:slug", { ...PARTS, date: { year: 987, month: 1, day: 2 } })).toBe("0987/hello");
  });

  test.each([
    ["100%", "100%25"],
    ["100%25", "100%25"],
    ["%zz", "%25zz"],
    ["what?", "what%3F"],
    ["c#", "c%23"],
    ["a\\b", "a%5Cb"],
    ["../../etc", "etc"],
    ["./a/./b", "a/b"],
    ["a\ud800b", "a\ufffdb"],
    ["你好", "你好"],
  ])("a slug %j becomes the path %j", (slug, path) => expect(permalinkOf(":slug", { ...PARTS, slug })).toBe(path));

  test.each(["..", "%2e%2e", "%2E.", ".%2e"])("a slug %s does not climb", (dots) => {
    const path = permalinkOf("/:year/:slug/", { ...PARTS, slug: `${dots}/${dots}/x` });
    expect(new URL(path, "https://example.org/blog/").pathname).toMatch(/^\/blog\/2024\//);
  });

  test.each(["/:year/:slug/", ":title", "/p/:abbrlink.html", "/博客/:slug"])("%s is good", (pattern) =>
    expect(permalinkError(pattern)).toBeUndefined(),
  );

  test.each([
    ["/:year/:month/", "must name :slug, :title or :abbrlink, or every post of a day has one URL"],
    ["/fixed/", "must name :slug, :title or :abbrlink, or every post of a day has one URL"],
    ["/?p=:slug", "must hold no ?, # or space"],
    ["/#/:slug", "must hold no ?, # or space"],
    ["/my posts/:slug", "must hold no ?, # or space"],
  ])("%s: refused", (pattern, error) => expect(permalinkError(pattern)).toBe(error));

  test.each(["hash", "id", "constructor", "__proto__"])(
    "an unknown part :%s is refused, with the parts there are",
    (name) => {
      expect(permalinkError(`/:${name}/:slug/`)).toBe(
        `names :${name}, which is none of :year, :month, :day, :i_month, :i_day, :slug, :title, :abbrlink`,
      );
    },
  );

  test("every unknown part is named", () => {
    expect(permalinkError("/:hash/:slug/:id")).toMatch(/^names :hash, :id, which/);
  });
});

describe("a language tag", () => {
  test.each([
    ["en", "en"],
    ["zh_cn", "zh-CN"],
    ["ZH-hans-cn", "zh-Hans-CN"],
    [" fr ", "fr"],
  ])("%j is %s", (written, tag) => expect(canonicalLanguage(written)).toBe(tag));

  test.each(["", "Chinese language", "e", "中文"])("%j is none", (written) =>
    expect(canonicalLanguage(written)).toBeUndefined(),
  );
});
