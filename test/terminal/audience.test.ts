/** The audience in a terminal: a month, a day that has not ended, and nothing. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type AudienceInput, selectAudience } from "../../lib/audience/summary/summary.ts";
import { showAudience } from "../../lib/terminal/audience.ts";
import { longTable, table } from "../../lib/terminal/table.ts";
import type { Paint } from "../../lib/terminal/text.ts";
import { CHANNELS, channelOf, dayOf, MONTH, publishedAt, RECORDINGS, recordingOf, SITE } from "../audience/counted.ts";

const shown = (given: Partial<AudienceInput>, paint?: Paint): Promise<string> =>
  showAudience(
    selectAudience({
      days: [],
      channels: [],
      recordings: [],
      site: SITE,
      today: "2026-12-01",
      isServed: () => false,
      ...given,
    }),
    {
      paint,
    },
  );

/** Each `.txt` is what is shown of these. */
const CASES: { readonly [name: string]: Partial<AudienceInput> } = {
  month: { days: MONTH, channels: CHANNELS, recordings: RECORDINGS, today: "2026-11-30" },
  partial: { days: MONTH, channels: CHANNELS, recordings: RECORDINGS, today: "2026-10-30" },
  nothing: { channels: CHANNELS, recordings: RECORDINGS },
};

describe("the audience", () => {
  test.each(Object.entries(CASES))("of %s", async (name, given) => {
    expect(`${await shown(given)}\n`).toBe(readFileSync(`test/terminal/audience/${name}.txt`, "utf8"));
  });

  test("is cut where there are many channels", async () => {
    const keys = Array.from({ length: 500 }, (_, i) => `tags/${i}`);
    const read = Object.fromEntries(keys.slice(0, 300).map((key) => [key, channelOf({ readers: { Miniflux: 1 } })]));
    const text = await shown({ days: [dayOf("2026-11-30", { channels: read })], channels: publishedAt(...keys) });
    expect(text.split("\n").length).toBeLessThan(110);
    expect(text).toContain("channels (300)\n");
    expect(text.match(/… and .*/g)).toEqual(["… and 261 more; --json shows all"]);
  });

  test("of one subscriber is told in the singular", async () => {
    const channels = { site: channelOf({ subscribers: { Feedly: 1 }, formats: { rss: 1 } }) };
    expect(await shown({ days: [dayOf("2026-11-30", { channels, readers: { Miniflux: 1 }, requests: 1 })] })).toMatch(
      /^Golden Drip: ~2 subscribers on 2026-11-30: 1 reported by aggregators, ~1 other reader\ncounted: 2026-11-30, 1 request of any kind\n/,
    );
    expect(await shown({ days: [dayOf("2026-11-30", { channels })] })).toMatch(/^Golden Drip: 1 subscriber on /);
  });

  test("of a day with a doubtful count says so first", async () => {
    const channels = (Feedly: number) => ({ site: channelOf({ subscribers: { Feedly } }) });
    const days = [
      dayOf("2026-11-29", { channels: channels(30) }),
      dayOf("2026-11-30", { channels: channels(9_000_000) }),
    ];
    expect(await shown({ days })).toMatch(/^Golden Drip: 30 subscribers .*; without 1 doubtful count\n/);
  });

  test("shows nothing of what was sent that controls the terminal", async () => {
    const nasty = "\u001b[31m\u202e\n";
    const days = [
      dayOf("2026-11-30", {
        channels: { [nasty]: channelOf({ subscribers: { [nasty]: 1 }, readers: { [nasty]: 1 } }) },
        readers: { [nasty]: 1 },
        missing: { [`/${nasty}%1b%0a%E2%80%AE`]: { requests: 1, subscribers: 0 } },
        former: { [nasty]: { kind: "alias", requests: 1, subscribers: 0 } },
        agents: { [nasty]: { kind: "bot", requests: 99, unchanged: 0, bytes: 1, pairs: 1 } },
      }),
    ];
    const text = await shown({
      days,
      site: { ...SITE, title: nasty },
      channels: [{ key: "tags/a", title: nasty, url: nasty }],
      recordings: [recordingOf("a.mp3", { title: nasty })],
    });
    expect(text.replaceAll("\n", "")).not.toMatch(/[\u0000-\u001f\u202e]/);
    expect(text.split("\n").filter((line) => line.startsWith("␊") || line === "")).toHaveLength(6);
  });

  test("is painted line by line, headings in bold and names of columns dim", async () => {
    const text = await shown(CASES["month"] ?? {}, (style, part) => `<${style}>${part}</${style}>`);
    expect(text).toContain("\n<bold>readers (4)</bold>\n<dim>  subscribers  reader</dim>\n        1,163  Feedly\n");
    expect(text).toContain("\n  <cyan>fix:</cyan> where one of them was a feed, ");
  });
});

describe("a table", () => {
  const rows = [
    ["a", "1", "one"],
    ["滴灌", "1,000", "thousand"],
  ];

  test("has its columns aligned left, or right", async () => {
    expect(await table(rows)).toEqual(["  a     1      one", "  滴灌  1,000  thousand"]);
    expect(await table(rows, [0, 1])).toEqual(["     a      1  one", "  滴灌  1,000  thousand"]);
    expect(await table(rows, [2])).toEqual(["  a     1           one", "  滴灌  1,000  thousand"]);
  });

  test("is cut after 40 rows", async () => {
    const numbers = Array.from({ length: 42 }, (_, i) => [String(i)]);
    const lines = await longTable(numbers, ", of 42", [0]);
    expect([lines.length, lines[0], lines.at(-2), lines.at(-1)]).toEqual([41, "   0", "  39", "  … and 2 more, of 42"]);
  });
});
