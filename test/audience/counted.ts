/** Days that were counted, made up: a few of them by what they say, and a whole month of a site. */
import { daysAfter } from "../../lib/audience/days.ts";
import type { AudienceChannel } from "../../lib/audience/summary/types.ts";
import type { AgentCount, ChannelCount, Day, DayCount, Recording, RecordingCount } from "../../lib/audience/types.ts";

export const dayOf = (day: Day, given: Partial<DayCount> = {}): DayCount => ({
  ...{
    format: 1,
    day,
    countedOn: daysAfter(day, 2),
    files: 0,
    requests: 100,
    channels: {},
    agents: {},
    readers: {},
    recordings: {},
    former: {},
    missing: {},
  },
  ...given,
});

export const channelOf = (given: Partial<ChannelCount> = {}): ChannelCount => ({
  ...{ subscribers: {}, readers: {}, browsers: 0, formats: {}, bytes: 0 },
  ...given,
});

export const agentOf = (given: Partial<AgentCount> = {}): AgentCount => ({
  ...{ kind: "reader", requests: 0, unchanged: 0, bytes: 0, pairs: 0 },
  ...given,
});

export const downloadsOf = (downloads: number, estimated = 0): RecordingCount => ({
  downloads,
  estimated,
  bytes: downloads * 1_000_000,
});

export const recordingOf = (path: string, given: Partial<Recording> = {}): Recording => ({
  ...{ path, title: `On ${path}`, published: "2026-11-10T08:00:00Z", isStream: false, files: [] },
  ...given,
});

export const publishedAt = (...keys: readonly string[]): readonly AudienceChannel[] =>
  keys.map((key) => ({ key, title: `Posts of ${key}`, url: `https://example.com/${key}/` }));

export const SITE = { title: "Golden Drip", url: "https://example.com/", language: "en" };

/** `2026-11-09` for 9. */
export const november = (day: number): Day => `2026-11-${String(day).padStart(2, "0")}`;

export const CHANNELS: readonly AudienceChannel[] = [
  { key: "site", title: "Golden Drip", url: "https://example.com/" },
  { key: "tags/drip", title: "滴灌 · Golden Drip", url: "https://example.com/tags/drip/" },
  { key: "tags/tea", title: "Tea · Golden Drip", url: "https://example.com/tags/tea/" },
  { key: "authors/lin", title: "Lin · Golden Drip", url: "https://example.com/authors/lin/" },
];

export const RECORDINGS: readonly Recording[] = [
  recordingOf("media/one.mp3", { title: "One: pipes", published: "2026-11-02T08:00:00Z" }),
  recordingOf("media/two.mp3", { title: "Two: filters", published: "2026-11-24T08:00:00Z" }),
  recordingOf("media/live.m3u8", { title: "Live", published: "2026-11-12T08:00:00Z", isStream: true }),
];

/**
 * From the 30th of October on, which is -1, to the 30th of November; of the 21st there is no log, and on the 27th somebody forged a
 * number.
 */
export const MONTH: readonly DayCount[] = Array.from({ length: 32 }, (_, i) => i - 1)
  .filter((day) => day !== 21)
  .map((day) =>
    dayOf(daysAfter("2026-10-31", day), {
      requests: 4000 + 13 * day,
      channels: {
        site: channelOf({
          subscribers: { Feedly: day === 27 ? 5_000_000 : 1000 + 4 * day, Inoreader: 140 },
          readers: { Miniflux: 12, NetNewsWire: 60 + day },
          browsers: 35,
          formats: { rss: 900, atom: 40 },
          bytes: 9_000_000,
        }),
        "tags/drip": channelOf({
          subscribers: day < 5 ? {} : { Feedly: 18 + day },
          readers: { NetNewsWire: 4 },
          formats: { rss: 30 },
          bytes: 400_000,
        }),
        ...(day % 2 === 0 && { "tags/old": channelOf({ readers: { Miniflux: 1 }, formats: { json: 1 }, bytes: 0 }) }),
      },
      agents: {
        "Example fetcher": agentOf({ kind: "program", requests: 288, bytes: 288 * 45_000, pairs: 1 }),
        Feedly: agentOf({ kind: "aggregator", requests: 48, unchanged: 44, bytes: 120_000, pairs: 2 }),
        Firefox: agentOf({ kind: "browser", requests: 90, bytes: 400_000, pairs: 30 }),
        NetNewsWire: agentOf({ requests: 700, unchanged: 600, bytes: 4_000_000, pairs: 90 }),
        curl: agentOf({ kind: "program", requests: 2, bytes: 40_000, pairs: 1 }),
      },
      readers: { Miniflux: 12, NetNewsWire: 62 + day },
      recordings: {
        ...(day >= 2 && { "media/one.mp3": downloadsOf(Math.max(1, 60 - 3 * day)) }),
        ...(day >= 24 && { "media/two.mp3": downloadsOf(40, 4) }),
        ...(day === 3 && { "media/zero.mp3": downloadsOf(7) }),
      },
      former: {
        feed: { kind: "alias", requests: 30, subscribers: 0 },
        "old/rss.xml": { kind: "retired", requests: day < 10 ? 5 : 0, subscribers: 0 },
      },
      missing: {
        "blog/滴灌/feed": { requests: 12, subscribers: 0 },
        "comments/feed/": { requests: 3, subscribers: 0 },
      },
    }),
  );
