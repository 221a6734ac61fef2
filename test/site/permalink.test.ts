import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalLanguage } from "../../lib/site/language.ts";
import { type PermalinkParts, permalinkError, permalinkOf, permalinkPattern } from "../../lib/site/permalink.ts";

const PARTS: PermalinkParts = {
  date: {
    ...{ year: 2024, month: 3, day: 7, hour: 8, minute: 5, second: 9 },
    ...{ dayOfYear: 67, dayOfWeek: 4, week: 10, weekYear: 2024, seconds: 1709798709 },
  },
  slug: "hello",
  slugOrName: "hello",
  titled: "notes/hello",
  name: "hello",
  filename: "2024-3-7-hello",
  path: "notes/hello",
  title: "hello-world",
  sections: ["notes"],
  categories: ["Life", "Street Food"],
  language: "en",
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
    ["/:short_year/:short_month/:long_month/:monthname/:slug", "24/Mar/March/march/hello"],
    ["/:short_day/:weekday/:weekdayname/:y_day/:yearday/:slug", "Thu/4/thursday/067/67/hello"],
    ["/:w_year/W:week/:w_day/:slug", "2024/W10/4/hello"],
    ["/:hour/:minute/:second/:timestamp", "08/05/09/1709798709"],
    ["/:section/:sections/:filename/", "notes/notes/2024-3-7-hello/"],
    ["/:category/:slug", "Life/Street-Food/hello"],
    ["/:lang/:post_title", "en/hello-world"],
    ["/:id/", "hello/"],
  ])("%s becomes %s", (pattern, path) => expect(permalinkOf(pattern, PARTS)).toBe(path));

  test.each([
    ["pretty", "life/street food/2024/03/07/hello/"],
    ["date", "life/street food/2024/03/07/hello.html"],
    ["ordinal", "life/street food/2024/067/hello.html"],
    ["none", "life/street food/hello.html"],
  ])("Jekyll's style %s is %s", (style, path) =>
    expect(permalinkOf(permalinkPattern(style), { ...PARTS, titled: "hello" })).toBe(path),
  );

  const piece = fc.constantFrom(..."/ // . .. %2e %2E %2f %25 % ? # \\ a .b 文 \ud800".split(" "));
  const pieces = fc.array(piece, { maxLength: 8 }).map((all) => all.join(""));

  test("a path has neither empty parts nor parts that lead up, whatever is written in it", () => {
    fc.assert(
      fc.property(pieces, (written) => {
        const path = permalinkOf(written, PARTS);
        const parts = written
          .replace(/%(?![\da-f]{2})/gi, "%25")
          .toWellFormed()
          .split("/");
        const left = parts.filter((part) => !/^(?:\.|%2e){1,2}$/i.test(part)).join("/");
        expect(path).toBe(left.replace(/^[/\\]+/, "").replace(/\/{2,}/g, "/"));
        expect(permalinkOf("/:slug", { ...PARTS, slug: written }).split("/")).not.toContain("..");
      }),
      { numRuns: 500 },
    );
  });

  test("Hexo's :hash is the beginning of the SHA-1 of path and seconds", () => {
    // printf 'notes/hello1709798709' | sha1sum
    expect(permalinkOf("/:hash/", PARTS)).toBe("e6717ba9a242/");
  });

  test("a post of no category is uncategorized, as Hexo calls it", () => {
    expect(permalinkOf("/:category/:slug/", { ...PARTS, categories: [] })).toBe("uncategorized/hello/");
  });

  test("abbrlink falls back to the slug", () => {
    const { abbrlink: _, ...parts } = PARTS;
    expect(permalinkOf("/:abbrlink/", parts)).toBe("hello/");
  });

  test("a year has four digits", () => {
    expect(permalinkOf(":year/:slug", { ...PARTS, date: { ...PARTS.date, year: 987, month: 1, day: 2 } })).toBe(
      "0987/hello",
    );
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
    ["/:year/:month/", "must name :slug, :title, :name or :abbrlink, or every post of a day has one URL"],
    ["/fixed/", "must name :slug, :title, :name or :abbrlink, or every post of a day has one URL"],
    ["/?p=:slug", "must hold no ?, #, \\ or space"],
    ["/#/:slug", "must hold no ?, #, \\ or space"],
    ["https://example.org/:slug/", "must be a path below the site's url"],
    ["..\\:slug", "must hold no ?, #, \\ or space"],
    ["/my posts/:slug", "must hold no ?, #, \\ or space"],
  ])("%s: refused", (pattern, error) => expect(permalinkError(pattern)).toBe(error));

  test.each(["colour", "constructor", "__proto__"])(
    "an unknown part :%s is refused, with the parts there are",
    (name) => {
      const error = permalinkError(`/:${name}/:slug/`);
      expect(error).toContain(`names :${name}, which is none of :year, `);
      for (const part of [":month", ":slug", ":title", ":abbrlink", ":section", ":lang"]) expect(error).toContain(part);
    },
  );

  test("every unknown part is named", () => {
    expect(permalinkError("/:colour/:slug/:size")).toMatch(/^names :colour, :size, which/);
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
