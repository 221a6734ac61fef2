/** What `adopt` says of addresses, and of posts whose dates are not those of their entries. */
import { expect, test } from "vitest";
import type { Match, MovedMatch } from "../../lib/adopt/match.ts";
import { showAdoption } from "../../lib/terminal/adoption.ts";

const movedBy = (hours: number, i: number): MovedMatch => ({
  key: `posts/${i}.md`,
  by: "link",
  entry: { format: "rss", id: `id-${i}`, published: `2024-01-${String(i + 10)}T12:00:00Z` },
  published: new Date(Date.UTC(2024, 0, i + 10, 12 + hours)).toISOString(),
});

const showing = (entry: Match["entry"]): string =>
  showAdoption({
    ...{ dryRun: true, sources: [], posts: 1, file: "content/ids.jsonl", again: "", next: [], hidden: [] },
    matched: {
      matches: [{ key: "_posts/灌溉.md", by: "link", entry }],
      entries: [],
      posts: [],
      ledger: new Map(),
      moved: [],
    },
    ...{ elsewhere: { posts: [] }, refused: undefined, problems: [] },
  });

test("addresses are in their own script, but for escapes that would change or hide them", () => {
  const id = "https://example.com/2024/%E7%81%8C%E6%BA%89/%20%E2%80%AE%FF/";
  expect(showing({ format: "atom", id })).toContain("by link: https://example.com/2024/灌溉/%20%E2%80%AE%FF/");
});

function headingOf(moved: readonly MovedMatch[]): string | undefined {
  const shown = showAdoption({
    ...{ dryRun: true, sources: [], posts: 3, file: "content/ids.jsonl", again: "", next: [], hidden: [] },
    matched: { matches: [], entries: [], posts: [], ledger: new Map(), moved },
    ...{ elsewhere: { posts: [] }, refused: undefined, problems: [] },
  });
  return shown.split("\n").find((line) => line.startsWith("posts with another date"));
}

const ADVICE = "posts with another date than their entry: check their dates, and timezone in site.yaml";

test.each([
  ["all by the same hours", [-8, -8, -8], ": all are 8 hours earlier than their entries (3)"],
  ["most by the same hours", [1, 2, 2, 2], ": 3 of 4 are 2 hours later than their entries (4)"],
  ["half of them by the same", [1, 1, 2, 3], " (4)"],
  ["one alone", [8], " (1)"],
])("dates that differ, %s, are told with the hours where these say something", (_, hours, expected) => {
  expect(headingOf(hours.map(movedBy))).toBe(ADVICE + expected);
});
