/** The order of posts of the same moment, and what limits and archives make of it. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { selectWindows, type WindowInput } from "../../lib/channels/windows.ts";
import type { DialectName, ListedRecord } from "../../lib/model.ts";
import type { Limit, Site } from "../../lib/site/types.ts";
import { siteOf } from "../content/helpers.ts";
import { listedOf } from "./records.ts";

const NOW = "2026-02-10T00:00:00Z";
const DIALECTS: readonly (DialectName | undefined)[] = [undefined, "hexo", "jekyll", "eleventy", "hugo", "zola"];

const windowsOf = (records: readonly ListedRecord[], given: Partial<Site>, published: WindowInput["published"] = {}) =>
  selectWindows({ records, gone: [], site: siteOf({ pages: false, ...given }), now: NOW, published });

const momentsOf = (records: readonly ListedRecord[]) => records.map(({ facts }) => facts.published);
const keysOf = (records: readonly ListedRecord[]) => records.map(({ key }) => key);

describe("posts of the same moment", () => {
  const DAY = ["a", "b", "c", "d"].map((id, i) =>
    listedOf(id, { title: ["Weir", "Bank", "Ford", "Mill"][i] as string, url: `https://example.org/${9 - i}/` }),
  );

  test.each([
    ["jekyll", ["d", "c", "b"]],
    ["eleventy", ["d", "c", "b"]],
    ["hugo", ["b", "c", "d"]],
    ["zola", ["d", "c", "b"]],
    ["hexo", ["a", "b", "c"]],
  ] as const)("are the first ones that %s lists, where a limit parts them", (dialect, ids) => {
    const [site] = windowsOf(DAY, { dialect, limit: { entries: 3 } });
    expect(site?.records.map(({ facts }) => facts.id)).toEqual(ids);
  });
});

const record = fc.record({
  day: fc.integer({ min: 1, max: 3 }),
  month: fc.constantFrom("01", "02"),
  title: fc.constantFrom("Weir", "Bank", "Ford"),
  url: fc.integer({ min: 0, max: 99 }),
  size: fc.integer({ min: 1, max: 400 }),
});

const site = fc.record({
  dialect: fc.constantFrom(...DIALECTS),
  limit: fc.record({
    entries: fc.integer({ min: 1, max: 6 }),
    ...{ days: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }) },
    ...{ bytes: fc.option(fc.integer({ min: 1, max: 900 }), { nil: undefined }) },
  }) as fc.Arbitrary<Limit>,
  bytes: fc.integer({ min: 1000, max: 5000 }),
});

test("whatever the dialect, the site's feed and its archives carry every post, archives each once, in one order", () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 25 }), site, fc.integer({ min: 1, max: 9 }), (posts, given, step) => {
      const { dialect, limit, bytes } = given;
      const settings = { dialect, limit, archives: "month", guard: { bytes } } as unknown as Partial<Site>;
      const all = posts.map(({ day, month, title, url, size }, i) => {
        const published = `2026-${month}-0${day}T00:00:00Z`;
        return listedOf(`p${(i * 7) % 25}`, { published, title, url: `https://example.org/${url}/${i}/`, size });
      });
      let published: WindowInput["published"] = {};
      // Posts come a few at a time, and parts of archives stay where they ended.
      for (let end = step; end < all.length + step; end += step) {
        const records = all.slice(0, end);
        const windows = windowsOf(records, settings, published);
        const [current, ...archives] = windows.filter(({ channel }) => ["site", "archive"].includes(channel.kind));
        const carried = current?.records ?? [];
        const archived = archives.flatMap(({ records }) => keysOf(records));
        expect(new Set(archived).size).toBe(archived.length);
        expect([...new Set([...keysOf(carried), ...archived])].sort()).toEqual(keysOf(records).sort());
        const moments = momentsOf(records).sort().reverse();
        expect(momentsOf(carried)).toEqual(moments.slice(0, carried.length));
        const turned = windowsOf([...records].reverse(), settings, published);
        expect(turned.map(({ records }) => keysOf(records))).toEqual(windows.map(({ records }) => keysOf(records)));
        published = Object.fromEntries(windows.map(({ channel, until }) => [channel.key, until ? { until } : {}]));
      }
    }),
    { numRuns: 300 },
  );
});
