/** Whether Hugo made the same documents as we did. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkHugo } from "./check.ts";

describe("what Hugo wrote", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "dripfeed-check-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  type Items = readonly { readonly title: string; readonly content_html: string }[];
  type Feeds = { readonly [path: string]: Items | undefined };
  function output(feeds: Feeds, rss = ONE_ENTRY): string {
    const place = mkdtempSync(join(folder, "output-"));
    for (const [path, items] of Object.entries({ "": ALL, ...feeds })) {
      if (!items) continue;
      mkdirSync(join(place, path), { recursive: true });
      writeFileSync(join(place, path, "feed.json"), JSON.stringify({ items }));
    }
    writeFileSync(join(place, "rss.xml"), rss);
    return place;
  }
  const ONE_ENTRY = "<rss><item></item></rss>";
  const ALL = ["a", "b", "c", "d"].map((title) => ({ title, content_html: `<p>${title.repeat(100)}</p>` }));
  const SOME = ALL.slice(0, 2);

  test("is the same if it has our entries in full, in any order, and a category within another by its own name", () => {
    const ours = output({ "tags/a": SOME, "categories/tech/web": SOME });
    const theirs = output({ "": ALL.toReversed(), "tags/a": SOME, "categories/web": SOME });
    expect(checkHugo(theirs, ours)).toEqual({ documents: 4 });
  });

  test.each<[fault: string, theirs: Feeds, rss?: string]>([
    ["is not well-formed", {}, "<rss>"],
    ["rss.xml has 0 entries, ours 1", {}, "<rss/>"],
    ["of 4 entries it has 1", { "": ALL.map((item, i) => (i < 3 ? { ...item, title: `${i}` } : item)) }],
    ["d is incomplete", { "": ALL.map((item) => (item.title === "d" ? { ...item, content_html: "" } : item)) }],
    ["it alone has tags/b/feed.json", { "tags/b": SOME }],
    ["it has no tags/a/feed.json", { "tags/a": undefined }],
    ["tags/a/feed.json has 4 entries, ours 2", { "tags/a": ALL }],
  ])("is not the same: %s", (fault, theirs, rss) => {
    const ours = output({ "tags/a": SOME });
    expect(checkHugo(output({ "tags/a": SOME, ...theirs }, rss), ours).fault).toContain(fault);
  });
});
