/** Who reads which feed: requests of access logs, who made them, what they asked for, and what is kept of a day. */
import type { Format } from "../model.ts";

/** A day in UTC, `2026-11-28`. Days sort as text. */
export type Day = string;

// ── Of a log ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** One line of an access log. */
export interface LogRequest {
  readonly day: Day;
  readonly method: string;
  /** In lower case, without its port, where the log has it. */
  readonly host: string | undefined;
  /** As sent: percent-encoded, from the first slash, without the query. */
  readonly path: string;
  /** Without the `?`. */
  readonly query: string;
  /** 0 where the client left before it was answered. */
  readonly status: number;
  /** Bytes that were sent; some servers count those of the headers, too. */
  readonly bytes: number;
  /** The User-Agent, decoded; empty where there is none. */
  readonly agent: string;
  readonly address: string;
  /** The part that was asked for, where the log has it. */
  readonly range: LoggedRange | undefined;
  /** An id that no other request has, where the log has one. */
  readonly id: string | undefined;
}

/** Both bytes are included; without `end`, up to the last one. */
export interface LoggedRange {
  readonly start: number;
  readonly end: number | undefined;
}

// ── Who asked ────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * `aggregator`: asks for many people at once, and may say for how many. `reader`: a feed reader or podcast app of one person, or
 * a server of a few. `program`: something else that fetches, such as curl.
 */
export type AgentKind = "aggregator" | "reader" | "browser" | "bot" | "monitor" | "program";

export interface Agent {
  /** From our table, or the product that the User-Agent begins with: never a whole User-Agent. */
  readonly name: string;
  readonly kind: AgentKind;
  /** For how many people an aggregator says that it asks. */
  readonly subscribers?: number;
  /** The id by which the aggregator knows this feed. It may be somebody's name: it is for counting, and never kept. */
  readonly feedId?: string;
}

// ── What was asked for ───────────────────────────────────────────────────────────────────────────────────────────

/** By the address alone, whatever the answer was. */
export type Target =
  /** `alias`: the former address by which it was asked for, as of what is retired. */
  | { readonly kind: "feed"; readonly channel: string; readonly format: Format; readonly alias?: string }
  | { readonly kind: "page"; readonly channel: string }
  /** A part of a recording; `file` is its place in `Recording.files`. */
  | { readonly kind: "recording"; readonly recording: Recording; readonly file: number }
  /** A former address that redirects, or is gone for good: decoded, without a slash at its start. */
  | { readonly kind: "retired"; readonly address: string }
  /** Of the site, but none of these. */
  | { readonly kind: "other" };

/** An episode, a video or a stream that the site serves itself. */
export interface Recording {
  /** The decoded path of its main file, without a slash at its start: its key in counts. */
  readonly path: string;
  readonly title: string;
  /** Instant. */
  readonly published: string;
  /** A stream is heard by whoever asks for it; it has no length. */
  readonly isStream: boolean;
  /** The main file first, then its other forms. */
  readonly files: readonly RecordingFile[];
}

export interface RecordingFile {
  /** As of a recording. */
  readonly path: string;
  /** Bytes; 0 where unknown. */
  readonly length: number;
  /** Seconds; 0 where unknown. */
  readonly duration: number;
}

// ── What is kept ─────────────────────────────────────────────────────────────────────────────────────────────────

/** What is kept of one day, as JSON: no address, no hash of one, no User-Agent. All lists by name are in the order of the names. */
export interface DayCount {
  readonly format: 1;
  readonly day: Day;
  /** When it was counted: two days after it all of its logs are there, as far as they ever will be. */
  readonly countedOn: Day;
  /** How many files that are called after this day (as CloudFront does) it was counted from, each read to its end. */
  readonly files: number;
  /** Requests that it was counted from, each once: a count of fewer never replaces one of more. */
  readonly requests: number;
  /** By channel key (`site`, `tags/<slug>`, …): those that were asked for. */
  readonly channels: { readonly [channel: string]: ChannelCount };
  /** By name of the agent: those that asked for feeds. */
  readonly agents: { readonly [agent: string]: AgentCount };
  /** Different clients of readers without a count, over all channels, by name of the agent: an estimate. */
  readonly readers: { readonly [agent: string]: number };
  /** By path of the recording. */
  readonly recordings: { readonly [path: string]: RecordingCount };
  /** By former address. */
  readonly former: { readonly [address: string]: FormerCount };
  /** By address: what readers and aggregators asked for and is not there. */
  readonly missing: { readonly [address: string]: MissingCount };
}

export interface ChannelCount {
  /** People for whom aggregators say that they ask, by name of the aggregator: the formats added. */
  readonly subscribers: { readonly [agent: string]: number };
  /** Different clients (address and User-Agent) of readers without a count, by name: an estimate. */
  readonly readers: { readonly [agent: string]: number };
  /** Different browsers that asked for a feed or for the page. */
  readonly browsers: number;
  /** Answered requests for feeds by readers and aggregators, by format. */
  readonly formats: { readonly [format in Format]?: number };
  /** Of all requests for its feeds, but for those that failed. */
  readonly bytes: number;
}

/** Of requests for feeds, those that failed left out. */
export interface AgentCount {
  readonly kind: AgentKind;
  readonly requests: number;
  /** Answered 304: it had asked whether the feed had changed. */
  readonly unchanged: number;
  /** Bytes of those that were not answered 304. */
  readonly bytes: number;
  /** Different pairs of client and feed among those that were not answered 304: each had to be fetched once. */
  readonly pairs: number;
}

/** By the IAB's podcast measurement guidelines. */
export interface RecordingCount {
  /** Of an episode: downloads; of a stream: different clients. */
  readonly downloads: number;
  /** How many of these are estimates: bytes were added since the log has no ranges, or the length is unknown. */
  readonly estimated: number;
  readonly bytes: number;
}

export interface MissingCount {
  readonly requests: number;
  /** People for whom aggregators asked for it. */
  readonly subscribers: number;
}

export interface FormerCount extends MissingCount {
  readonly kind: "alias" | "retired";
}
