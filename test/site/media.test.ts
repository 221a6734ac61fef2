/** Addresses of media: under a base of their own, and by way of a service that counts requests. */
import { describe, expect, test } from "vitest";
import { mediaBaseOf, mediaFoldersOf, prefixed, servedAt, siteAt, unprefixed } from "../../lib/site/media.ts";
import { parseSite } from "../../lib/site/site.ts";
import type { Site } from "../../lib/site/types.ts";
import { siteOf } from "../content/helpers.ts";

const BLOG = { url: "https://example.com/blog/", media: "https://media.example.com/" };

describe("the base of media", () => {
  test.each([
    ["https://example.com/media/a.mp3", "https://media.example.com/media/a.mp3"],
    ["https://example.com/blog/media/2024/a%20b.mp3?v=2#t=3", "https://media.example.com/media/2024/a%20b.mp3?v=2#t=3"],
    ["https://example.com/images/a.png", "https://example.com/images/a.png"],
    ["https://example.com/mediabase/a.png", "https://example.com/mediabase/a.png"],
    ["https://other.example/media/a.mp3", "https://other.example/media/a.mp3"],
    ["https://media.example.com/media/a.mp3", "https://media.example.com/media/a.mp3"],
  ])("%s is served at %s", (named, served) => {
    expect(servedAt(named, mediaBaseOf(BLOG))).toBe(served);
  });

  test("is none where media are served below the site's own URL", () => {
    expect(mediaBaseOf({ ...BLOG, media: BLOG.url })).toBeUndefined();
    expect(servedAt("https://example.com/media/a.mp3", undefined)).toBe("https://example.com/media/a.mp3");
  });
});

function parsedSite(more: string): Site {
  const yaml = `title: T\nurl: https://example.com/\nsince: 2020\n${more}\n`;
  const result = parseSite(new TextEncoder().encode(yaml), "test", 2026);
  if (!result.ok) throw new Error("no site");
  return result.site;
}

describe("new files of media", () => {
  const folders = (yaml: string) => [...new Set(mediaFoldersOf(parsedSite(yaml)).values())];

  test.each([
    ["dialect: hugo", ["static/media/"]],
    ["dialect: zola", ["static/media/"]],
    ["dialect: astro", ["public/media/"]],
    ["dialect: astro\nposts: [src/data/blog]", ["public/media/"]],
    ['dialect: hexo\nposts: ["source/_posts/**"]', ["source/media/"]],
    // Posts tell whether the folder of the content is Hexo's source folder.
    ["dialect: hexo", ["source/media/", "media/"]],
    ["dialect: jekyll", ["media/"]],
    ["dialect: eleventy", ["media/"]],
    ["dialect: plain", ["media/"]],
    ["", ["media/"]],
    ['posts: ["./content/posts/**"]', ["static/media/"]],
    ["posts: [source/_posts]", ["source/media/"]],
    ["posts: [src/content/blog]", ["public/media/"]],
    ["posts: [src/posts]", ["media/"]],
    ['dialect: hugo\nposts: ["posts/**"]', ["media/"]],
    ["dialect: hugo\nmedia: https://media.example.com/", ["media/"]],
  ])("of a site with %j go to %j", (yaml, expected) => {
    expect(folders(yaml)).toEqual(expected);
  });
});

describe("a prefix for enclosures", () => {
  test.each([
    ["https://op3.dev/e/", "https://example.com/a.mp3?x=1", "https://op3.dev/e/example.com/a.mp3?x=1"],
    ["https://op3.dev/e/", "http://example.com/a.mp3", "https://op3.dev/e/http://example.com/a.mp3"],
    [
      "https://op3.dev/e,pg=1b2c/",
      "https://example.com:8443/a.mp3",
      "https://op3.dev/e,pg=1b2c/example.com:8443/a.mp3",
    ],
    [
      "https://dts.podtrac.com/redirect.mp3/",
      "http://example.com/a.mp3",
      "https://dts.podtrac.com/redirect.mp3/example.com/a.mp3",
    ],
    [
      "https://op3.dev/e/dts.podtrac.com/redirect.mp3/",
      "https://example.com/%E6%B0%B4.mp3",
      "https://op3.dev/e/dts.podtrac.com/redirect.mp3/example.com/%E6%B0%B4.mp3",
    ],
  ])("%s before %s gives %s", (prefix, url, expected) => expect(prefixed(url, prefix)).toBe(expected));

  test.each([
    "https://op3.dev/e/example.com/a.mp3",
    "https://dts.podtrac.com/redirect.mp3/op3.dev/e/example.com/a.mp3",
  ])("leaves alone what leads there already: %s", (url) => expect(prefixed(url, "https://op3.dev/e/")).toBe(url));
});

test.each([
  ["https://op3.dev/e/", "https://op3.dev/e/example.com/a.mp3", "https://example.com/a.mp3"],
  ["https://op3.dev/e/", "https://op3.dev/e/http://example.com/a.mp3", "http://example.com/a.mp3"],
  ["https://op3.dev/e/", "https://example.com/a.mp3", "https://example.com/a.mp3"],
  [undefined, "https://op3.dev/e/example.com/a.mp3", "https://op3.dev/e/example.com/a.mp3"],
])("by way of %s, %s leads to %s", (prefix, url, served) => expect(unprefixed(url, prefix)).toBe(served));

test("a site at other addresses has its own pictures there, and those of others where they are", () => {
  const local = { feeds: "http://127.0.0.1:4000/feeds/", media: "http://127.0.0.1:4000/", enclosurePrefix: undefined };
  const site = siteOf({
    ...BLOG,
    icon: "https://media.example.com/media/icon.png",
    image: "https://other.example/media/a.png",
  });
  expect(siteAt({ ...site, favicon: "https://example.com/blog/media/f.ico" }, local)).toMatchObject({
    ...local,
    icon: "http://127.0.0.1:4000/media/icon.png",
    favicon: "http://127.0.0.1:4000/media/f.ico",
    image: "https://other.example/media/a.png",
  });
});
