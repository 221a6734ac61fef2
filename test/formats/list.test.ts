/** `feeds.json`: every channel for programs. */
import { expect, test } from "vitest";
import type { CountedListing } from "../../lib/formats/directory.ts";
import { renderList } from "../../lib/formats/list.ts";
import { FEEDS, sampleList, sampleListing } from "./samples.ts";

const listOf = (...counted: readonly CountedListing[]) => JSON.parse(renderList(sampleList("list", counted)));

test("feeds.json names its generator, its version and its site", () => {
  expect(listOf()).toEqual({
    generator: "Dripfeed",
    version: 1,
    title: "Field notes",
    description: "Notes from a field",
    url: "https://example.com/",
    feeds: FEEDS,
    language: "en",
    channels: [],
  });
});

test("feeds.json has each channel with its names, path, feeds and page", () => {
  const listing = sampleListing("categories/a/b", 3, { language: "zh-CN", formats: ["atom", "json"] });
  expect(listOf(listing).channels).toEqual([
    {
      key: "categories/a/b",
      kind: "categories",
      name: ["a", "b"],
      path: "categories/a/b/",
      language: "zh-CN",
      title: "Field notes: a / b",
      description: "Notes from a field",
      page: `${FEEDS}categories/a/b/`,
      feeds: { atom: `${FEEDS}categories/a/b/atom.xml`, json: `${FEEDS}categories/a/b/feed.json` },
    },
  ]);
});

test("feeds.json has no page for channels without one", () => {
  const { listing, total } = sampleListing("tags/a");
  const { page: _, ...others } = listing;
  expect(listOf({ listing: others, total }).channels[0]).not.toHaveProperty("page");
});

test("feeds.json does not depend on the number of posts, and has one line for each channel", () => {
  const rendered = (total: number) =>
    renderList(sampleList("list", [sampleListing("tags/a", total), sampleListing("tags/b")]));
  expect(rendered(1)).toBe(rendered(2));
  expect(
    rendered(1)
      .split("\n")
      .filter((line) => line.includes('"key"')),
  ).toHaveLength(2);
});
