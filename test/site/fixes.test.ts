/** What `site.yaml` is told to hold in place of a value or a key that does not fit. */
import { describe, expect, test } from "vitest";
import { nearest, slips } from "../../lib/base/nearest.ts";
import { parseSite } from "../../lib/site/site.ts";
import { bytesOf } from "../content/helpers.ts";

const REQUIRED: { readonly [key: string]: string } = { title: "E", url: "https://e.org", since: "2020" };

/** Of a site that is right but for one line. */
function fixOf(line: string): string | undefined {
  const [key = ""] = line.split(":");
  const others = Object.entries(REQUIRED).filter(([name]) => name !== key);
  const yaml = [...others.map(([name, value]) => `${name}: ${value}`), line].join("\n");
  const result = parseSite(bytesOf(yaml), "content", 2026);
  if (result.ok) return undefined;
  const [problem, ...more] = result.problems;
  expect(more).toEqual([]);
  expect(problem?.line).toBe(others.length + 1);
  return problem?.fix;
}

const ANY_ADDRESS = "write the whole address, such as https://example.com/";

test.each([
  ["url: e.com", "write https://e.com/"],
  ["url: www.e.com/blog ", "write https://www.e.com/blog"],
  ["url: http:/e.com", "write http://e.com/"],
  ["url: https//e.com", "write https://e.com/"],
  ["url: htps://e.com/a", "write https://e.com/a"],
  ["url: //e.com", "write https://e.com/"],
  ["url: localhost:4000", "write http://localhost:4000/"],
  ["url: 乡亲.中国/blog", "write https://乡亲.中国/blog"],
  ["url: https://e.com/?lang=en", "write https://e.com/"],
  ["feeds: e.com/feeds#top", "write https://e.com/feeds"],
  ["url: my site", ANY_ADDRESS],
  ["url: ftp://e.com/", ANY_ADDRESS],
  ["image: /img/cover.png", ANY_ADDRESS],
  ["hubs: [hub.e.com]", "write https://hub.e.com/"],
  ["retired: { old.xml: 'https://' }", ANY_ADDRESS],
  ["authors: { ada: { name: Ada, email: Ada <ada@e.com> } }", "write ada@e.com"],
  ["authors: { ada: { name: Ada, email: ada@e } }", "write an address such as ada@example.com"],
])("an address is completed: %s", (line, fix) => expect(fixOf(line)).toBe(fix));

const CITY = (city: string) => `write the zone of your city, such as ${city}`;

test.each([
  ["Beijing", "write Asia/Shanghai"],
  ["北京", "write Asia/Shanghai"],
  ["constructor", "write the zone of a city, such as Asia/Shanghai or Europe/Paris"],
  ["Asia/Beijing", "write Asia/Shanghai"],
  ["Asia/Shangai", "write Asia/Shanghai"],
  ["China Standard Time", "write Asia/Shanghai"],
  ["Pacific Time", "write America/Los_Angeles"],
  ["W. Europe Standard Time", "write Europe/Berlin"],
  ["São Paulo", "write America/Sao_Paulo"],
  ["New York", "write America/New_York"],
  ["Ho Chi Minh", "write Asia/Ho_Chi_Minh"],
  ["Mumbai", "write Asia/Kolkata"],
  ["CST", "write Asia/Shanghai for China, or America/Chicago for North America"],
  ["EST", "write America/New_York, or Etc/GMT+5 for a clock that has no summer time"],
  ["JST", "write Asia/Tokyo"],
  ["GMT+8", CITY("Asia/Shanghai")],
  ["UTC+05:30", CITY("Asia/Kolkata")],
  ["UTC-5", CITY("America/New_York")],
  ["Nowhere", "write the zone of a city, such as Asia/Shanghai or Europe/Paris"],
])("the time zone of %s is named", (zone, fix) => expect(fixOf(`timezone: ${zone}`)).toBe(fix));

test("every zone that is told to write can be written", () => {
  const told = ["Beijing", "Taiwan", "Hanoi", "Yangon", "Nepal", "Kiev", "Mumbai", "Pacific Time", "Brazil", "AEST"];
  for (const each of told) {
    const zone = fixOf(`timezone: ${each}`)?.replace("write ", "");
    expect(fixOf(`timezone: ${zone}`)).toBeUndefined();
  }
});

test("an address that all can read has no password, and is short", () => {
  const messageOf = (line: string) => {
    const result = parseSite(bytesOf(`title: E\nurl: https://e.org\nsince: 2020\n${line}`), "content", 2026);
    return result.ok ? undefined : result.problems[0]?.message;
  };
  expect(messageOf("feeds: https://ada:secret@e.com/")).toMatch(/^feeds must have no user and no password/);
  expect(messageOf(`feeds: https://e.com/${"a".repeat(500)}`)).toMatch(/^feeds must have at most 500/);
  expect(messageOf(`icon: https://e.com/${"a".repeat(500)}`)).toMatch(/^icon must have at most 500/);
  expect(messageOf(`icon: https://e.com/${"a".repeat(400)}`)).toBeUndefined();
});

test.each([
  ["cn", "write zh-CN"],
  ["jp", "write ja"],
  ["english", "write en"],
  ["Englsh", "write en"],
  ["Deutsch", "write de"],
  ["Chinese (Simplified)", "write zh-CN"],
  ["日本語", "write ja"],
  ["constructor", "write a tag of a language, such as en or zh-CN"],
  ["__proto__", "write a tag of a language, such as en or zh-CN"],
  ["en, zh", "write en, and the others in a list under `languages`"],
  ["klingon it is", "write a tag of a language, such as en or zh-CN"],
])("the tag of the language %s is named", (language, fix) => expect(fixOf(`language: ${language}`)).toBe(fix));

test("a tag in another spelling is taken", () => {
  for (const tag of ["zh_CN", "ZH-cn", "uk", "tlh"]) expect(fixOf(`language: ${tag}`)).toBeUndefined();
});

test.each([
  ["Tecnology", "write Technology"],
  ["technology", "write Technology"],
  ["Tech", "write Technology"],
  ["Health", "write Health & Fitness"],
  ["Society and Culture", "write Society & Culture"],
  ["Film", "write TV & Film"],
  ["Books", "write Arts > Books"],
  ["Arts/Books", "write Arts > Books"],
  ["Arts > Bookz", "write Arts > Books"],
  ["Technology > Books", "write Arts > Books"],
  ["Self Improvement", "write Education > Self-Improvement"],
  ["乡村", expect.stringMatching(/^write one of https:/)],
])("the category %s of a podcast is found, with the one that it is in", (category, fix) =>
  expect(fixOf(`podcast: { categories: [${category}] }`)).toEqual(fix),
);

describe("a value of another type is written as it should be", () => {
  test.each([
    ["title: 2048", 'write "2048"'],
    ["title: true", 'write "true"'],
    ["title: [Home]", "write Home"],
    ["description: { a: b }", "write one text, in quotes if it has `: ` in it"],
    ["pages: 'true'", "write true, without quotes"],
    ["pages: no", "write false"],
    ["pages: maybe", "write true or false"],
    ["limit: '20'", "write 20, without quotes"],
    ["limit: 5000", "write a whole number from 1 to 1000"],
    ["tombstones: 2.5", "write a whole number from 0 to 3650"],
    ["ttl: 1h", "write a whole number from 1 to 525600, without a unit"],
    ["since: 2015-01-31", "write 2015"],
    ["posts: source/_posts/**", "write [source/_posts/**]"],
    ["posts: '**/*.md'", 'write ["**/*.md"]'],
    ["formats: rss, atom", "write [rss, atom]"],
    ["hubs: https://hub.e.com/", "write [https://hub.e.com/]"],
    ["aliases: hexo", "write [hexo]"],
    ["skipDays: [sat]", "write Saturday"],
    ["podcast: { categories: Technology }", "write [Technology]"],
    ["authors: Ada", "write { ada: { name: Ada } }"],
    ["authors: { ada: Ada }", "write { name: Ada }"],
    ["updates: daily", "write it with keys and values: period, frequency"],
    ["kinds: { tags: 'no' }", "write false"],
    ["guard: { gone: none }", "write { posts: 10, percent: 10 }, or false"],
    ["accent: 123456", 'write "#123456"'],
    ["accent: red", 'write its red, green and blue in quotes, such as "#2a9d83"'],
    ["title: ''", "write it, or remove the key"],
  ])("%s", (line, fix) => expect(fixOf(line)).toBe(fix));
});

test.each([
  ["archives: monthly", "write month"],
  ["archives: quarterly", "write year, month, week or day"],
  ["host: netlfy", "write netlify"],
  ["dialect: Hugo", "write hugo"],
  ["formats: [rss2]", "write rss"],
  ["content: sumary", "write summary"],
])("of a few words the nearest is named, or all of them: %s", (line, fix) => expect(fixOf(line)).toBe(fix));

test.each([
  ["baseURL: https://e.com", "write url instead"],
  ["author: Ada", "write authors instead"],
  ["kinds: { tag: true }", "write tags instead"],
  ["tags: { limit: 5 }", "write it below kinds: `kinds: { tags: … }`"],
  ["explicit: false", "write it below podcast: `podcast: { explicit: … }`"],
  ["period: daily", "write it below updates: `updates: { period: … }`"],
  ["guard: { timezone: UTC }", "write it at the left margin: timezone is a key of the file itself"],
])("a key that has another name or another place is led there: %s", (line, fix) => expect(fixOf(line)).toBe(fix));

test("a key that is given twice is named", () => {
  const result = parseSite(bytesOf("title: A\ntitle: B\n"), "content", 2026);
  expect(result).toMatchObject({
    ok: false,
    problems: [
      { line: 2, message: "the YAML cannot be read: the key title is there already", fix: "keep one of the two" },
    ],
  });
});

test("of thousands of wrong values the first are told, and the fix of no other is looked for", () => {
  const many = Array.from({ length: 20_000 }, (_, i) => `  - Category ${i}\n`).join("");
  const start = performance.now();
  const result = parseSite(bytesOf(`title: E\npodcast:\n categories:\n${many}`), "content", 2026);
  expect(result).toMatchObject({ ok: false, problems: { length: 1000 } });
  expect(performance.now() - start).toBeLessThan(20_000);
});

test("letters that changed places are one slip, and far words are near to none", () => {
  expect([slips("tgas", "tags"), slips("tags", "tag"), slips("tasg", "gats"), slips("same", "same")]).toEqual([
    1, 1, 3, 0,
  ]);
  expect(nearest("tags", ["pages", "files"])).toBeUndefined();
  expect(nearest("Time Zone", ["title", "timezone"])).toBe("timezone");
});
