import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { instantOf } from "../../../lib/base/instant.ts";
import { parseDate, wallTimeOf } from "../../../lib/content/facts/dates.ts";
import { parsePost } from "../../../lib/content/post.ts";
import { brief, bytesOf, parse, parseWith, postOf, postWith, siteOf } from "../helpers.ts";

describe("a date with a zone is that moment", () => {
  test.each([
    ["2024-10-15T08:20:00Z", "2024-10-15T08:20:00Z"],
    ["2024-10-15T08:20:00z", "2024-10-15T08:20:00Z"],
    ["2024-10-15 08:20:00 UTC", "2024-10-15T08:20:00Z"],
    ["2024-10-15 08:20:00 GMT", "2024-10-15T08:20:00Z"],
    ["2024-10-15T08:20:00+08:00", "2024-10-15T00:20:00Z"],
    ["2024-10-15T08:20:00+0800", "2024-10-15T00:20:00Z"],
    ["2024-10-15 08:20:00 +0800", "2024-10-15T00:20:00Z"],
    ["2024-10-15 08:20 +08", "2024-10-15T00:20:00Z"],
    ["2024-10-15T08:20:00-05:30", "2024-10-15T13:50:00Z"],
    ["2024/10/15 08:20:00 -0700", "2024-10-15T15:20:00Z"],
    ["2024-12-31T23:30:00-01:00", "2025-01-01T00:30:00Z"],
    ["Tue, 15 Oct 2024 08:20:00 +0800", "2024-10-15T00:20:00Z"],
    ["Tue, 15 Oct 2024 08:20:00 EST", "2024-10-15T13:20:00Z"],
    ["Tue Oct 15 2024 08:20:00 GMT+0800 (China Standard Time)", "2024-10-15T00:20:00Z"],
    ["2024-10-15 08:20:00 Europe/Paris", "2024-10-15T06:20:00Z"],
  ])("%s", (written, instant) => {
    expect(parseDate(written, "UTC")).toBe(instant);
    expect(parseDate(written, "Asia/Shanghai")).toBe(instant);
  });
});

describe("a date is read as people write it", () => {
  test.each([
    ["2024-10-15", "2024-10-15T00:00:00Z"],
    ["2024/10/15", "2024-10-15T00:00:00Z"],
    ["2024.10.15", "2024-10-15T00:00:00Z"],
    ["2024-1-5", "2024-01-05T00:00:00Z"],
    ["2024-1-5 8:20", "2024-01-05T08:20:00Z"],
    ["2024-10-15 08:20", "2024-10-15T08:20:00Z"],
    ["2024-10-15 08:20:25", "2024-10-15T08:20:25Z"],
    ["2024-10-15T08:20:25.987", "2024-10-15T08:20:25Z"],
    ["2024-10-15 08:20:25.987654321 Z", "2024-10-15T08:20:25Z"],
    ["  2024-10-15   08:20  ", "2024-10-15T08:20:00Z"],
    ["2024-02-29", "2024-02-29T00:00:00Z"],
    ["2024-1-5 8:2:5", "2024-01-05T08:02:05Z"],
    ["2023-01-29 18:30:22 2023 -0800", "2023-01-30T02:30:22Z"],
    ["1704135845000", "2024-01-01T19:04:05Z"],
    ["915148800000", "1999-01-01T00:00:00Z"],
    ["2024-01-05 8:20 PM", "2024-01-05T20:20:00Z"],
    ["2024-01-05 12:20am", "2024-01-05T00:20:00Z"],
    ["Jul 08 2022", "2022-07-08T00:00:00Z"],
    ["July 8, 2022", "2022-07-08T00:00:00Z"],
    ["8 July 2022", "2022-07-08T00:00:00Z"],
    ["Sept. 8th, 2022 08:20", "2022-09-08T08:20:00Z"],
    ["2024年1月5日", "2024-01-05T00:00:00Z"],
    ["2024年1月5日 08:20", "2024-01-05T08:20:00Z"],
  ])("%s", (written, instant) => expect(parseDate(written, "UTC")).toBe(instant));
});

describe("a date is read as Chinese, Japanese and Korean systems print it", () => {
  test.each([
    ["2024年1月9日 下午3:05", "2024-01-09T15:05:00Z"],
    ["2024/1/9下午3:05:06", "2024-01-09T15:05:06Z"],
    ["2024-01-16 上午 9:00", "2024-01-16T09:00:00Z"],
    ["2024年1月5日 星期五 12:00", "2024-01-05T12:00:00Z"],
    ["2024-01-05 周五 08:00", "2024-01-05T08:00:00Z"],
    ["2024年1月5日(金) 12:00", "2024-01-05T12:00:00Z"],
    ["2024年1月5日（金曜日）12時30分15秒", "2024-01-05T12:30:15Z"],
    ["2024/01/18 9時30分", "2024-01-18T09:30:00Z"],
    ["2024年1月5号 9点", "2024-01-05T09:00:00Z"],
    ["2024年1月5日 晚上9点半", "2024-01-05T21:30:00Z"],
    ["2024年1月5日 上午12:00", "2024-01-05T00:00:00Z"],
    ["2024年1月5日 下午12:30", "2024-01-05T12:30:00Z"],
    ["2024年1月5日 下午15:30", "2024-01-05T15:30:00Z"],
    ["2024年1月5日 中午12:30", "2024-01-05T12:30:00Z"],
    ["2024年1月5日 中午1点", "2024-01-05T13:00:00Z"],
    ["2024年1月5日 凌晨2:30", "2024-01-05T02:30:00Z"],
    ["2024年1月5日 早上8:00 +08:00", "2024-01-05T00:00:00Z"],
    ["2024年1月5日 傍晚6:00", "2024-01-05T18:00:00Z"],
    ["2024年1月5日 夜里11点", "2024-01-05T23:00:00Z"],
    ["2024年1月5日 夜里2点", "2024-01-05T02:00:00Z"],
    ["2024年1月5日 午後0:30", "2024-01-05T12:30:00Z"],
    ["２０２４年１月５日　０９：３０", "2024-01-05T09:30:00Z"],
    ["2024년 1월 5일 금요일 오전 9시 5분", "2024-01-05T09:05:00Z"],
    ["2024. 1. 5. 오후 3:05:00", "2024-01-05T15:05:00Z"],
    ["Tue Jan 09 2024 15:05:00 GMT+0800 (中国标准时间)", "2024-01-09T07:05:00Z"],
  ])("%s", (written, instant) => expect(parseDate(written, "UTC")).toBe(instant));

  test.each([
    "令和6年1月5日",
    "2024年1月",
    "2024年13月5日",
    "2024年1月5日 下午",
    "2024年1月5日 上午13:00",
    "2024年1月5日 晚上12:30",
    "2024年1月5日 夜里12:30",
    "2024年1月5日 9点一刻",
  ])("%s cannot be read", (written) => expect(parseDate(written, "UTC")).toBeUndefined());

  test("whatever is in it, it is an instant or none", () => {
    const pieces = [
      "2024",
      "年",
      "1",
      "月",
      "5",
      "日",
      "下午",
      "夜里",
      "12",
      ":",
      "：",
      "30",
      "点",
      "半",
      "分",
      " ",
      "(金)",
      "星期",
      "오후",
      ".",
    ];
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: "grapheme" }))), (some) => {
        const instant = parseDate(`2024年1月5日${some.join("")}`, "Asia/Shanghai");
        if (instant !== undefined) expect(instantOf(new Date(instant))).toBe(instant);
      }),
    );
  });
});

describe("letters that mean two zones", () => {
  const dated = (keys: string, timezone: string) =>
    parse("posts/hello.md", `---\ntitle: Hello\n${keys}\n---\nText.\n`, siteOf({ timezone }));
  const codesOf = ({ problems }: ReturnType<typeof parse>) => problems.map(({ code }) => code);

  test.each([
    ["2024-01-05 12:00:00 CST", "America/Chicago", "2024-01-05T18:00:00Z"],
    ["2024-07-05 12:00:00 CST", "America/Chicago", "2024-07-05T18:00:00Z"],
    ["2024-01-05 12:00:00 IST", "Asia/Kolkata", "2024-01-05T06:30:00Z"],
    ["2024-07-05 12:00:00 BST", "Europe/London", "2024-07-05T11:00:00Z"],
    ["2024-01-05 12:00:00 AST", "America/Halifax", "2024-01-05T16:00:00Z"],
    ["2024-01-05 12:00:00 EST", "Asia/Shanghai", "2024-01-05T17:00:00Z"],
  ])("are plain where the site's own zone has them as generators read them: %s in %s", (date, zone, instant) => {
    const result = dated(`date: ${date}`, zone);
    expect([result.post?.published, codesOf(result)]).toEqual([instant, []]);
  });

  test.each([
    ["2024-01-05 12:00:00 CST", "Asia/Shanghai", "2024-01-05T04:00:00Z"],
    ["2024-01-05 12:00:00 CST", "Asia/Taipei", "2024-01-05T04:00:00Z"],
    ["2024-01-05 12:00:00 CST", "UTC", "2024-01-05T18:00:00Z"],
    ["2024-01-05 12:00:00 CST", "America/Havana", "2024-01-05T17:00:00Z"],
    ["2024-01-05 12:00:00 IST", "Asia/Jerusalem", "2024-01-05T10:00:00Z"],
    ["2024-01-05 12:00:00 IST", "Europe/Dublin", "2024-01-05T11:00:00Z"],
    ["2024-01-05 12:00:00 BST", "Asia/Dhaka", "2024-01-05T06:00:00Z"],
    ["2024-01-05 12:00:00 AST", "Europe/Paris", "2024-01-05T16:00:00Z"],
  ])("are told elsewhere, and read as the site's zone has them: %s in %s", (date, zone, instant) => {
    const result = dated(`date: ${date}`, zone);
    expect([result.post?.published, codesOf(result)]).toEqual([instant, ["date-zone"]]);
    const changed = dated(`date: 2024-01-01\nupdated: ${date}`, zone);
    expect([changed.post?.updated, codesOf(changed)]).toEqual([instant, ["date-zone"]]);
  });

  test("are no doubt behind an offset", () => {
    const result = dated("date: Fri Jan 5 2024 12:00:00 GMT+0800 (CST)", "UTC");
    expect([result.post?.published, codesOf(result)]).toEqual(["2024-01-05T04:00:00Z", []]);
  });

  test("the problem names all readings", () => {
    const [problem] = dated("date: 2024-01-05 12:00:00 CST", "Asia/Shanghai").problems;
    expect(problem?.message).toBe(
      '"2024-01-05 12:00:00 CST": CST is read as +08:00 (China), and may mean -06:00 (North America) or -05:00 (Cuba)',
    );
  });
});

describe("a date without a zone is in the site's time zone", () => {
  test.each([
    ["2024-10-15 08:20:00", "Asia/Shanghai", "2024-10-15T00:20:00Z"],
    ["2024-10-15", "Asia/Shanghai", "2024-10-14T16:00:00Z"],
    ["2024-01-15 12:00", "Europe/Paris", "2024-01-15T11:00:00Z"],
    ["2024-07-15 12:00", "Europe/Paris", "2024-07-15T10:00:00Z"],
    ["2024-03-31 01:59:59", "Europe/Paris", "2024-03-31T00:59:59Z"],
    ["2024-03-31 02:30", "Europe/Paris", "2024-03-31T01:30:00Z"],
    ["2024-03-31 03:30", "Europe/Paris", "2024-03-31T01:30:00Z"],
    ["2024-10-27 02:30", "Europe/Paris", "2024-10-27T00:30:00Z"],
    ["2024-10-27 03:00", "Europe/Paris", "2024-10-27T02:00:00Z"],
    ["2024-03-10 02:30", "America/New_York", "2024-03-10T07:30:00Z"],
    ["2024-11-03 01:30", "America/New_York", "2024-11-03T05:30:00Z"],
    ["2024-07-04", "America/New_York", "2024-07-04T04:00:00Z"],
  ])("%s in %s is %s", (written, timezone, instant) => expect(parseDate(written, timezone)).toBe(instant));

  test("the site's time zone reaches the post, its update and its URL", () => {
    const site = siteOf({ timezone: "Asia/Shanghai" });
    const post = postWith("date: 2024-11-01 00:30\nupdated: 2024-11-02 00:30", { site });
    expect(post.published).toBe("2024-10-31T16:30:00Z");
    expect(post.updated).toBe("2024-11-01T16:30:00Z");
    expect(post.url).toBe("https://example.org/2024/11/01/hello/");
  });

  test("the day of a post is the site's day, whatever zone its date names", () => {
    const site = siteOf({ timezone: "Asia/Shanghai" });
    expect(postWith("date: 2024-10-31T20:00:00Z", { site }).url).toBe("https://example.org/2024/11/01/hello/");
  });
});

describe("an unreadable date is a problem, never now and never the epoch", () => {
  test.each([
    "2021-08-15-T09:30:00Z",
    "2021-02-30",
    "2023-02-29",
    "2021-13-01",
    "2021-00-10",
    "2021-01-00",
    "2021-08-15 25:00",
    "2021-08-15 24:00",
    "2021-08-15 12:60",
    "2021-08-15 12:00:60",
    "2021-08-15T12:00:00+25:00",
    "2021-08-15 1pm",
    "2021-08-15 12:00 CEST",
    "2021-08/15",
    "15-08-2021",
    "20210815",
    "2021-08",
    "1629020400",
    "0",
    "yesterday",
    "now",
    "Aug 2021",
    "31 April 2021",
    "15/08/2021",
    "2021-08-15 13:00 pm",
    "2021-08-15 12:00 Mars/Olympus",
    "[2021, 8, 15]",
    "{ year: 2021 }",
  ])("%s", (written) => {
    const { post, problems } = parseWith(`tags: x\ndate: ${written}`);
    expect(post).toBeUndefined();
    expect(brief(problems)).toContain("date-unreadable:5");
    expect(problems.find(({ code }) => code === "date-unreadable")?.severity).toBe("error");
  });

  test.each(["", "~", "null", '""', "' '"])("an empty date (%j) is no date", (written) => {
    const { post, problems } = parse("posts/hello.md", `---\ntitle: A\ndate: ${written}\n---\n`);
    expect(post).toBeUndefined();
    expect(brief(problems)).toEqual(["date-missing:3"]);
  });

  test.each(["0000-01-01 00:00 +0800", "9999-12-31 23:59 -0800"])(
    "%s is no moment that RFC 3339 can write",
    (written) => {
      expect(parseDate(written, "UTC") ?? "0000-01-01T00:00:00Z").toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    },
  );

  test("any text gives an instant of that form, or nothing", () => {
    const near = fc.array(fc.constantFrom("2024", "-", "/", "10", "15", "T", " ", "08", ":", "20", "Z", "+", "."));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          near.map((parts) => parts.join("")),
        ),
        (written) => {
          const instant = parseDate(written, "Europe/Paris");
          if (instant !== undefined) expect(instant).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe("an update", () => {
  test("that cannot be read is a warning with its line, and the post stays", () => {
    const result = parseWith("tags: x\nupdated: last week");
    expect(postOf(result)).not.toHaveProperty("updated");
    expect(result.problems).toMatchObject([{ code: "updated-unreadable", severity: "warning", line: 5 }]);
  });

  test.each(["", "~"])("that is empty (%j) is none", (written) => {
    const result = parseWith(`updated: ${written}`);
    expect(postOf(result)).not.toHaveProperty("updated");
    expect(result.problems).toEqual([]);
  });
});

describe("a date in the file's name", () => {
  const undated = "---\ntitle: A\n---\n";

  test.each([
    ["posts/2024-10-15-name.md", "2024-10-15T00:00:00Z", "2024/10/15/name/"],
    ["posts/2024-1-5-name.md", "2024-01-05T00:00:00Z", "2024/01/05/name/"],
    ["_posts/notes/2024-1-5-你好.markdown", "2024-01-05T00:00:00Z", "2024/01/05/%E4%BD%A0%E5%A5%BD/"],
    ["posts/2024-01-05-name/index.md", "2024-01-05T00:00:00Z", "2024/01/05/name/"],
  ])("dates %s", (key, published, path) => {
    expect(postOf(parse(key, undated))).toMatchObject({ published, url: `https://example.org/${path}` });
  });

  test("is in the site's time zone", () => {
    const site = siteOf({ timezone: "Asia/Shanghai" });
    expect(postOf(parse("posts/2024-1-5-a.md", undated, site)).published).toBe("2024-01-04T16:00:00Z");
  });

  test("yields to the front matter's, and still is no part of the name", () => {
    const post = postWith("date: 2023-03-03", { key: "posts/2024-1-5-name.md" });
    expect(post).toMatchObject({ published: "2023-03-03T00:00:00Z", url: "https://example.org/2023/03/03/name/" });
  });

  test("counts where the front matter's is empty", () => {
    const empty = "---\ntitle: A\ndate:\n---\n";
    expect(postOf(parse("posts/2024-1-5-a.md", empty)).published).toBe("2024-01-05T00:00:00Z");
  });

  test("that no calendar has is a problem", () => {
    const { post, problems } = parse("posts/2024-02-31-a.md", undated);
    expect(post).toBeUndefined();
    expect(brief(problems)).toEqual(["date-unreadable:1"]);
  });

  test("takes the place of an unreadable one in the front matter, with a warning", () => {
    const result = parse("posts/2024-1-5-a.md", "---\ntitle: A\ndate: soon\n---\n");
    expect(postOf(result).published).toBe("2024-01-05T00:00:00Z");
    expect(result.problems).toMatchObject([{ code: "date-fallback", severity: "warning", line: 3 }]);
  });
});

describe("of several dates", () => {
  const dated = (front: string, key = "posts/a.md") => parse(key, `---\ntitle: A\n${front}\n---\n`);

  test.each([
    "pubDate: Jul 08 2022",
    "pubDatetime: 2022-07-08T00:00:00Z",
    "publishDate: 2022-07-08",
    "published: 2022-07-08",
    "created: 2022-07-08",
    "Date: 2022-07-08",
    "date: 2022-07-08\npublished: true",
  ])("%s is the date", (front) => expect(postOf(dated(front)).published).toBe("2022-07-08T00:00:00Z"));

  test.each(["lastmod", "modified", "updatedDate", "last_modified_at", "modDatetime"])("%s is the update", (key) => {
    expect(postOf(dated(`date: 2022-07-08\n${key}: 2023-01-01`)).updated).toBe("2023-01-01T00:00:00Z");
  });

  test("an unreadable one gives way to another, with a warning at its line", () => {
    const result = dated("date: 2021-08-15-T09:30:00Z\npubDate: 2021-08-15\n");
    expect(postOf(result).published).toBe("2021-08-15T00:00:00Z");
    expect(result.problems).toMatchObject([{ code: "date-fallback", severity: "warning", line: 3 }]);
    expect(result.problems[0]?.message).toBe('the date "2021-08-15-T09:30:00Z" cannot be read; `pubdate` is used');
  });

  test("even to that of the update", () => {
    const result = dated("lastmod: 2021-08-16\ndate: 2021-06-140T00:00:00Z");
    expect(postOf(result).published).toBe("2021-08-16T00:00:00Z");
    expect(brief(result.problems)).toEqual(["date-fallback:4"]);
  });

  test("where there is only an update it is used, with a warning, and makes no published post newer", () => {
    const result = dated("lastmod: 2024-01-01");
    expect(postOf(result).published).toBe("2024-01-01T00:00:00Z");
    expect(brief(result.problems)).toEqual(["date-fallback:3"]);
    const again = parsePost("posts/a.md", bytesOf("---\ntitle: A\nlastmod: 2026-05-01\n---\n"), siteOf(), {
      published: "2024-01-01T00:00:00Z",
    });
    expect(postOf(again)).toMatchObject({ published: "2024-01-01T00:00:00Z", updated: "2026-05-01T00:00:00Z" });
  });

  test("a later publishDate is when the post appears, and its address keeps the date", () => {
    const post = postOf(dated("date: 2021-08-15\npublishDate: 2021-09-01"));
    expect(post).toMatchObject({ published: "2021-09-01T00:00:00Z", url: "https://example.org/2021/08/15/a/" });
    expect(postOf(dated("date: 2021-08-15\npublishDate: 2021-08-01")).published).toBe("2021-08-15T00:00:00Z");
  });

  test.each([
    ["posts/2021/08/15/a.md", "2021-08-15T00:00:00Z"],
    ["posts/2021-08-15/a.md", "2021-08-15T00:00:00Z"],
    ["posts/2021/8/5/a/index.md", "2021-08-05T00:00:00Z"],
    ["posts/20210815-a.md", "2021-08-15T00:00:00Z"],
    ["posts/2021_8_5_a.md", "2021-08-05T00:00:00Z"],
  ])("the path %s has one", (key, published) => expect(postOf(dated("x: y", key)).published).toBe(published));

  test.each(["posts/2021/08/a.md", "posts/12345678-a.md", "posts/a-2021-08-15.md"])("the path %s has none", (key) => {
    expect(brief(dated("x: y", key).problems)).toEqual(["date-missing:1"]);
  });

  test.each(["Last Modified", "git Created"])("%s, which Eleventy looks up in the file, is none", (word) => {
    expect(brief(dated(`date: ${word}`).problems)).toEqual(["date-missing:3"]);
    expect(brief(dated(`date: "${word}"\npubDate: 2024-01-05`).problems)).toEqual([]);
  });
});

describe("the file's own date", () => {
  const file = bytesOf("---\ntitle: A\n---\n");

  test("counts where the site allows it, and there is no other", () => {
    const site = siteOf({ fileDates: true });
    const moment = "2024-02-03T04:05:06Z";
    expect(postOf(parsePost("posts/a.md", file, site, { file: moment })).published).toBe(moment);
    expect(postOf(parsePost("posts/2024-1-5-a.md", file, site, { file: moment })).published).toBe(
      "2024-01-05T00:00:00Z",
    );
  });

  test("does not count unless the site allows it", () => {
    expect(brief(parsePost("posts/a.md", file, siteOf()).problems)).toEqual(["date-missing:1"]);
  });
});

test("the wall time of an instant is that of the given time zone", () => {
  expect(wallTimeOf("2024-12-31T20:00:00Z", "Asia/Shanghai")).toMatchObject({
    year: 2025,
    month: 1,
    day: 1,
    hour: 4,
    dayOfYear: 1,
  });
  expect(wallTimeOf("2024-12-31T20:00:00Z", "UTC")).toMatchObject({
    year: 2024,
    month: 12,
    day: 31,
    hour: 20,
    dayOfYear: 366,
  });
});

test("wall times are those of the calendar, in any zone and year", () => {
  const zones = ["UTC", "Asia/Shanghai", "America/St_Johns", "Europe/Amsterdam", "Pacific/Apia"];
  const seconds = fc.integer({ min: -62_000_000_000, max: 253_300_000_000 });
  fc.assert(
    fc.property(seconds, fc.constantFrom(...zones), (second, zone) => {
      const at = Temporal.Instant.fromEpochMilliseconds(second * 1000).toZonedDateTimeISO(zone);
      const { year, month, day, hour, minute, dayOfYear, dayOfWeek, weekOfYear: week, yearOfWeek: weekYear } = at;
      const wall = { year, month, day, hour, minute, second: at.second, dayOfYear, dayOfWeek, week, weekYear };
      expect(wallTimeOf(new Date(second * 1000).toISOString(), zone)).toEqual({ ...wall, seconds: second });
    }),
  );
});

test("an instant has whole seconds", () => {
  expect(instantOf(new Date("2024-10-15T08:20:25.999Z"))).toBe("2024-10-15T08:20:25Z");
});
