/**
 * Documents before their bytes. Each kind of document has a value of its own, with all that its renderer reads and nothing else: the
 * fingerprint is the digest of this very value. URLs are absolute but for links between pages.
 */
import type { Channel, Window } from "../channels/types.ts";
import type { Author, Content, Entry, Facts, Format, Instant, LiveStatus, Tombstone } from "../model.ts";
import type { Podcast, Site } from "../site/types.ts";
import type { Digested } from "./digested.ts";
import type { Fragment } from "./element.ts";

// ── Entries ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What feeds show of a post besides its entry. */
export type ShownFacts = Pick<Facts, "id" | "ids" | "url" | "published" | "updated" | "tags" | "categories">;

/** An entry in a feed. */
export interface Item {
  readonly facts: ShownFacts;
  readonly entry: Entry;
  readonly content: Content;
  /** Status of a stream at the moment for which is published. */
  readonly live?: LiveStatus;
  /** Where the item was serialised before. */
  readonly serialised?: SerialisedItem;
}

/** An item as each format has it, in UTF-8. */
export interface SerialisedItem {
  /** That of the item. */
  readonly digest: string;
  /** What it shows of the site. */
  readonly site: ItemSite;
  readonly rss: ItemXml;
  readonly atom: ItemXml;
  readonly json: Uint8Array;
}

/** With the namespaces that it needs. */
export interface ItemXml extends Pick<Fragment, "prefixes"> {
  readonly bytes: Uint8Array;
}

/** An entry in memory. */
export interface HeldEntry {
  /** One that is held as bytes is decoded for those who ask. */
  readonly entry: Entry;
  /** Its line in the entry cache, where it was encoded before. */
  readonly line?: Uint8Array;
  readonly serialised?: SerialisedItem;
}

/** An entry on a page. */
export interface PageItem extends Pick<Item, "entry" | "live"> {
  readonly facts: Pick<Facts, "url" | "published">;
}

/** In a plan, the hash of its input stands for the entry. */
interface WithHash {
  readonly inputHash: string;
}

export type PlannedItem = Digested<Omit<Item, "entry" | "serialised"> & WithHash>;
export type PlannedPageItem = Omit<PageItem, "entry"> & WithHash;

// ── Feeds ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What entries in feeds show of the site: one value for all feeds, so that each format serialises an entry once. */
export interface ItemSite extends Pick<Site, "feeds"> {
  readonly footer?: Pick<Site, "title" | "url" | "emoji"> & { readonly markdown: string };
}

/** What feeds of every format show of the site. */
export interface FeedSite extends Pick<Site, "url" | "hubs" | "favicon"> {
  readonly author: Author;
  readonly ofItems: ItemSite;
}

export type RssSite = FeedSite &
  Pick<Site, "image" | "icon" | "accent" | "rights" | "ttl" | "updates" | "skipHours" | "skipDays">;
export type AtomSite = FeedSite & Pick<Site, "image" | "icon" | "rights">;

interface FeedDocument<SomeItem> {
  readonly channel: Pick<Channel, "title" | "description" | "language">;
  /** The URL at which this very document is served. */
  readonly self: string;
  readonly items: readonly SomeItem[];
}

/** Where an XML feed stands among the feeds of its channel (RFC 5005). */
export interface FeedPlace {
  readonly isArchive: boolean;
  /** The document carries all that its channel has (§2). */
  readonly isComplete: boolean;
  /** §4, in this document's format; `current` only of an archive. */
  readonly history: { readonly current?: string; readonly previous?: string; readonly next?: string };
}

/** What a feed says of a podcast. */
export type ShownPodcast = Omit<Podcast, "channel" | "isLimited" | "guid"> & { readonly guid: string };

export interface RssDocument<SomeItem = Item> extends FeedDocument<SomeItem>, FeedPlace {
  readonly site: RssSite;
  readonly updated: Instant;
  /** Only of the channel that is the site's podcast. */
  readonly podcast?: ShownPodcast;
}

export interface AtomDocument<SomeItem = Item> extends FeedDocument<SomeItem>, FeedPlace {
  readonly site: AtomSite;
  readonly id: string;
  readonly updated: Instant;
  readonly deleted: readonly Tombstone[];
}

export interface JsonDocument<SomeItem = Item> extends FeedDocument<SomeItem> {
  readonly site: FeedSite;
  /** That of the podcast, or of the site. */
  readonly icon?: string;
  readonly history: Pick<FeedPlace["history"], "previous">;
}

// ── Lists of channels ──────────────────────────────────────────────────────────────────────────────────────────────

/** A feed as pages and lists name it. */
export interface FeedLink {
  readonly format: Format;
  readonly url: string;
  readonly title: string;
}

/** The feed of a language. */
export interface LanguageFeed extends FeedLink {
  readonly language: string;
}

/** A channel as lists of channels show it. */
export interface Listing {
  readonly channel: Omit<Channel, "content" | "formats">;
  readonly feeds: readonly FeedLink[];
  /** Its page, if channels have pages. */
  readonly page?: string;
}

/** `feeds.json` */
export interface ListDocument {
  readonly site: Pick<Site, "title" | "description" | "url" | "feeds" | "language">;
  readonly listings: readonly Listing[];
}

/** `feeds.opml` */
export interface OpmlDocument {
  readonly site: Pick<Site, "title" | "description" | "url" | "language" | "taxonomies">;
  /** The site's only author. */
  readonly owner?: string;
  readonly listings: readonly Listing[];
}

/** `autodiscovery.html` */
export interface HeadDocument {
  /** Those of the site, the recommended format first. */
  readonly feeds: readonly FeedLink[];
  readonly languages: readonly LanguageFeed[];
}

// ── Pages ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What pages show of the site: `media` and `enclosurePrefix` decide which media of entries are shown. */
export type PageSite = Pick<
  Site,
  "title" | "url" | "feeds" | "media" | "enclosurePrefix" | "language" | "timezone" | "icon" | "favicon" | "color"
>;

/** A channel's page for people. */
export interface PageDocument<SomeItem = PageItem> {
  readonly site: PageSite;
  readonly channel: Pick<Channel, "kind" | "name" | "title" | "description" | "language">;
  /** What its description says that is not said of the whole site. */
  readonly lead: string;
  readonly self: string;
  /** Its feeds. */
  readonly feeds: readonly FeedLink[];
  readonly isPodcast: boolean;
  /** Of the podcast's own page. */
  readonly picture?: string;
  /** Relative link to the site's page, but of that itself. */
  readonly up?: string;
  /** Of a category: those above it, from the outermost, with relative links to their pages. */
  readonly parents: readonly { readonly name: string; readonly href: string }[];
  /** The newest, at most ten. */
  readonly items: readonly SomeItem[];
  /** Streams: the live ones, then those to come, the next one first. */
  readonly streams: readonly SomeItem[];
  readonly total: number;
  /** Of the site's page alone: the other channels. */
  readonly directory?: PageDirectory;
}

export interface PageDirectory extends Pick<Site, "taxonomies"> {
  readonly parts: readonly DirectoryPart[];
  readonly languages: readonly LanguageFeed[];
}

/** The channels of one kind. */
export interface DirectoryPart {
  readonly kind: Channel["kind"];
  /** How many there are. */
  readonly count: number;
  /** As many as a page shows at most. */
  readonly largest: readonly DirectoryChannel[];
}

export interface DirectoryChannel extends Pick<Channel, "kind" | "key" | "name" | "title" | "language"> {
  /** Relative link to its page, from that of the site. */
  readonly href: string;
  readonly total: number;
}

// ── Planned documents ──────────────────────────────────────────────────────────────────────────────────────────────

/** A feed or a page of a channel. */
export type ChannelSource =
  | { readonly as: "rss"; readonly window: Window; readonly document: RssDocument<PlannedItem> }
  | { readonly as: "atom"; readonly window: Window; readonly document: AtomDocument<PlannedItem> }
  | { readonly as: "json"; readonly window: Window; readonly document: JsonDocument<PlannedItem> }
  | { readonly as: "page"; readonly window: Window; readonly document: PageDocument<PlannedPageItem> };

/** A list of channels. */
export type ListSource =
  | { readonly as: "opml"; readonly document: OpmlDocument }
  | { readonly as: "list"; readonly document: ListDocument }
  | { readonly as: "head"; readonly document: HeadDocument };

/** What a document is drawn from. */
export type DocumentSource =
  | ChannelSource
  | ListSource
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
