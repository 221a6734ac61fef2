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
  /** How many entries a channel's documents carry. */
  readonly limit: number;
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
  /** The same for the channels of tags. */
  readonly tags: { readonly content?: Content };
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
  readonly mend: string;
}

// ── Posts ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Why a post is kept back: `excluded` by the owner's rules, the others by its author. */
export type HeldBack = "draft" | "hidden" | "password" | "excluded";

/** One Markdown file, understood. */
export interface Post {
  readonly key: string;
  readonly title: string;
  readonly published: Instant;
  readonly updated?: Instant;
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
}

// ── What the system knows ──────────────────────────────────────────────────────────────────────────────────────────

/** A removed record is kept apart, as a `GonePost`. */
export type RecordState = "public" | "future" | "expired" | "hidden" | "broken" | "shadow" | "removed";

/** What a published post is known by, without reading it again. */
export interface Facts {
  /** Minted once, never changed. */
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly published: Instant;
  readonly updated: Instant;
  readonly language: string;
  readonly authors: readonly string[];
  readonly tags: readonly string[];
  readonly categories: readonly (readonly string[])[];
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
  readonly format: 1;
  /** The pass that wrote it. */
  readonly pass: string;
  /** Authority and year of every tag URI, fixed by the first pass (RFC 4151). */
  readonly authority: string;
  readonly since: number;
  /** What the records were read with: another value means that every post is read anew. */
  readonly reading: string;
  /** By key, in UTF-8 order. */
  readonly records: readonly PostRecord[];
  /** Posts that are gone, by id: should one come back under whatever key, it is known again. */
  readonly gone: readonly GonePost[];
  /** By channel key: the `updated` that its documents carry, which never falls. */
  readonly channels: { readonly [channel: string]: { readonly updated: Instant } };
  /** By path. */
  readonly documents: { readonly [path: string]: PublishedDocument };
  /** The passes whose catalogs are kept beside this one, newest first. */
  readonly former: readonly string[];
}

export interface PublishedDocument {
  readonly channel: string;
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
  readonly claim?: Claim;
  readonly outbox: Outbox;
}

/** Who is writing, until when, and which paths may be half done. */
export interface Claim {
  readonly pass: string;
  readonly until: Instant;
  /** Key of the immutable object that lists every path to be put or removed. */
  readonly intent: string;
}

/** What is still to announce. */
export interface Outbox {
  /** Public paths that changed, in order; `["*"]` when they are too many to name. */
  readonly paths: readonly string[];
  /** When the next pass is due of itself. */
  readonly due?: Instant;
}

// ── Channels and documents ─────────────────────────────────────────────────────────────────────────────────────────

/** One stream people subscribe to. */
export interface Channel {
  /** `site`, `tags/<slug>`: names the channel in the catalog and in its tag URI. */
  readonly key: string;
  /** Folder of its documents under the feeds base URL, empty or ending with a slash. */
  readonly path: string;
  readonly title: string;
  readonly description: string;
  readonly language: string;
  /** The web page of the channel. */
  readonly home: string;
  readonly content: Content;
}

/** The records that a channel carries now, newest first. */
export interface Window {
  readonly channel: Channel;
  readonly records: readonly ListedRecord[];
}

export type Format = "rss" | "atom" | "json";

/** An entry in a document. */
export interface Item {
  readonly facts: Facts;
  readonly entry: Entry;
  readonly content: Content;
}

/** One channel in one format, before its bytes: what every renderer is given. */
export interface FeedDocument {
  readonly site: Site;
  readonly channel: Channel;
  /** Atom's feed id. */
  readonly id: string;
  readonly updated: Instant;
  /** The URL at which this very document is served. */
  readonly self: string;
  readonly items: readonly Item[];
}

// ── Plans and reports ──────────────────────────────────────────────────────────────────────────────────────────────

export type PutReason = "new" | "changed" | "drifted" | "inherited" | "forced";
export type RemoveReason = "channel gone" | "inherited";

export interface PlannedDocument {
  readonly path: string;
  readonly format: Format;
  readonly window: Window;
  readonly updated: Instant;
  readonly fingerprint: string;
}

/** What publishing would do. A pure function of records, site and now. */
export interface Plan {
  /** Every document that should exist. */
  readonly documents: readonly PlannedDocument[];
  readonly put: readonly { readonly path: string; readonly reason: PutReason }[];
  readonly remove: readonly { readonly path: string; readonly reason: RemoveReason }[];
  /** When the next pass is due of itself. */
  readonly due?: Instant;
}

export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly mend: string;
}

export interface OperationCount {
  readonly list: number;
  readonly get: number;
  readonly put: number;
  readonly delete: number;
}

/** What a pass did. */
export interface Report {
  /** `true`: nothing was written; `put` and `removed` say what would have been. */
  readonly dryRun: boolean;
  /** How many records are in each state. */
  readonly records: { readonly [state in RecordState]: number };
  /** How many of the hidden ones for each reason. */
  readonly heldBack: { readonly [reason in HeldBack]?: number };
  readonly entries: { readonly rendered: number; readonly remembered: number };
  readonly put: readonly { readonly path: string; readonly reason: PutReason }[];
  readonly removed: readonly { readonly path: string; readonly reason: RemoveReason }[];
  /** Documents that stayed as they were. */
  readonly unchanged: number;
  readonly problems: readonly Problem[];
  readonly refused?: Refusal;
  readonly due?: Instant;
  readonly operations: {
    readonly content: OperationCount;
    readonly public: OperationCount;
    readonly state: OperationCount;
  };
  /** Milliseconds. */
  readonly took: number;
}
