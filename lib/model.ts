/** The words of Dripfeed as types: readonly data that every room shares, and no behaviour. */

/** A moment in UTC to the whole second, `2020-10-15T00:20:25Z` (RFC 3339). Instants sort as text. */
export type Instant = string;

/** What a store says an object's content is, opaque: equal means unchanged. */
export type Etag = string;

// ── What the owner says ────────────────────────────────────────────────────────────────────────────────────────────

export interface Author {
  readonly name: string;
  readonly email?: string;
  readonly url?: string;
}

/** The site generator that a post was written for: how its keys, its address and its templates are read. */
export type DialectName = "plain" | "hexo" | "jekyll" | "hugo" | "astro" | "eleventy";

export interface Rules {
  /** Globs of content keys. */
  readonly paths: readonly string[];
  readonly tags: readonly string[];
  /** Names of categories, wherever in a path they stand. */
  readonly categories: readonly string[];
}

/** The whole text of an entry, or its summary alone. */
export type Content = "full" | "summary";

/** What a document carries at most, newest first: all of these hold, but one entry always fits. */
export interface Limit {
  readonly entries?: number;
  /** Before the newest entry, so that a channel that falls silent keeps its last days. */
  readonly days?: number;
  /** Of the posts' texts. */
  readonly bytes?: number;
}

export type Format = "rss" | "atom" | "json";

/** What makes channels by itself: each tag, each category, … */
export type Kind = "tags" | "categories" | "authors" | "languages" | "sections";

/** How channels are published. */
export interface ChannelRule {
  readonly limit: Limit;
  readonly content: Content;
  readonly formats: readonly Format[];
  /** `{name}` stands for what the channel is about, `{site}` for the site's title. */
  readonly title?: string;
  readonly description?: string;
}

/** A combination that the owner names. */
export interface NamedChannel extends ChannelRule {
  /** Folder of its documents, without slashes at its ends. */
  readonly path: string;
  readonly language?: string;
  /** Names, by kind; a category also means all below it. */
  readonly of: { readonly [kind in Kind]?: readonly string[] };
  /** Whether a post must have all of these, or one. */
  readonly match: "all" | "any";
}

/** How long one archive is; weeks are those of ISO 8601. */
export type Period = "year" | "month" | "week" | "day";

/** An address of a former system, and the public path that answers there now. */
export interface Alias {
  /** A path without its first slash, perhaps with a query: `feed/`, `?feed=rss2`. */
  readonly from: string;
  readonly to: string;
}

/** A feed that is published no more under an address, and is not served there either. */
export interface Retired {
  /** As in an alias. */
  readonly from: string;
  /** The path below the feeds' URL, or the URL elsewhere, that it has moved to for good; nothing: it is gone. */
  readonly to: string | undefined;
}

/** How often feeds are worth asking for (RSS 1.0 syndication module, RSS 2.0 `ttl`). */
export interface UpdateRhythm {
  readonly period: "hourly" | "daily" | "weekly" | "monthly" | "yearly";
  readonly frequency: number;
}

/** Who did what in a podcast (podcast namespace: `person`). */
export interface Person {
  readonly name: string;
  readonly role?: string;
  readonly group?: string;
  readonly image?: string;
  readonly url?: string;
}

/** The site is a podcast: what directories want to know of it. */
export interface Podcast {
  /** Key of the channel that is the podcast: `site`, `tags/<slug>`, `channels/<path>`. */
  readonly channel: string;
  /** UUID, if the owner names one; else it is made once and kept. */
  readonly guid?: string;
  readonly medium: string;
  /** Apple's categories, each from the outer one. */
  readonly categories: readonly (readonly string[])[];
  readonly explicit: boolean;
  readonly type: "episodic" | "serial";
  /** Absolute; square, 1400 to 3000 pixels. */
  readonly image?: string;
  readonly author?: string;
  readonly owner?: { readonly name?: string; readonly email: string };
  readonly locked?: boolean;
  readonly funding: readonly { readonly url: string; readonly text: string }[];
  readonly persons: readonly Person[];
  /** Where the podcast has moved to. */
  readonly newFeedUrl?: string;
  readonly complete?: boolean;
}

/** How many posts of all that are public may change at once: beyond both it looks like an accident. */
export interface Allowance {
  readonly posts: number;
  /** Of those that were public. */
  readonly percent: number;
}

/** What is refused unless it is meant; what is absent is let through. */
export interface Guard {
  /** Posts that readers lose, within a day. */
  readonly gone?: Allowance;
  /** Known posts that would be shown under another id: as new ones. */
  readonly ids?: Allowance;
  /** Posts that would say that they changed just now. */
  readonly updated?: Allowance;
  /** Posts that would move to another archive. */
  readonly published?: Allowance;
  /** Of a document. */
  readonly bytes?: number;
}

/** `site.yaml`, understood. Base URLs are absolute and end with a slash. */
export interface Site {
  readonly title: string;
  readonly url: string;
  /** Where the public store is served, the base of every feed's own URL. */
  readonly feeds: string;
  readonly description: string;
  /** BCP 47, the language of a post that names none. */
  readonly language: string;
  /** IANA time zone, in which a date without a zone is read. */
  readonly timezone: string;
  /** The year from which the owner holds the domain: the date of every tag URI (RFC 4151). */
  readonly since: number;
  readonly authors: { readonly [key: string]: Author };
  readonly permalink: string;
  /** What the site's own documents carry. */
  readonly limit: Limit;
  readonly formats: readonly Format[];
  /** Whose words the front matter speaks; without it each post is asked. */
  readonly dialect?: DialectName;
  /** Those that posts are written in; `language` is one of them. */
  readonly languages: readonly string[];
  /** A post without any date has that of its file. */
  readonly fileDates: boolean;
  /** With rules, only posts that one of them fits are published. */
  readonly include: Rules;
  /** Posts that one of these fits are not published. */
  readonly exclude: Rules;
  /** What documents carry of a post that does not say so itself. */
  readonly content: Content;
  /** Of the kinds that are published. */
  readonly kinds: { readonly [kind in Kind]?: ChannelRule };
  readonly channels: readonly NamedChannel[];
  /** Of the site's own channel, if it has archives. */
  readonly archives?: Period;
  /** For how many days a document tells that a post is gone. */
  readonly tombstones: number;
  /** Does each channel have a page for people? */
  readonly pages: boolean;
  readonly aliases: readonly Alias[];
  readonly retired: readonly Retired[];
  /** Minutes for which a reader may keep a feed. */
  readonly ttl?: number;
  readonly updates?: UpdateRhythm;
  /** Absolute addresses: a picture of the site, a square one, and a small one. */
  readonly image?: string;
  readonly icon?: string;
  readonly favicon?: string;
  readonly rights?: string;
  /** Do entries carry the Markdown that they were made from (`source:markdown`)? */
  readonly sourceMarkdown: boolean;
  readonly podcast?: Podcast;
  readonly guard: Guard;
  /** WebSub hubs. */
  readonly hubs: readonly string[];
  /** Globs of the content keys that are posts. */
  readonly posts: readonly string[];
  /** The `Cache-Control` of every document. */
  readonly cacheControl: string;
}

export interface Problem {
  readonly code: string;
  /** An error keeps the post (or the site) from being published; a warning does not. */
  readonly severity: "error" | "warning";
  /** The content key. */
  readonly file: string;
  /** 1 for the first line of the file. */
  readonly line?: number;
  readonly message: string;
  /** What the author can do about it. */
  readonly fix: string;
}

// ── Posts ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** One form of a recording: the same words and pictures, in another size, shape or codec. */
export interface Rendition {
  /** Absolute. */
  readonly url: string;
  /** MIME type. */
  readonly type: string;
  /** Bytes; 0 where nobody knows. */
  readonly length: number;
  readonly title?: string;
  /** Pixels: a portrait is higher than it is wide. */
  readonly width?: number;
  readonly height?: number;
  /** Bits per second. */
  readonly bitrate?: number;
}

/** A file that a post comes with: something to hear, to watch, to look at, to keep. */
export interface Media extends Rendition {
  readonly medium: "audio" | "video" | "image" | "document";
  /** Seconds. */
  readonly duration?: number;
  /** Of a video: what is seen before it plays. */
  readonly thumbnail?: string;
  /** Other forms of it. */
  readonly alternates: readonly Rendition[];
}

export type LiveStatus = "pending" | "live" | "ended";

/** A stream that is, was or will be (podcast namespace: `liveItem`). */
export interface Live {
  readonly start: Instant;
  readonly end?: Instant;
  /** The author's word, which counts before the clock. */
  readonly status?: LiveStatus;
  /** Where the stream plays; absolute. */
  readonly url: string;
  /** MIME type of the stream. */
  readonly type: string;
}

/** What a podcast says of one of its episodes. */
export interface Episode {
  readonly number?: number;
  readonly season?: number;
  readonly type?: "full" | "trailer" | "bonus";
  readonly explicit?: boolean;
  readonly subtitle?: string;
  readonly transcripts: readonly { readonly url: string; readonly type: string; readonly language?: string }[];
  readonly chapters?: { readonly url: string; readonly type: string };
  readonly persons: readonly Person[];
}

/** Why a post is kept back: `excluded` by the owner's rules, the others by its author. */
export type HeldBack = "draft" | "hidden" | "password" | "excluded";

/** One Markdown file, understood. */
export interface Post {
  readonly key: string;
  /** Empty where the author wants none. */
  readonly title: string;
  readonly published: Instant;
  readonly updated?: Instant;
  /** It does not say when it was published: once readers have got it, that stays whatever its file says. */
  readonly undated?: true;
  /** Why the post is in no document, if it is not to be. */
  readonly hidden?: HeldBack;
  /** An id that the author chose. */
  readonly id?: string;
  readonly url: string;
  readonly language: string;
  readonly authors: readonly Author[];
  readonly tags: readonly string[];
  /** Each category is a path from its outermost parent. */
  readonly categories: readonly (readonly string[])[];
  readonly description?: string;
  /** Absolute. */
  readonly image?: string;
  /** What a link post is about: a page elsewhere. */
  readonly external?: string;
  readonly media: readonly Media[];
  readonly live?: Live;
  readonly episode?: Episode;
  /** The first folder below that of all posts. */
  readonly section?: string;
  /** Bytes of its text. */
  readonly size: number;
  /** Other content keys that the post was made from, there or not. */
  readonly deps: readonly string[];
  /** Does the entry carry its Markdown? */
  readonly source?: boolean;
  readonly content?: Content;
  /** Posts of one key in several languages are one post, translated. */
  readonly translation?: string;
  /** Of the file, where its id and its address are given, if they are. */
  readonly lines: { readonly id?: number; readonly url?: number };
  /** Rewriting it is not worth telling its readers. */
  readonly minor?: boolean;
  /** A line break in the text is one to its readers. */
  readonly breaks?: boolean;
  /** Front matter left out, templates expanded. */
  readonly markdown: string;
  /** From when on the post is in no document. */
  readonly expires?: Instant;
  /** Moves when the author rewrites the post: title, Markdown, media, all as written. */
  readonly sourceDigest: string;
  /** Moves when anything moves that the entry is rendered from. */
  readonly inputHash: string;
}

/** A post rendered for feeds: a pure function of what its `inputHash` covers. */
export interface Entry {
  readonly title: string;
  readonly language: string;
  readonly authors: readonly Author[];
  /** Feed-safe HTML with absolute URLs, free of characters that XML 1.0 cannot carry. */
  readonly html: string;
  /** Plain text. */
  readonly summary?: string;
  readonly image?: string;
  readonly external?: string;
  readonly media?: readonly Media[];
  readonly live?: Live;
  readonly episode?: Episode;
  /** As the author wrote it, templates expanded; only if the site asks for it. */
  readonly markdown?: string;
}

// ── What the system knows ──────────────────────────────────────────────────────────────────────────────────────────

/** A removed record is kept apart, as a `GonePost`. */
export type RecordState = "public" | "future" | "expired" | "hidden" | "broken" | "conflicting" | "removed";

/** The ids under which readers of a former system's feeds know a post, by format and byte for byte. */
export interface FormerIds {
  readonly rss?: string;
  /** The RSS guid was said to be the post's address. */
  readonly isPermaLink?: boolean;
  readonly atom?: string;
  readonly json?: string;
}

/** What a published post is known by, without reading it again. */
export interface Facts {
  /** Minted once, never changed. */
  readonly id: string;
  /** In documents of its format each counts before `id`. */
  readonly ids?: FormerIds;
  readonly title: string;
  readonly url: string;
  readonly published: Instant;
  readonly updated: Instant;
  readonly language: string;
  readonly authors: readonly string[];
  readonly tags: readonly string[];
  readonly categories: readonly (readonly string[])[];
  readonly section?: string;
  /** Bytes of its text, for limits. */
  readonly size: number;
  /** Of a stream: what its status is told by. */
  readonly live?: Pick<Live, "start" | "end" | "status">;
  readonly content?: Content;
  readonly translation?: string;
  readonly sourceDigest: string;
  readonly inputHash: string;
}

/** What the system knows of one content key. */
export interface PostRecord {
  readonly key: string;
  readonly state: RecordState;
  /** Of a hidden one. */
  readonly reason?: HeldBack;
  /** Of the content that this record was made from. */
  readonly etag: Etag;
  readonly problems: readonly Problem[];
  /** Other content keys whose change concerns this post. */
  readonly deps: readonly string[];
  /** What those were when the post was read: another value means that it is to be read anew. */
  readonly depsDigest?: string;
  /** Since when a post that was public is not, for whatever reason but a mistake in it. */
  readonly left?: Instant;
  /** When the record changes by itself. */
  readonly due?: Instant;
  /** Present once the post was public; kept in every later state, so that it comes back as what it was. */
  readonly facts?: Facts;
  /** An entry was rendered from `facts`, so a broken post can still be shown. */
  readonly rendered?: boolean;
  /** A broken post, or one that waits for another's address, that was public before: its last good entry stays. */
  readonly lastGood?: boolean;
}

/** What stays of a published post whose file went. */
export interface GonePost {
  readonly key: string;
  readonly facts: Facts;
  readonly since: Instant;
  readonly rendered?: boolean;
}

/** A record whose post belongs in documents. */
export type ListedRecord = PostRecord & { readonly facts: Facts };

/** One immutable object: every record, and for every published document its fingerprint and ETag. */
export interface Catalog {
  /** The run that wrote it. */
  readonly run: string;
  /** Authority and year of every tag URI, fixed by the first run (RFC 4151). */
  readonly authority: string;
  readonly since: number;
  /** What the records were read with: another value means that every post is read anew. */
  readonly reading: string;
  /** By key, in UTF-8 order. */
  readonly records: readonly PostRecord[];
  /** Posts that are gone, by id: should one come back under whatever key, it is known again. */
  readonly gone: readonly GonePost[];
  /** By channel key: the `updated` that its documents carry, which never falls but by a rollback. */
  readonly channels: { readonly [channel: string]: { readonly updated: Instant } };
  /** By path. */
  readonly documents: { readonly [path: string]: PublishedDocument };
  /** Paths without a document at which a run that was taken over may still put one, and until when that is minded. */
  readonly late?: { readonly [path: string]: Instant };
  /** `podcast:guid`, once it was published: it never changes. */
  readonly podcast?: string;
  /** Key of the ids of a former system, as long as a post that has one waits for its first publication. */
  readonly adopted?: string;
  /** Until when it was meant that posts went, because somebody forced it. */
  readonly meant?: Instant;
  /** Keys of the catalogs that are kept beside this one, newest first. */
  readonly former: readonly string[];
  /** How many objects of the state store may be there for nothing, once there are some. */
  readonly unused?: number;
}

export interface PublishedDocument {
  readonly fingerprint: string;
  readonly etag: Etag;
  /** Of its bytes: whether an ETag that moved means anything. */
  readonly digest: string;
}

/** The one mutable object of the state store. */
export interface Head {
  readonly format: 1;
  /** Key of the current catalog; absent before the first commit. */
  readonly catalog?: string;
  /** Key of ids of a former system that no catalog knows yet. */
  readonly adopted?: string;
  readonly lease?: Lease;
  readonly outbox: Outbox;
}

/** Who is writing, until when, and which paths may be half done. */
export interface Lease {
  readonly run: string;
  readonly until: Instant;
  /** Key of the immutable object that lists every path to be put or removed. */
  readonly intent: string;
}

/** What is still to announce. */
export interface Outbox {
  /** Public paths that changed, in order; `["*"]` when they are too many to name. */
  readonly paths: readonly string[];
  /** When the next run is due of itself. */
  readonly due?: Instant;
}

// ── Channels and documents ─────────────────────────────────────────────────────────────────────────────────────────

/** One stream people subscribe to. */
export interface Channel {
  /** `site`, `tags/<slug>`, `categories/<slug>/<slug>`, `channels/<path>`, `archive/<period>`: in the catalog and its id. */
  readonly key: string;
  readonly kind: "site" | Kind | "channels" | "archive";
  /** Folder of its documents under the feeds base URL, empty or ending with a slash. */
  readonly path: string;
  /** What it is about: the tag, the parts of the category, the author, the language's own name. */
  readonly name: readonly string[];
  readonly title: string;
  readonly description: string;
  readonly language: string;
  /** The web page of the channel. */
  readonly home: string;
  readonly content: Content;
  readonly formats: readonly Format[];
}

/** A post that is gone (RFC 6721). */
export interface Tombstone {
  /** Atom's. */
  readonly id: string;
  readonly when: Instant;
}

/** What a channel carries now, newest first. */
export interface Window {
  readonly channel: Channel;
  readonly records: readonly ListedRecord[];
  readonly deleted: readonly Tombstone[];
  /** How many entries there are in all. */
  readonly total: number;
  /** Of the site's channel and its archives (RFC 5005): the channels before and after it. */
  readonly history?: { readonly previous?: Channel; readonly next?: Channel };
  /** Of the streams among them, by id. */
  readonly live: { readonly [id: string]: LiveStatus };
}

/** An entry in a document. */
export interface Item {
  readonly facts: Facts;
  readonly entry: Entry;
  readonly content: Content;
  /** Of a stream, at the moment for which is published. */
  readonly live?: LiveStatus;
}

/** Another document of the same channel, or the same channel in another language. */
export interface Alternate {
  readonly format: Format | "page";
  readonly url: string;
  readonly title: string;
  /** Of another language only. */
  readonly language?: string;
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
  readonly alternates: readonly Alternate[];
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
  readonly feeds: readonly Alternate[];
  /** The newest, at most ten. */
  readonly items: readonly Item[];
  readonly total: number;
  /** Of the site's page alone: every channel there is. */
  readonly directory?: Directory;
}

/** A channel as lists of channels show it. */
export interface Listing {
  readonly channel: Channel;
  readonly feeds: readonly Alternate[];
  /** Its page, if channels have pages. */
  readonly page?: string;
  readonly total: number;
}

/** Every channel that is published but the archives: the site's first, then by kind and path. */
export interface Directory {
  readonly site: Site;
  readonly listings: readonly Listing[];
}

// ── Plans and reports ──────────────────────────────────────────────────────────────────────────────────────────────

export type PutReason = "new" | "changed" | "drifted" | "inherited" | "forced";
export type RemoveReason = "channel gone" | "inherited";

/** What a document is drawn from. */
export type Drawing =
  | { readonly as: Format; readonly window: Window }
  | { readonly as: "page"; readonly window: Window }
  /** `feeds.opml`, `feeds.json`, `autodiscovery.html` */
  | { readonly as: "opml" | "list" | "head" };

export interface PlannedDocument {
  readonly path: string;
  readonly drawing: Drawing;
  readonly contentType: string;
  readonly updated: Instant;
  readonly fingerprint: string;
}

/** What publishing would do. A pure function of records, site and now. */
export interface Plan {
  /** Every document that should exist. */
  readonly documents: readonly PlannedDocument[];
  /** Every channel with what it carries, the site's first. */
  readonly windows: readonly Window[];
  readonly put: readonly PlannedPut[];
  readonly remove: readonly PlannedRemoval[];
  /** When the next run is due of itself. */
  readonly due?: Instant;
}

export interface PlannedPut {
  readonly document: PlannedDocument;
  readonly reason: PutReason;
}

export interface PlannedRemoval {
  readonly path: string;
  readonly reason: RemoveReason;
}

export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
  /** What would have been refused besides. */
  readonly also?: readonly Refusal[];
}

export interface OperationCount {
  readonly list: number;
  readonly get: number;
  readonly put: number;
  readonly delete: number;
}

/** What a rebuild read back from the public store, and what became of it. */
export interface Recovered {
  readonly documents: number;
  /** Posts that feeds carry, and posts that they tell of as gone. */
  readonly posts: number;
  readonly tombstones: number;
  /** How many of the posts were found in the content. */
  readonly recognised: number;
  /** Posts that are public now and that no document knew. */
  readonly minted: number;
}

/** What became of the outbox. */
export interface Announced {
  /** How many paths were to be told; one where they were too many to name. */
  readonly paths: number;
  /** Why they are left for the next run. */
  readonly failed?: string;
}

/** What a run did. */
export interface Report {
  /** `true`: nothing was written; `put` and `removed` say what would have been. */
  readonly dryRun: boolean;
  /** How many records are in each state. */
  readonly records: { readonly [state in RecordState]: number };
  /** How many of the hidden ones for each reason. */
  readonly heldBack: { readonly [reason in HeldBack]?: number };
  readonly entries: { readonly rendered: number; readonly cached: number };
  readonly put: readonly { readonly path: string; readonly reason: PutReason }[];
  readonly removed: readonly { readonly path: string; readonly reason: RemoveReason }[];
  /** Documents that stayed as they were. */
  readonly unchanged: number;
  readonly problems: readonly Problem[];
  readonly refused?: Refusal;
  /** What would have been refused, had it not been meant. */
  readonly forced?: Refusal;
  /** What a rebuild read back from the public store. */
  readonly recovered?: Recovered;
  /** Time was over before all was written: what was is committed, and the next run goes on. */
  readonly unfinished?: true;
  readonly due?: Instant;
  /** Absent where there was nothing to announce, or nobody to do it. */
  readonly announced?: Announced;
  readonly operations: {
    readonly content: OperationCount;
    readonly public: OperationCount;
    readonly state: OperationCount;
  };
  /** Milliseconds. */
  readonly took: number;
}
