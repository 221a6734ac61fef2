/** Keys of front matter that are nearly ones that are read. */
import { describe, expect, test } from "vitest";
import { parsePost } from "../../../lib/content/post.ts";
import type { Site } from "../../../lib/site/types.ts";
import { bytesOf, siteOf } from "../helpers.ts";

function read(lines: readonly string[], site: Partial<Site> = {}) {
  const all = ["---", ...lines, "---", "Words."].join("\n");
  return parsePost("posts/a.md", bytesOf(all), siteOf(site));
}

const RIGHT = ["title: T", "date: 2024-01-02", "slug: a"];

/** In a post that has every other key. */
const problemsOf = (line: string, site?: Partial<Site>) =>
  read([...RIGHT.filter((each) => each[0] !== line[0]?.toLowerCase()), line], site).problems.filter(
    ({ code }) => code === "key-misspelt",
  );

test.each([
  ["tgas: [a]", "write tags"],
  ["tasg: [a]", "write tags"],
  ["titel: T", "write title"],
  ["Ttile: T", "write title"],
  ["itle: T", undefined],
  ["catagories: [a]", "write categories"],
  ["categores: [a]", "write categories"],
  ["desciption: D", "write description"],
  ["autor: Ada", "write author"],
  ["permlink: /a/", "write permalink"],
  ["udpated: 2024-02-03", "write updated"],
  ["lastmdo: 2024-02-03", "write lastmod"],
  ["coverr: a.png", "write cover"],
])("%s: the key that was meant is named", (line, fix) => expect(problemsOf(line)[0]?.fix).toBe(fix));

test("letters that look like others are told as such", () => {
  expect(problemsOf("dat\u0435: 2024-01-02")).toMatchObject([
    {
      severity: "warning",
      message: "dat\u0435 has a letter of another alphabet that looks like one of date",
      fix: "write date",
    },
  ]);
  expect(problemsOf("ｔａｇｓ: [a]")).toMatchObject([{ fix: "write tags" }]);
});

test("the line and the reason are told", () => {
  expect(problemsOf("tgas: [a]")).toMatchObject([{ file: "posts/a.md", line: 4, message: "nothing reads tgas" }]);
});

test("an own taxonomy is read, too", () => {
  expect(problemsOf("serieses: a", { taxonomies: ["series"] })).toEqual([]);
  expect(problemsOf("columsn: a", { taxonomies: ["columns"] })).toMatchObject([{ fix: "write columns" }]);
  expect(problemsOf("columsn: a")).toEqual([]);
});

test("a key that is read, or that themes and plugins have, is no slip", () => {
  const keys = `
    tag tags category author hosts images covers update data dates tabs titles subtitle layout toc math mathjax katex
    menu weight type series sticky top pinned aliases keywords cdate mdate edate rating related draft-note videos audios
    lang locale comment comments copyright license top_img index_img mermaid sidebar featured highlight shortcuts
    publisher modifier expired language languages languagecode imagealt image_alt cover_alt author_name authorid
    disablecomments showtoc reward noindex robots outdated tile style slugs seo og twitter share stats redirect_from
    url linktitle markup outputs resources cascade cssclass cssclasses class id uuid key name label labels state status
    topic topics excerpt except updater primate mood music location weather difficulty version level order nav_order parent has_children
    date_created created pubdate pub_date post_id image_caption header overlay_image teaser tagline heading hero
    lastmodified prev next prevpage nextpage part chapter draft_until audience sources podcasts seasons episodes
  `.trim();
  for (const key of keys.split(/\s+/)) expect([key, problemsOf(`${key}: words`)]).toEqual([key, []]);
});

test("a slip beside the right key, or without a value, does no harm", () => {
  expect(read([...RIGHT, "tags: [a]", "tgas: [b]"]).problems).toEqual([]);
  expect(read([...RIGHT, "tgas:"]).problems).toEqual([]);
});

describe("a key that is to keep a post back does so misspelt", () => {
  test.each([
    ["draf: true", "draft"],
    ["darft: yes", "draft"],
    ["pubished: false", "draft"],
    ["hiden: true", "hidden"],
    ["pasword: secret", "password"],
  ])("%s", (line, hidden) => {
    const { post, problems } = read([...RIGHT, line]);
    expect(post?.hidden).toBe(hidden);
    expect(problems).toMatchObject([
      { code: "key-misspelt", message: expect.stringContaining("the post is held back") },
    ]);
  });

  test.each([
    "hidden_tags: true",
    "hiddenTags: true",
    "draftLink: true",
    "draft_notes: true",
    "publishDate: 2024-01-02",
    "publisher: false",
    "passwords: true",
    "passwordHint: words",
    "primate: true",
    "drift: true",
    "privat: false",
    "unpublishd: no",
  ])("and %s, which is another key or says no, keeps none", (line) => {
    expect(read([...RIGHT, line]).post).toMatchObject({ title: "T" });
    expect(read([...RIGHT, line]).post?.hidden).toBeUndefined();
  });

  test("and a value that keeps no post back keeps none", () => {
    for (const line of ["draf: false", "pubished: true", "pubished: 2024-01-02", "draf: second"]) {
      const { post, problems } = read([...RIGHT, line]);
      expect([line, post?.hidden]).toEqual([line, undefined]);
      expect(problems).toMatchObject([{ code: "key-misspelt", fix: expect.stringMatching(/^write \w+$/) }]);
    }
  });
});

test("of a language that is none the one that was meant is named", () => {
  const { post, problems } = read([...RIGHT, "lang: jp"]);
  expect(post?.language).toBe("en");
  expect(problems).toMatchObject([{ code: "language-unknown", message: '"jp" is no language tag, as ja is' }]);
});
