/** Windows of a run are reused in the next, as long as they were made from the same objects. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { present } from "../../lib/base/optional.ts";
import type { Bound } from "../../lib/channels/types.ts";
import { selectWindows } from "../../lib/channels/windows.ts";
import type { ListedRecord, PostRecord } from "../../lib/model.ts";
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

describe("windows that are moved on from those of the last run", () => {
  const NOW = "2026-06-15T12:00:00Z";
  const RULE = { limit: { entries: 3 }, content: "full", formats: ["rss"] } as const;
  const fresh = (): Site =>
    siteOf({
      archives: "month",
      limit: { entries: 2 },
      tombstones: 30,
      kinds: { tags: { path: "tags/{slug}/", ...RULE }, languages: { path: "languages/{slug}/", ...RULE } },
      channels: [{ ...RULE, path: "both", of: { tags: ["x", "y"] }, match: "all" }],
    });

  const record: fc.Arbitrary<PostRecord> = fc
    .record({
      id: fc.nat(12),
      version: fc.nat(2),
      month: fc.integer({ min: 3, max: 6 }),
      day: fc.integer({ min: 1, max: 9 }),
      tags: fc.uniqueArray(fc.constantFrom("x", "X", "y", "z"), { maxLength: 2 }),
      language: fc.constantFrom("en", "zh-CN"),
      translation: fc.option(fc.constantFrom("a", "b"), { nil: undefined, freq: 6 }),
      live: fc.option(fc.constant({ start: "2026-06-15T13:00:00Z" }), { nil: undefined, freq: 9 }),
      away: fc.option(fc.constantFrom("2026-06-01T00:00:00Z", "2026-01-01T00:00:00Z"), { nil: undefined, freq: 5 }),
    })
    .map(({ id, version, month, day, tags, language, translation, live, away }) => {
      const published = `2026-0${month}-0${day}T00:00:00Z`;
      const facts = { published, tags, language, ...present({ translation, live }) };
      return listedOf(`${id}`, facts, {
        etag: `${id}-${version}`,
        ...(away !== undefined && { state: "hidden", left: away }),
      });
    });
  const lists = fc.array(fc.uniqueArray(record, { selector: ({ key }) => key, maxLength: 10 }), {
    minLength: 2,
    maxLength: 4,
  });

  test("are what they are without a run before, whatever that run knew", () => {
    fc.assert(
      fc.property(lists, (runs) => {
        const site = fresh();
        let published: { readonly [key: string]: { readonly until?: Bound } } = {};
        let before: readonly PostRecord[] = [];
        for (const run of runs) {
          // What is the same is the very same object, as in the runs of a process.
          const same = new Map(before.map((one) => [JSON.stringify(one), one]));
          const records = run.map((one) => same.get(JSON.stringify(one)) ?? one);
          const given = { records, gone: [], now: NOW, published };
          const windows = selectWindows({ ...given, site });
          expect(windows).toEqual(selectWindows({ ...given, site: fresh() }));
          published = Object.fromEntries(windows.map(({ channel, until }) => [channel.key, present({ until })]));
          before = records;
        }
      }),
    );
  });
});
