/** Words that hold a post back, in the spellings of any generator, and words that mean something else. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseWith } from "../helpers.ts";

const heldBackWith = (line: string) => {
  const { post, heldBack } = parseWith(line);
  return post ? post.hidden : heldBack;
};

describe("a post is held back by", () => {
  test.each([
    ...["no_rss: true", "noFeed: true", "hideInRSS: true", "hide_from_feed: true", "excludeFromRSS: yes"],
    ...["exclude_from_the_feed: true", "skip_feed: true", "ignore-feeds: true", "disableRSS: true", "omit_feed: 1"],
    ...["rss_ignore: true", "feed_exclude: true", "rssHidden: true", "hiddenFromRss: true", "no_atom_feed: true"],
    ...["in_feed: false", "includeInRss: no", "show_in_feed: false", "feedEnabled: false", "publish_to_feeds: false"],
    ...["listed: false", "isListed: false", "public: false", "isPublic: no", "visible: false", "isVisible: false"],
    ...["invisible: true", "isHidden: true", "is_private: true", "unlisted: true", "secret: true", "internal: true"],
    ...["article: false", "show: false", "disabled: true", "enabled: false", "render: false", "exclude: true"],
    ...["access: private", "access: members", "access: [subscribers]", "outputs: [html]", "outputs: HTML"],
    ...["build: { list: never }", "_build: { render: false }", "feed: { exclude: true }", "rss: { include: false }"],
    ...["hide: [feed]", "hide: [toc, rss]", "hide: all", "hideinrss: perhaps", "in_feed: perhaps", "visible: perhaps"],
    ...["params: { hidden: true }", "extra: { hide_from_feed: true }", "seo: { unlisted: true }"],
    ...["params: { seo: { hidden: true } }", "page: { hidden: true }", "feeds: none", "noindex_feed: true"],
    ...[
      "hide: [list]",
      "hide: [rss_feed]",
      "no_feed: /x",
      "hide: [all]",
      "hide: { all: true }",
      "hide: toc, rss",
      "hide: oui",
      "seo: { hide_from_feed: true }",
    ],
    ...["feed: none", "params: { feed: false }"],
    ...["params: { feed: { exclude: true } }", "params: { build: { list: never } }", "params: { access: private }"],
  ])("%s", (line) => expect(heldBackWith(line)).toBe("hidden"));

  test.each([
    ...["isPublished: false", "is_published: no", "unpublished: true", "not_published: true", "do_not_publish: true"],
    ...["published: perhaps", "publish: false", "isDraft: true", "wip: true", "work_in_progress: true"],
    ...["params: { draft: true }", "params: { published: false }", "extra: { status: draft }", "seo: { draft: true }"],
    ...["dg-publish: false", "state: draft", "page: { draft: true }", "params: { state: private }"],
  ])("%s, as a draft", (line) => expect(heldBackWith(line)).toBe("draft"));

  test("a password below `params`", () => expect(heldBackWith("params: { password: x }")).toBe("password"));
});

describe("a post is not held back by", () => {
  test.each([
    ...["sitemap: false", "noindex: true", "archived: true", "comments: false", "index: false", "searchable: false"],
    ...["seo: { noindex: true }", "params: { comments: false }", "sitemap: { exclude: true }", "robots: noindex"],
    ...["search_exclude: true", "nav_exclude: true", "hideFromHomePage: true", "hide_table_of_contents: true"],
    ...["show: The Morning Show", "article: An essay", "secret: a sauce", "internal: notes", "enabled: true"],
    ...["show_in_feed: true", "no_feed: false", "listed: true", "public: yes", "visible: true", "access: public"],
    ...["outputs: [html, rss]", "outputs: [HTML, json]", "build: { list: always }", "hide: [navigation, toc]"],
    ...["feed: { excerpt_only: true }", "feed: true", "params: { published: 2024-01-01 }", "theme: { hidden: true }"],
    ...["seo: { enabled: false }", "seo: { render: false }", "seo: { disable: true }", "seo: { exclude: true }"],
    ...["seo: { ignore: true }", "params: { show: false }", "params: { disabled: true }", "extra: { enable: false }"],
    ...["extra: { skip: true }", "extra: { status: idea }", "seo: { published: false }", "state: California"],
    ...["hide: toc", "hide: navigation, toc", "hide: [feed_icon]", "hide: [home]", "hide: { home: true }"],
    ...["feed: /my.xml", "rss: /rss.xml", "rss: https://example.org/feed", "publish: 2024-01-05"],
    ...["feeds: https://example.org/feed.xml", "feed_name: a", "no_feed_image: true", "params: { draft: false }"],
  ])("%s", (line) => expect(heldBackWith(line)).toBeUndefined());
});

test("a date to publish at is one", () => {
  expect(parseWith("publish: 2031-01-05").post?.published).toBe("2031-01-05T00:00:00Z");
});

test("a word below `params` that is neither true nor false is told by its whole name", () => {
  const { problems } = parseWith("params: { hidden: perhaps }");
  expect(problems.map(({ line, message }) => [line, message])).toEqual([
    [4, "params.hidden: perhaps is neither true nor false"],
  ]);
});

test("every key made of a word for leaving out and one for feeds holds a post back, in any spelling", () => {
  const word = fc.constantFrom("hide", "exclude", "skip", "no", "ignore", "disable", "omit");
  const between = fc.constantFrom("", "from", "in", "from_the");
  const feed = fc.constantFrom("feed", "rss", "feeds", "rss_feed");
  const spell = fc.constantFrom(
    (parts: readonly string[]) => parts.join("_"),
    (parts: readonly string[]) => parts.join("-"),
    ([first = "", ...rest]: readonly string[]) =>
      first + rest.map((each) => each.slice(0, 1).toUpperCase() + each.slice(1)).join(""),
  );
  fc.assert(
    fc.property(word, between, feed, spell, fc.boolean(), (left, middle, what, spelt, value) => {
      const name = spelt([left, ...middle.split("_"), ...what.split("_")].filter((part) => part !== ""));
      expect([name, heldBackWith(`${name}: ${value}`)]).toEqual([name, value ? "hidden" : undefined]);
    }),
  );
});
