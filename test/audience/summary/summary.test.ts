/** What people see of the audience: figures, and what is left out of them. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AudienceInput, selectAudience } from "../../../lib/audience/summary/summary.ts";
import type { Audience } from "../../../lib/audience/summary/types.ts";
import type { DayCount } from "../../../lib/audience/types.ts";
import { present } from "../../../lib/base/optional.ts";
import {
  agentOf,
  CHANNELS,
  channelOf,
  dayOf,
  downloadsOf,
  MONTH,
  november,
  publishedAt,
  RECORDINGS,
  recordingOf,
  SITE,
} from "../counted.ts";

const audienceOf = (days: readonly DayCount[], given: Partial<AudienceInput> = {}): Audience =>
  selectAudience({
    days,
    channels: [],
    recordings: [],
    site: SITE,
    today: "2026-12-01",
    isServed: () => false,
    ...given,
  });

/** So many subscribers of the site's channel on a day. */
const subscribers = (day: string, count: number): DayCount =>
  dayOf(day, { channels: { site: channelOf({ subscribers: { Feedly: count } }) } });

const readBy = (amount: number) => channelOf({ readers: { Miniflux: amount }, formats: { rss: amount } });

describe("the day that is shown", () => {
  test("is the last that has ended", () => {
    const days = [subscribers("2026-11-30", 3), subscribers("2026-11-28", 1), subscribers("2026-11-29", 2)];
    expect(audienceOf(days, { today: "2026-11-30" })).toMatchObject({
      day: "2026-11-29",
      isPartial: false,
      isUnconditional: false,
      counted: { from: "2026-11-28", to: "2026-11-30", days: 3, requests: 300 },
      subscribers: { reported: 2, estimated: 0, total: 2 },
      series: [
        { day: "2026-11-28", reported: 1, estimated: 0 },
        { day: "2026-11-29", reported: 2, estimated: 0 },
      ],
    });
  });

  test("is the current one as long as no other was counted; those to come do not count", () => {
    const days = [subscribers("2026-11-30", 3), subscribers("2026-12-02", 9)];
    const audience = audienceOf(days, { today: "2026-11-30" });
    expect(audience).toMatchObject({ day: "2026-11-30", isPartial: true, counted: { days: 1, requests: 100 } });
    expect(audience.series).toHaveLength(1);
  });

  test("is none where nothing was counted, and then no channel is unread", () => {
    expect(audienceOf([], { channels: CHANNELS, recordings: RECORDINGS })).toEqual({
      site: SITE,
      isPartial: false,
      isUnconditional: false,
      counted: { days: 0, requests: 0 },
      subscribers: { reported: 0, estimated: 0, total: 0 },
      series: [],
      channels: [],
      readers: [],
      recordings: [],
      unread: [],
      missing: [],
      former: [],
      wasteful: [],
      doubtful: [],
    });
  });
});

describe("subscribers", () => {
  test("are those that aggregators say, over all channels, and each client of other readers once", () => {
    const day = dayOf("2026-11-28", {
      channels: {
        site: channelOf({ subscribers: { Feedly: 100, Feedbin: 7 }, readers: { Miniflux: 3 }, browsers: 5 }),
        "tags/tea": channelOf({ subscribers: { Feedly: 20 }, readers: { Miniflux: 2 } }),
      },
      readers: { Miniflux: 4 },
    });
    const audience = audienceOf([day], { channels: publishedAt("site", "tags/tea") });
    expect(audience.subscribers).toEqual({ reported: 127, estimated: 4, total: 131 });
    expect(audience.channels).toMatchObject([
      { key: "site", reported: 107, estimated: 3, total: 110, series: [110], browsers: 5, isGone: false },
      { key: "tags/tea", reported: 20, estimated: 2, total: 22, series: [22], browsers: 0 },
    ]);
    expect(audience.readers).toEqual([
      { name: "Feedly", subscribers: 120, isEstimate: false },
      { name: "Feedbin", subscribers: 7, isEstimate: false },
      { name: "Miniflux", subscribers: 4, isEstimate: true },
    ]);
  });

  test("change since the very day a week and 30 days before, if it was counted", () => {
    const days = [subscribers("2026-10-29", 10), subscribers("2026-11-21", 15), subscribers("2026-11-28", 12)];
    expect(audienceOf(days).subscribers).toMatchObject({ change7: -3, change30: 2 });
    expect(audienceOf(days).channels).toMatchObject([{ change7: -3, change30: 2 }]);
    const others = [subscribers("2026-10-28", 10), subscribers("2026-11-20", 15), subscribers("2026-11-28", 12)];
    expect(audienceOf(others).subscribers).toEqual({ reported: 12, estimated: 0, total: 12 });
  });

  test("names that every object has are names like others", () => {
    const names = JSON.parse('{"__proto__": 2, "constructor": 1}');
    const channels = JSON.parse(JSON.stringify({ constructor: channelOf({ subscribers: names }) }));
    const audience = audienceOf([dayOf("2026-11-27"), dayOf("2026-11-28", { channels, readers: names })]);
    expect(audience.subscribers).toEqual({ reported: 3, estimated: 3, total: 6 });
    expect(audience.channels).toMatchObject([{ key: "constructor", total: 3, series: [0, 3] }]);
    expect(audience.readers.map(({ name }) => name)).toEqual(["__proto__", "__proto__", "constructor", "constructor"]);
  });
});

describe("the series", () => {
  test("has every day, those that were not counted without numbers", () => {
    const days = [subscribers("2026-11-30", 1), subscribers("2026-11-28", 2)];
    const { series, channels } = audienceOf(days);
    expect(series).toEqual([
      { day: "2026-11-28", reported: 2, estimated: 0 },
      { day: "2026-11-29" },
      { day: "2026-11-30", reported: 1, estimated: 0 },
    ]);
    expect(channels[0]?.series).toEqual([2, undefined, 1]);
  });

  test("has two years at most", () => {
    const { series, counted } = audienceOf([subscribers("2020-02-28", 1), subscribers("2026-11-30", 2)]);
    expect([series.length, series[0], series.at(-1)?.day]).toEqual([730, { day: "2024-12-01" }, "2026-11-30"]);
    expect(counted.from).toBe("2020-02-28");
  });

  test("is what doubtful counts were left out of: older ones are not told", () => {
    const forged = (first: string, second: string) => [subscribers(first, 5), subscribers(second, 900)];
    const days = [...forged("2024-11-28", "2024-11-30"), ...forged("2026-11-29", "2026-11-30")];
    expect(audienceOf(days).doubtful.map(({ day }) => day)).toEqual(["2026-11-30"]);
    const within = [...forged("2024-11-28", "2024-12-01"), ...forged("2026-11-29", "2026-11-30")];
    expect(audienceOf(within).doubtful.map(({ day }) => day)).toEqual(["2026-11-30", "2024-12-01"]);
  });
});

describe("channels", () => {
  test("that no reader asked for in 30 days are unread, though a browser showed the page", () => {
    const channels = publishedAt("site", "tags/tea", "tags/old", "authors/lin");
    const { unread, channels: read } = audienceOf(
      [
        dayOf("2026-10-31", { channels: { "tags/old": readBy(3) } }),
        dayOf("2026-11-01", { channels: { "tags/tea": readBy(2) } }),
        ...["02", "03", "04", "05", "06"].map((day) => dayOf(`2026-11-${day}`)),
        dayOf("2026-11-30", { channels: { site: readBy(1), "authors/lin": channelOf({ browsers: 9 }) } }),
      ],
      { channels },
    );
    expect(unread).toEqual(publishedAt("authors/lin", "tags/old"));
    expect(read.map(({ key, total }) => [key, total])).toEqual([
      ["site", 1],
      ["tags/tea", 0],
    ]);
  });

  test("are called unread by nobody before a week was counted", () => {
    const days = ["25", "26", "27", "28", "29", "30"].map((day) => dayOf(`2026-11-${day}`));
    expect(audienceOf(days, { channels: publishedAt("site") }).unread).toEqual([]);
  });

  test("are called by their keys where nobody knows which are published", () => {
    const days = [dayOf("2026-11-30", { channels: { "tags/tea": readBy(2) } })];
    expect(audienceOf(days).channels).toMatchObject([{ title: "tags/tea", isGone: true }]);
    const { channels: _, ...unknown } = {
      days,
      recordings: [],
      site: SITE,
      today: "2026-12-01",
      isServed: () => false,
      channels: 0,
    };
    expect(selectAudience(unknown).channels).toMatchObject([{ title: "tags/tea", isGone: false }]);
  });

  test("that are published no more are shown as long as they are asked for", () => {
    const old = channelOf({ formats: { rss: 1 } });
    const days = [dayOf("2026-11-20", { channels: { "tags/old": old } }), dayOf("2026-11-30")];
    expect(audienceOf(days).channels).toMatchObject([{ key: "tags/old", title: "tags/old", isGone: true, total: 0 }]);
    expect(audienceOf([...days, dayOf("2026-12-31")], { today: "2027-01-01" }).channels).toEqual([]);
  });
});

describe("recordings", () => {
  const counted = (day: number, downloads: { [path: string]: number }) =>
    dayOf(november(day), {
      recordings: Object.fromEntries(Object.entries(downloads).map(([path, n]) => [path, downloadsOf(n, 1)])),
    });
  const days = [
    counted(1, { "a.mp3": 100 }),
    counted(10, { "a.mp3": 5 }),
    counted(12, { "a.mp3": 2 }),
    counted(30, {}),
  ];

  test("have the downloads of all days, and of each of the first 30", () => {
    const [recording] = audienceOf(days, { recordings: [recordingOf("a.mp3")] }).recordings;
    expect(recording).toEqual({
      path: "a.mp3",
      title: "On a.mp3",
      published: "2026-11-10",
      isStream: false,
      downloads: 107,
      last7: 0,
      last30: 107,
      estimated: 3,
      first: Array.from({ length: 30 }, (_, i) => ({ 0: 5, 2: 2, 20: 0 })[i]),
    });
    expect(recording?.first).toHaveLength(30);
  });

  test("that no post has are named by their path, after the others, which are the newest first", () => {
    const recordings = [
      recordingOf("b.mp3", { published: "2026-11-01T00:00:00Z" }),
      recordingOf("c.m3u8", { published: "2026-11-02T00:00:00Z", isStream: true }),
    ];
    expect(audienceOf(days, { recordings }).recordings).toMatchObject([
      { path: "c.m3u8", isStream: true, downloads: 0 },
      { path: "b.mp3", downloads: 0 },
      { path: "a.mp3", title: "a.mp3", isStream: false, downloads: 107, first: [] },
    ]);
    expect(audienceOf(days, { recordings }).recordings[2]).not.toHaveProperty("published");
  });
});

describe("addresses that are not there", () => {
  test("are those of 30 days, the most requests first, at most 50", () => {
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`/${i}`, { requests: i, subscribers: 0 }]));
    const { missing } = audienceOf([
      dayOf("2026-10-31", { missing: { "/long-ago": { requests: 1000, subscribers: 0 } } }),
      dayOf("2026-11-01", {
        missing: { "/feed": { requests: 30, subscribers: 0 }, "/59": { requests: 1, subscribers: 0 } },
      }),
      dayOf("2026-11-30", { missing: { "/feed": { requests: 40, subscribers: 0 }, ...many } }),
    ]);
    expect(missing.slice(0, 3)).toEqual([
      { address: "/feed", requests: 70, subscribers: 0, isServed: false },
      { address: "/59", requests: 60, subscribers: 0, isServed: false },
      { address: "/58", requests: 58, subscribers: 0, isServed: false },
    ]);
    expect(missing).toHaveLength(50);
  });

  test("former ones are what they were last", () => {
    const { former } = audienceOf([
      dayOf("2026-11-30", { former: { feed: { kind: "retired", requests: 1, subscribers: 0 } } }),
      dayOf("2026-11-29", {
        former: {
          feed: { kind: "alias", requests: 2, subscribers: 0 },
          atom: { kind: "alias", requests: 3, subscribers: 0 },
        },
      }),
      dayOf("2026-11-28", { former: { rss: { kind: "alias", requests: 0, subscribers: 0 } } }),
    ]);
    expect(former).toEqual([
      { address: "atom", kind: "alias", requests: 3, subscribers: 0 },
      { address: "feed", kind: "retired", requests: 3, subscribers: 0 },
    ]);
  });
});

describe("who asks without conditions", () => {
  const POLITE = { Polite: agentOf({ requests: 100, unchanged: 60, bytes: 9_000_000, pairs: 2 }) };
  const wasteful = (agents: DayCount["agents"]) =>
    audienceOf([dayOf("2026-11-24", { agents }), dayOf("2026-11-30", { agents })]).wasteful;

  test("is told with what could have been answered 304, and what it cost", () => {
    const Reader = agentOf({ requests: 100, bytes: 1_000_000, pairs: 2 });
    const Program = agentOf({ kind: "program", requests: 6, bytes: 9_000_000, pairs: 1 });
    expect(wasteful({ Reader, Program, ...POLITE })).toEqual([
      { name: "Program", requests: 12, again: 10, bytes: 15_000_000 },
      { name: "Reader", requests: 200, again: 196, bytes: 1_960_000 },
    ]);
  });

  test("is nobody who was mostly answered 304, who asked a few times, each time from elsewhere, or took little; no browser and no bot", () => {
    const bytes = 9_000_000;
    expect(
      wasteful({
        ...POLITE,
        Few: agentOf({ requests: 6, pairs: 2, bytes }), // 8 again
        Many: agentOf({ requests: 100, pairs: 100, bytes }),
        Little: agentOf({ requests: 100, pairs: 2, bytes: 9_000 }),
        Browser: agentOf({ kind: "browser", requests: 100, pairs: 2, bytes }),
        Bot: agentOf({ kind: "bot", requests: 100, pairs: 2, bytes }),
      }),
    ).toEqual([]);
  });

  test("is the server's fault where no reader was ever answered 304, in two days and of two readers at least", () => {
    const Reader = agentOf({ requests: 100, bytes: 1_000_000, pairs: 2 });
    const agents = { Reader, Other: Reader };
    const of = (each: DayCount["agents"], ...days: readonly string[]) =>
      audienceOf(days.map((day) => dayOf(day, { agents: each })));
    const bot = agentOf({ kind: "bot", requests: 900, bytes: 1_000_000, pairs: 2 });
    expect(of(agents, "2026-11-29", "2026-11-30")).toMatchObject({ wasteful: [], isUnconditional: true });
    expect(of(agents, "2026-11-30").isUnconditional).toBe(false);
    expect(of({ Reader, bot }, "2026-11-29", "2026-11-30").isUnconditional).toBe(false);
    expect(of({ ...agents, ...POLITE }, "2026-11-29", "2026-11-30").isUnconditional).toBe(false);
  });

  test("is nobody who did so eight days ago", () => {
    const agents = { Reader: agentOf({ requests: 100, pairs: 1 }) };
    expect(audienceOf([dayOf("2026-11-23", { agents }), dayOf("2026-11-30")]).wasteful).toEqual([]);
  });
});

/** November 2026 with any numbers. */
const anyMonth: fc.Arbitrary<readonly DayCount[]> = fc
  .array(
    fc.record({
      subscribers: fc.dictionary(fc.constantFrom("Feedly", "Feedbin"), fc.integer({ min: 10, max: 99 })),
      tea: fc.dictionary(fc.constantFrom("Feedly", "NewsBlur"), fc.integer({ min: 10, max: 99 })),
      readers: fc.dictionary(fc.constantFrom("Miniflux", "newsboat"), fc.nat(9)),
      isCounted: fc.boolean(),
    }),
    { minLength: 1, maxLength: 30 },
  )
  .map((days) =>
    days.flatMap(({ isCounted, subscribers, tea, readers }, i) =>
      isCounted || i === days.length - 1
        ? [
            dayOf(november(i + 1), {
              channels: {
                site: channelOf({ subscribers, readers, formats: { rss: 1 } }),
                "tags/tea": channelOf({ subscribers: tea, readers }),
              },
              readers,
            }),
          ]
        : [],
    ),
  );

describe("whatever was counted", () => {
  test("totals are the sums of their parts", () => {
    fc.assert(
      fc.property(anyMonth, (days) => {
        const { subscribers, channels, readers, series } = audienceOf(days);
        const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
        const readersThat = (isEstimate: boolean) =>
          sum(readers.filter((each) => each.isEstimate === isEstimate).map(({ subscribers = 0 }) => subscribers));
        expect(subscribers.reported).toBe(sum(channels.map(({ reported }) => reported)));
        expect(subscribers).toMatchObject({ reported: readersThat(false), estimated: readersThat(true) });
        expect(series.at(-1)).toMatchObject({ reported: subscribers.reported, estimated: subscribers.estimated });
        for (const { total, reported, estimated, series: totals } of [{ ...subscribers, series: [] }, ...channels]) {
          expect(total).toBe(reported + estimated);
          expect(totals.at(-1) ?? total).toBe(total);
          expect(totals.length === 0 || totals.length === series.length).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });

  test("the order of the days, and of the names in them, does not matter", () => {
    const input = { channels: CHANNELS, recordings: RECORDINGS, today: "2026-11-30" };
    const expected = audienceOf(MONTH, input);
    const reversed = <T extends object>(value: T): T =>
      JSON.parse(JSON.stringify(value), (_, each) =>
        typeof each === "object" && each !== null && !Array.isArray(each)
          ? Object.fromEntries(Object.entries(each).toReversed())
          : each,
      );
    fc.assert(
      fc.property(fc.shuffledSubarray([...MONTH], { minLength: MONTH.length }), (days) => {
        const others = {
          ...input,
          channels: CHANNELS.toReversed(),
          recordings: RECORDINGS.toReversed(),
        };
        expect(audienceOf(days.map(reversed), others)).toEqual(expected);
      }),
      { numRuns: 10 },
    );
  });

  test("one forged count changes no figure: all is as if the aggregator had reported what it reported the day before", () => {
    const forged = fc.tuple(anyMonth, fc.nat(29), fc.constantFrom("site", "tags/tea"), fc.integer({ min: 1_000 }));
    fc.assert(
      fc.property(forged, ([days, at, key, number]) => {
        const place = at % days.length;
        const saying = (subscribers: { readonly [agent: string]: number }) =>
          days.map((count, i) => {
            const channel = count.channels[key] ?? channelOf();
            const { Feedly: _, ...others } = channel.subscribers;
            if (i !== place) return count;
            const reported = { ...channel, subscribers: { ...others, ...subscribers } };
            return { ...count, channels: { ...count.channels, [key]: reported } };
          });
        const feedlyOf = (count: DayCount | undefined) => count?.channels[key]?.subscribers["Feedly"];
        fc.pre(days.slice(0, place).some((count) => feedlyOf(count) !== undefined));
        const { doubtful, ...seen } = audienceOf(saying({ Feedly: number }));
        const { doubtful: none, ...expected } = audienceOf(saying(present({ Feedly: feedlyOf(days[place - 1]) })));
        expect(seen).toEqual(expected);
        expect(none).toEqual([]);
        expect(doubtful).toMatchObject([{ day: days[place]?.day, channel: key, agent: "Feedly", count: number }]);
      }),
      { numRuns: 50 },
    );
  });
});
