/** Windows of a run are reused in the next, as long as they were made from the same objects. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newestFirst } from "../../lib/channels/cut.ts";
import { sortIncrementally } from "../../lib/channels/memoisation.ts";
import { selectWindows } from "../../lib/channels/windows.ts";
import type { ListedRecord } from "../../lib/model.ts";
import type { KindRule, Site } from "../../lib/site/types.ts";
import { siteOf } from "../content/helpers.ts";
import { listedOf } from "./records.ts";

const TAGS: KindRule = { path: "tags/{slug}/", limit: { entries: 20 }, content: "full", formats: ["rss"] };
const siteWithTags = () => siteOf({ kinds: { tags: TAGS } });

function tagWindow(records: readonly ListedRecord[], site: Site, now = "2026-06-15T12:00:00Z") {
  return selectWindows({ records, gone: [], site, now }).find(({ channel }) => channel.key === "tags/x");
}

describe("a window", () => {
  const [a, b] = [listedOf("a", { tags: ["x"] }), listedOf("b", { tags: ["x"] })];

  test("is the same object if its posts and the site are the same objects", () => {
    const site = siteWithTags();
    expect(tagWindow([b, a], site)).toBe(tagWindow([a, b], site));
    expect(tagWindow([a, b], siteWithTags())).not.toBe(tagWindow([a, b], site));
  });

  test("is cut anew if a post was added, removed or replaced", () => {
    const site = siteWithTags();
    const idsOf = (...records: readonly ListedRecord[]) => tagWindow(records, site)?.records.map(({ etag }) => etag);
    expect(idsOf(a)).toEqual(["a"]);
    expect(idsOf(a, b)).toEqual(["a", "b"]);
    expect(idsOf(b)).toEqual(["b"]);
    expect(idsOf({ ...b, etag: "new" })).toEqual(["new"]);
  });

  test("of a channel that is gone is not kept", () => {
    const site = siteWithTags();
    const window = tagWindow([a, b], site);
    expect(window).toBeDefined();
    expect(tagWindow([], site)).toBeUndefined();
    expect(tagWindow([a, b], site)).not.toBe(window);
  });

  test("with a stream is cut anew each time, since its status depends on the time", () => {
    const site = siteWithTags();
    const stream = listedOf("s", { tags: ["x"], live: { start: "2026-06-15T13:00:00Z" } });
    expect(tagWindow([stream], site)?.live).toEqual({ s: "pending" });
    expect(tagWindow([stream], site, "2026-06-15T13:00:00Z")?.live).toEqual({ s: "live" });
  });
});

test("sorting incrementally gives what sorting gives, whatever was sorted before", () => {
  const record = fc
    .tuple(fc.nat(5), fc.nat(99))
    .map(([day, id]) => listedOf(`${id}`, { published: `2026-01-0${day + 1}T00:00:00Z` }));
  const records = fc.uniqueArray(record, { selector: ({ facts }) => facts.id, maxLength: 12 });
  fc.assert(
    fc.property(
      records.chain((all) => fc.tuple(fc.subarray(all), fc.shuffledSubarray(all))),
      ([before, items]) => {
        const sorted = [...before].sort(newestFirst);
        expect(sortIncrementally(sorted, items, newestFirst)).toEqual([...items].sort(newestFirst));
      },
    ),
  );
});
