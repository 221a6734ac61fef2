/** Documents before their bytes: what renderers are given, and what a plan names. */
import type { Channel, Window } from "../channels/types.ts";
import type { Content, Entry, Facts, Format, Instant, LiveStatus, Tombstone } from "../model.ts";
import type { Podcast, Site } from "../site/types.ts";

/** An entry in a document. */
export interface Item {
  readonly facts: Facts;
  readonly entry: Entry;
  readonly content: Content;
  /** Status of a stream at the moment for which is published. */
  readonly live?: LiveStatus;
}

/** A feed as pages and lists name it. */
export interface FeedLink {
  readonly format: Format;
  readonly url: string;
  readonly title: string;
}

/** One channel in one format, before its bytes: what every renderer is given. URLs are absolute. */
export interface FeedDocument {
  readonly site: Site;
  readonly channel: Channel;
  /** Atom's feed id. */
  readonly id: string;
  readonly updated: Instant;
  /** The URL at which this very document is served. */
  readonly self: string;
  readonly items: readonly Item[];
  readonly deleted: readonly Tombstone[];
  /** The document carries all that its channel has (RFC 5005 §2). */
  readonly isComplete: boolean;
  /** RFC 5005 §4, in this document's format; `current` only of an archive. */
  readonly history: { readonly current?: string; readonly previous?: string; readonly next?: string };
  /** Only of the channel that is the site's podcast. */
  readonly podcast?: Podcast & { readonly guid: string };
}

/** A channel's page for people, before its bytes. URLs are absolute. */
export interface PageDocument {
  readonly site: Site;
  readonly channel: Channel;
  readonly self: string;
  /** Its feeds. */
  readonly feeds: readonly FeedLink[];
  /** The newest, at most ten. */
  readonly items: readonly Item[];
  /** Streams: the live ones, then those to come, the next one first. */
  readonly streams: readonly Item[];
  readonly total: number;
  /** Of the site's page alone: every channel there is. */
  readonly directory?: Directory;
}

/** A channel as lists of channels show it. */
export interface Listing {
  readonly channel: Channel;
  readonly feeds: readonly FeedLink[];
  /** Its page, if channels have pages. */
  readonly page?: string;
  readonly total: number;
}

/** Every channel that is published but the archives: the site's first, then by kind and path. */
export interface Directory {
  readonly site: Site;
  readonly listings: readonly Listing[];
}

/** What a document is drawn from. */
export type DocumentSource =
  | { readonly as: Format; readonly window: Window }
  | { readonly as: "page"; readonly window: Window }
  /** `feeds.opml`, `feeds.json`, `autodiscovery.html` */
  | { readonly as: "opml" | "list" | "head" }
  /** A configuration of the host that serves the public store. */
  | { readonly as: "host"; readonly text: string }
  /** The same bytes under another path. */
  | { readonly as: "copy"; readonly of: PlannedDocument };

export interface PlannedDocument {
  readonly path: string;
  readonly source: DocumentSource;
  readonly contentType: string;
  readonly updated: Instant;
  readonly fingerprint: string;
}
