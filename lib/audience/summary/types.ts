/** What people see of the audience: tables, the page and files show it. */
import type { Day, FormerCount, MissingCount } from "../types.ts";

/** A channel as the site publishes it now. */
export interface AudienceChannel {
  readonly key: string;
  readonly title: string;
  /** Of its page, or else its first feed. */
  readonly url: string;
}

/** All that tables, pages and files show. */
export interface Audience {
  readonly site: { readonly title: string; readonly url: string; readonly language: string };
  /** The day that is shown: the last one that has ended, else the current one so far. Absent: nothing was counted. */
  readonly day?: Day;
  /** It has not ended. */
  readonly isPartial: boolean;
  /** Of the first and the last day that was counted, how many were counted, and of how many requests. */
  readonly counted: { readonly from?: Day; readonly to?: Day; readonly days: number; readonly requests: number };
  readonly subscribers: Readership;
  /** Every day from the first to `day`, at most two years. */
  readonly series: readonly SeriesDay[];
  /** The most subscribers first; those that are published and nobody asks for are in `unread`. */
  readonly channels: readonly ChannelAudience[];
  /** Of `day`; the most subscribers first. */
  readonly readers: readonly ReaderAudience[];
  /** The newest first. */
  readonly recordings: readonly RecordingAudience[];
  /** Published channels that nobody asked for in 30 days, or in as many as were counted: none before 7 were. */
  readonly unread: readonly AudienceChannel[];
  /** In 30 days; the most people first, of the day on which it was asked for last, then the most requests. */
  readonly missing: readonly MissingAddress[];
  readonly former: readonly ({ readonly address: string } & FormerCount)[];
  /** Who asks again and again without conditions, in 7 days; the most bytes first. Empty where `isUnconditional`. */
  readonly wasteful: readonly WastefulAgent[];
  /** Nobody was answered 304 in 7 days, of requests enough to tell: the server does not answer conditions. */
  readonly isUnconditional: boolean;
  /** Counts that are left out of all others. */
  readonly doubtful: readonly DoubtfulCount[];
}

/** People who read: those that aggregators say, and an estimate of those that ask by themselves. */
export interface Readership {
  readonly reported: number;
  readonly estimated: number;
  readonly total: number;
  /** The total less that of 7 and of 30 days before, where those were counted. */
  readonly change7?: number;
  readonly change30?: number;
}

/** `undefined`: the day was not counted. */
export interface SeriesDay {
  readonly day: Day;
  readonly reported?: number;
  readonly estimated?: number;
}

export interface ChannelAudience extends AudienceChannel, Readership {
  /** It is published no more. */
  readonly isGone: boolean;
  /** Totals of the days of `Audience.series`. */
  readonly series: readonly (number | undefined)[];
  readonly browsers: number;
}

export interface MissingAddress extends MissingCount {
  readonly address: string;
  /** By site.yaml there is something by now: it came later, or the server does not know it yet. */
  readonly isServed: boolean;
}

export interface ReaderAudience {
  readonly name: string;
  /** Absent: an aggregator that does not say. */
  readonly subscribers?: number;
  /** Counted by clients, not reported by an aggregator. */
  readonly isEstimate: boolean;
}

export interface RecordingAudience {
  readonly path: string;
  readonly title: string;
  /** Absent where no post has it any more. */
  readonly published?: Day;
  readonly isStream: boolean;
  readonly downloads: number;
  /** Of the last 7 and 30 days. */
  readonly last7: number;
  readonly last30: number;
  /** How many of all are estimates. */
  readonly estimated: number;
  /** Each of the first 30 days from its publication that was counted; `undefined`: it was not. */
  readonly first: readonly (number | undefined)[];
}

export interface WastefulAgent {
  readonly name: string;
  readonly requests: number;
  /** How many requests could have been answered 304, at most, and what they cost in bytes, about. */
  readonly again: number;
  readonly bytes: number;
}

/** A count of an aggregator that is more than ten times what it reported before. */
export interface DoubtfulCount {
  readonly day: Day;
  readonly channel: string;
  readonly agent: string;
  readonly count: number;
  readonly before: number;
}
