/** Made-up audiences: of small and large sites, with days that were not counted, and with titles that break pages. */
import type {
  Audience,
  ChannelAudience,
  Readership,
  RecordingAudience,
  SeriesDay,
} from "../../../lib/audience/summary/types.ts";
import type { Day } from "../../../lib/audience/types.ts";
import { present } from "../../../lib/base/optional.ts";

const DAY_MS = 86_400_000;
/** The day that is shown. */
const LAST: Day = "2026-11-28";

export const HOSTILE = [
  `</svg><script>alert(1)</script>`,
  `"' onload=alert(1) <title>&amp;]]>`,
  "\u202eRIGHT TO LEFT \u0000\ud800",
  "نشرة الري بالتنقيط في الحقول",
  "👩‍🌾🍉".repeat(20),
  "A title that goes on ".repeat(15),
  "w".repeat(300),
  "",
];

export const CHINESE = ["滴灌", "田野", "节水灌溉与小屏幕", "村口的大喇叭", "订阅", "阅读器", "乡村", "水", "软件往事"];

export interface Sample {
  readonly channels: number;
  readonly days: number;
  /** Whether some days were not counted. */
  readonly hasGaps?: boolean;
  readonly titles?: readonly string[];
  readonly language?: string;
  readonly recordings?: number;
  /** Whether all lists of what can be done have something. */
  readonly hasFaults?: boolean;
}

export function sampleAudience(sample: Sample): Audience {
  const { titles = ["Water"], language = "en" } = sample;
  const days = daysUpTo(LAST, sample.days);
  const isCounted = (i: number) => sample.hasGaps !== true || i === days.length - 1 || !isGap(i);
  const series = days.map((day, i): SeriesDay => {
    if (!isCounted(i)) return { day };
    return { day, reported: 240 + i + wave(i, 1, 18), estimated: 60 + wave(i, 2, 25) };
  });
  const counted = series.filter(({ reported }) => reported !== undefined).length;
  const channels = Array.from({ length: sample.channels }, (_, nth) =>
    sampleChannel(nth, days.length, isCounted, titles),
  );
  return {
    site: { title: titleOf(titles, 0), url: "https://example.com/", language },
    day: LAST,
    isPartial: false,
    counted: { from: days[0] ?? LAST, to: LAST, days: counted, requests: 1_234 * counted },
    subscribers: {
      ...readership(
        series.map(({ reported, estimated = 0 }) => (reported === undefined ? undefined : reported + estimated)),
      ),
      ...{ reported: series.at(-1)?.reported ?? 0, estimated: series.at(-1)?.estimated ?? 0 },
    },
    series,
    channels,
    readers: sampleReaders(sample),
    recordings: Array.from({ length: sample.recordings ?? 0 }, (_, nth) => sampleRecording(nth, titles)),
    ...(sample.hasFaults === true ? faults(channels) : NO_FAULTS),
  };
}

/** Nothing was counted yet. */
export const emptyAudience = (language = "en"): Audience => ({
  site: { title: "Field notes", url: "https://example.com/", language },
  ...{ isPartial: false, counted: { days: 0, requests: 0 }, subscribers: { reported: 0, estimated: 0, total: 0 } },
  ...{ series: [], channels: [], readers: [], recordings: [], ...NO_FAULTS },
});

const NO_FAULTS = { isUnconditional: false, unread: [], missing: [], former: [], wasteful: [], doubtful: [] };

const daysUpTo = (last: Day, count: number): readonly Day[] =>
  Array.from({ length: count }, (_, i) =>
    new Date(Date.parse(last) - (count - 1 - i) * DAY_MS).toISOString().slice(0, 10),
  );

/** A few days together, a day alone, and a day between two others. */
const isGap = (i: number) => i % 45 > 38 || i % 45 === 12 || i % 45 === 14;

/** Whole numbers that go up and down, always the same. */
const wave = (i: number, seed: number, most: number): number =>
  Math.round(most * (0.5 + 0.3 * Math.sin(i / 9 + seed) + 0.2 * Math.sin(i * 2.4 * seed)));

const titleOf = (titles: readonly string[], nth: number): string => {
  const title = titles[nth % titles.length] ?? "";
  return nth < titles.length ? title : `${title} ${nth + 1}`;
};

function readership(totals: readonly (number | undefined)[]): Readership {
  const total = totals.at(-1) ?? 0;
  const changeOver = (days: number) => {
    const before = totals[totals.length - 1 - days];
    return before === undefined ? undefined : total - before;
  };
  const estimated = Math.floor(total / 5);
  return {
    reported: total - estimated,
    estimated,
    total,
    ...present({ change7: changeOver(7), change30: changeOver(30) }),
  };
}

function sampleChannel(
  nth: number,
  days: number,
  isCounted: (i: number) => boolean,
  titles: readonly string[],
): ChannelAudience {
  const size = Math.ceil(400 / (nth + 1));
  const series = Array.from({ length: days }, (_, i) =>
    isCounted(i) ? wave(i, nth + 1, size) + Math.floor(size / 3) : undefined,
  );
  return {
    key: nth === 0 ? "site" : `tags/tag-${nth}`,
    title: titleOf(titles, nth),
    url: nth === 0 ? "https://example.com/" : `https://example.com/tags/tag-${nth}/`,
    ...readership(series),
    isGone: nth % 11 === 5,
    series,
    browsers: size,
  };
}

const NAMES = ["Feedly", "Inoreader", "NetNewsWire", "NewsBlur", "Miniflux", "Feedbin", "FreshRSS", "Thunderbird"];

function sampleReaders({ channels }: Sample): Audience["readers"] {
  const count = channels === 1 ? 5 : 40;
  const rows = Array.from({ length: count }, (_, i) => ({
    name: NAMES[i] ?? `Reader-${i + 1}`,
    subscribers: Math.ceil(180 / (i + 1)),
    isEstimate: i % 3 === 2,
  }));
  return [...rows, { name: "Folo", isEstimate: false }];
}

function sampleRecording(nth: number, titles: readonly string[]): RecordingAudience {
  const first = Array.from({ length: nth === 0 ? 9 : 30 }, (_, i) =>
    i % 13 === 7 ? undefined : Math.floor(wave(i, nth + 1, 20) / (1 + i / 4)),
  );
  const downloads = first.reduce<number>((sum, count) => sum + (count ?? 0), 100);
  return {
    path: `media/episode-${nth}.mp3`,
    title: titleOf(titles, nth),
    ...present({ published: nth % 7 === 6 ? undefined : daysUpTo(LAST, 9 + nth * 7)[0] }),
    isStream: nth % 5 === 3,
    ...{ downloads, last7: Math.floor(downloads / 9), last30: Math.floor(downloads / 3) },
    estimated: nth % 2 === 0 ? Math.floor(downloads / 4) : 0,
    first: nth % 5 === 3 ? [] : first,
  };
}

function faults(channels: readonly ChannelAudience[]): Pick<Audience, keyof typeof NO_FAULTS> {
  const addresses = [
    "feed/",
    "blog/%E6%BB%B4%E7%81%8C/rss.xml",
    `old/${"very-long-part/".repeat(12)}index.xml`,
    "wp-rss2.php",
  ];
  return {
    isUnconditional: true,
    unread: channels.slice(1).map(({ key, title, url }) => ({ key, title, url })),
    missing: addresses.map((address, i) => ({
      ...{ address, requests: 4000 >> (2 * i), subscribers: i === 1 ? 14 : 0, isServed: i === 2 },
    })),
    former: addresses.slice(1).map((address, i) => ({
      ...{ address, requests: 900 >> i, subscribers: 0 },
      kind: i === 0 ? ("alias" as const) : ("retired" as const),
    })),
    wasteful: [
      { name: "Slackbot", requests: 2016, again: 1990, bytes: 96_400_000 },
      { name: "curl", requests: 168, again: 160, bytes: 7_800 },
    ],
    doubtful: [{ day: LAST, channel: "site", agent: "Some-Fetcher", count: 4_000_000, before: 12 }],
  };
}
