/** Posts of Zola: what their front matter and their names say in its own way. */
import { describe, expect, test } from "vitest";
import type { Post } from "../../../lib/model.ts";
import { parse, postOf, siteOf } from "../helpers.ts";

const site = siteOf({
  dialect: "zola",
  permalink: "/:sections/:slug/",
  posts: ["content/**"],
  languages: ["en", "fr"],
});
const file = (front: string, body = "Text.\n") => `+++\ntitle = "A"\n${front}\n+++\n${body}`;
const zola = (front: string, key = "content/blog/a.md", body?: string): Post =>
  postOf(parse(key, file(front, body), site));
const path = (front: string, key?: string) => zola(front, key).url.replace("https://example.org", "");

describe("the address", () => {
  const DATE = "date = 2024-01-02";
  test.each([
    [DATE, "content/blog/a.md", "/blog/a/"],
    [DATE, "content/a.md", "/a/"],
    [DATE, "content/Field Notes/Über uns.md", "/Field%20Notes/uber-uns/"],
    [DATE, "content/blog/九点半.md", "/blog/jiu-dian-ban/"],
    [DATE, "content/blog/C++ & Rust!.md", "/blog/c-rust/"],
    [DATE, "content/blog/v1.2_b.md", "/blog/v1-2-b/"],
    ["", "content/blog/2024-01-02-hello.md", "/blog/hello/"],
    ["", "content/blog/2024-01-02_hello.md", "/blog/hello/"],
    ["", "content/blog/2024-01-02-hello/index.md", "/blog/hello/"],
    [DATE, "content/blog/hello/index.fr.md", "/fr/blog/hello/"],
    [DATE, "content/blog/hello.fr.md", "/fr/blog/hello/"],
    [`${DATE}\nslug = "Ein Schlüssel"`, "content/blog/a.md", "/blog/ein-schlussel/"],
    [`${DATE}\npath = "notes/first"`, "content/blog/a.md", "/notes/first/"],
    [`${DATE}\npath = "/notes/first/"`, "content/blog/a.fr.md", "/notes/first/"],
    [`${DATE}\npath = "a.html"\nslug = "b"`, "content/blog/a.md", "/a.html/"],
    [
      `${DATE}\naliases = ["old"]\n[extra]\nslug = "x"\nurl = "/y/"\npermalink = "/z/"`,
      "content/blog/a.md",
      "/blog/a/",
    ],
  ])("with %j at %s is %s", (front, key, expected) => expect(path(front, key)).toBe(expected));
});

describe("the date", () => {
  test.each([
    ["", "content/blog/2024-01-02-hello.md", "2024-01-02T00:00:00Z"],
    ["", "content/blog/2024-01-02T10:20:30+01:00-hello.md", "2024-01-02T09:20:30Z"],
    ["date = 2023-05-06T07:08:09Z", "content/blog/2024-01-02-hello.md", "2023-05-06T07:08:09Z"],
    ['path = "2024/01/02/hello"', "content/hello.md", "2024-01-02T00:00:00Z"],
    ['path = "notes/2024-1-2-hello"', "content/hello.md", "2024-01-02T00:00:00Z"],
    ['date = "2023-05-06"\npath = "2024/01/02/hello"\nweight = 20220101', "content/hello.md", "2023-05-06T00:00:00Z"],
  ])("with %j at %s is %s", (front, key, instant) => expect(zola(front, key).published).toBe(instant));

  test.each(['path = "2024/13/45/hello"', 'path = "1234/5/6"', "weight = 20240102", '[extra]\ndate = "2024-01-02"'])(
    "is no part of %j",
    (front) => expect(parse("content/hello.md", file(front), site).problems).toMatchObject([{ code: "date-missing" }]),
  );

  test("in the address counts in every dialect", () => {
    const text = "---\ntitle: A\npermalink: /2024/01/02/hello/\n---\n";
    expect(postOf(parse("posts/a.md", text)).published).toBe("2024-01-02T00:00:00Z");
  });
});

describe("what a post says", () => {
  test("in its taxonomies is one category each, tags and authors", () => {
    const post = zola(
      'date = 2024-01-02\n[taxonomies]\ntags = ["a, b", "c"]\ncategories = ["d", "e"]\nauthors = ["Ann"]',
    );
    expect(post).toMatchObject({ tags: ["a, b", "c"], categories: [["d"], ["e"]], authors: [{ name: "Ann" }] });
  });

  test("in [extra] and holds it back is told once, or is none of its words", () => {
    const read = (extra: string) => parse("content/blog/a.md", file(`date = 2024-01-02\n[extra]\n${extra}`), site);
    expect(read('feed = "x"').problems.map(({ message }) => message)).toEqual([
      "extra.feed: x is neither true nor false",
    ]);
    expect(read("draft = true").post?.hidden).toBe("draft");
    expect(read('enable = false\nstatus = "idea"').post?.hidden).toBeUndefined();
  });

  test("in [extra] counts, after what is beside it", () => {
    const post = zola('date = 2024-01-02\n[extra]\nauthor = "Ann"\nimage = "/a.png"\ntitle = "B"\ntags = ["c"]');
    expect(post).toMatchObject({
      title: "A",
      tags: [],
      image: "https://example.org/a.png",
      authors: [{ name: "Ann" }],
    });
    expect(zola('date = 2024-01-02\nauthors = ["Bob"]\n[extra]\nauthor = "Ann"').authors).toEqual([{ name: "Bob" }]);
  });

  test("in another line of [extra] is no update", () => {
    const digestOf = (more: string) => zola(`date = 2024-01-02\n[extra]\nimage = ["/a.png"]\n${more}`).sourceDigest;
    expect(digestOf("toc = true")).toBe(digestOf("toc = false"));
    expect(digestOf('video = "/a.mp4"')).not.toBe(digestOf('video = "/b.mp4"'));
  });

  test.each([
    ["render = false", "hidden"],
    ["draft = true", "draft"],
    ["[extra]\nhidden = true", "hidden"],
    ["[extra]\ndraft = true", "draft"],
  ])("with %j holds it back", (front, reason) => {
    expect(zola(`date = 2024-01-02\n${front}`).hidden).toBe(reason);
  });

  test("with other keys means nothing to feeds", () => {
    const post = zola('date = 2024-01-02\nrender = true\ntemplate = "a.html"\nin_search_index = false\nweight = 3');
    expect(post.hidden).toBeUndefined();
    expect(zola("date = 2024-01-02\n[extra]\ncomments = true\n[[extra.links]]\nurl = 'a'").hidden).toBeUndefined();
  });

  test("in a section is about no post", () => {
    const section = file('sort_by = "date"\ntransparent = true');
    expect(parse("content/blog/_index.md", section, site)).toMatchObject({ heldBack: "hidden", problems: [] });
  });
});
