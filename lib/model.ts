/** The types that several rooms share: readonly data, no behaviour. What one room owns is in its `types.ts`. */

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
export type DialectName = "plain" | "hexo" | "jekyll" | "hugo" | "zola" | "astro" | "eleventy";

/** The whole text of an entry, or its summary alone. */
export type Content = "full" | "summary";

export type Format = "rss" | "atom" | "json";

/** The kinds of channels that every site has. */
export type FixedKind = "tags" | "categories" | "authors" | "languages" | "sections";

/** A taxonomy that the owner names, which is the key in front matter and the folder of its channels: `series`. */
export type OwnKind = string;

/** What posts have that makes a channel by itself: each tag, each category, …, each term of the owner's own taxonomies. */
export type Kind = FixedKind | OwnKind;

/** Names of a post, by the owner's own taxonomies. */
export type Terms = { readonly [kind in OwnKind]: readonly string[] };

/** How long one archive is; weeks are those of ISO 8601. */
export type Period = "year" | "month" | "week" | "day";

/** Who did what in a podcast (podcast namespace: `person`). */
export interface Person {
  readonly name: string;
  readonly role?: string;
  readonly group?: string;
  readonly image?: string;
  readonly url?: string;
}

/** Something wrong in the content. */
export interface Problem {
  /** Which one it is, in words that stay: docs/problems.md lists them. */
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

/** What a run would not do, since it looks like an accident; the option `force` says that it is meant. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
  /** What would have been refused besides. */
  readonly also?: readonly Refusal[];
}

// ── Posts ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Where the files below `media/` are served, and the beginnings of the URLs by which posts name them. */
export interface MediaBase {
  readonly named: readonly string[];
  readonly base: string;
}

/** One form of a recording: the same words and pictures, in another size, shape or codec. */
export interface Rendition {
  /** Absolute. */
  readonly url: string;
  /** MIME type. */
  readonly type: string;
  /** Bytes; 0 where unknown. */
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

/** A film on another site, by the address of its page or its player, or a photo. */
export interface Above {
  readonly medium: "film" | "photo";
  /** Absolute. */
  readonly url: string;
  readonly alt?: string;
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

/**
 * Where the file that a link means may lie: `beside` the post; there or below a folder above it (`file`); there or anywhere
 * (Hugo's `page`); `anywhere`, by its path or the end of it; a `note` is known by its title, too.
 */
export type Sought = "beside" | "file" | "page" | "anywhere" | "note";

/** A link of a post to another one, by its file. */
export interface Reference {
  /** As written, with what follows `#` or `?`. */
  readonly written: string;
  readonly sought: Sought;
  /** Of the file. */
  readonly line?: number;
  /** The language of the post that is meant, where there are several. */
  readonly language?: string;
  /** Its text is the title of the other post. */
  readonly titled?: true;
  /** It may be text, or an address that is no file's: where there is no such file, it stays as it is written. */
  readonly perhaps?: true;
  /** The text has a mark in its place, not an address. */
  readonly marked?: true;
}

/** Where a reference leads: to a post in documents, to one that is not, or to none. */
export type LinkTarget = { readonly url: string; readonly title?: string } | "hidden" | "none";

/** The links of a post to others. */
export interface PostLinks {
  readonly references: readonly Reference[];
  /** Of each reference. */
  readonly targets: readonly LinkTarget[];
  /** The input hash of the post without its targets. */
  readonly own: string;
  /** Of a last good entry whose links lead elsewhere now: the one that it was, to make it from. */
  readonly former?: { readonly hash: string; readonly place: EntryPlace; readonly targets: readonly LinkTarget[] };
}

/** Where the file of a post says what. */
export interface PostLines {
  readonly id?: number;
  readonly url?: number;
  readonly updated?: number;
  /** Where its text begins. */
  readonly body?: number;
  /** How many lines of its Markdown are those of the text, if templates have changed their number. */
  readonly kept?: number;
}

/** One Markdown file, understood. */
export interface Post {
  readonly key: string;
  /** Empty where the author wants none. */
  readonly title: string;
  readonly published: Instant;
  readonly updated?: Instant;
  /** It has no date of its own: the moment at which readers got it stays, whatever happens to its file. */
  readonly undated?: true;
  /** Why the post is not published, if it is kept back. */
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
  /** What the post does to that page, where it says so. */
  readonly response?: Answering;
  /** Where readers discuss it. */
  readonly comments?: string;
  readonly media: readonly Media[];
  /** What pages show of it above its text. */
  readonly above?: readonly Above[];
  /** Of a text that may name media which are served elsewhere. */
  readonly mediaBase?: MediaBase;
  /** Its links to other posts. */
  readonly references?: readonly Reference[];
  /** Other names by which notes may link to it. */
  readonly names?: readonly string[];
  /** Where its references lead, once all posts are known. */
  readonly targets?: readonly LinkTarget[];
  /** Absolute addresses to which its text leads, each with that of the file that it means. */
  readonly addresses?: readonly (readonly [address: string, meant: string])[];
  readonly live?: Live;
  readonly episode?: Episode;
  /** The first folder below that of all posts. */
  readonly section?: string;
  /** Of those of the owner's own taxonomies that it has names of. */
  readonly terms?: Terms;
  /** Bytes of its text. */
  readonly size: number;
  /** Bytes of what is before its more mark. */
  readonly leadSize?: number;
  /** Does the entry carry its Markdown? */
  readonly source?: boolean;
  readonly content?: Content;
  /** Posts of one key in several languages are one post, translated. */
  readonly translation?: string;
  readonly lines: PostLines;
  /** Its `updated` stays when it is rewritten. */
  readonly minor?: boolean;
  /** Line breaks in the text are rendered as such. */
  readonly breaks?: boolean;
  /** False where names of emoji in the text stay as they are written. */
  readonly emoji?: boolean;
  /** Its text is HTML, in which Markdown is not read. */
  readonly isHtml?: boolean;
  /** A more mark in its text does not count: its front matter has the excerpt, or says that there is none. */
  readonly excerpt?: false | "none";
  /** Whose Markdown it is written in, where that makes a difference. */
  readonly dialect?: DialectName;
  /** Front matter left out, templates expanded. */
  readonly markdown: string;
  /** From when on the post is in no document. */
  readonly expires?: Instant;
  /** Moves when the author rewrites the post: title, Markdown, media, all as written. */
  readonly sourceDigest: string;
  /** Of its text alone, as written; empty where there is none. */
  readonly wordsDigest: string;
  /** Moves when anything moves that the entry is rendered from, but for where its links to other posts lead. */
  readonly inputHash: string;
}

/** As IndieWeb has it: `like-of`, `repost-of`, `in-reply-to`. */
export type Answering = "like" | "repost" | "reply";

/** A post rendered for feeds: a pure function of what its `inputHash` covers. */
export interface Entry {
  readonly title: string;
  readonly language: string;
  readonly authors: readonly Author[];
  /** Feed-safe HTML with absolute URLs, free of characters that XML 1.0 cannot carry. */
  readonly html: string;
  /** Plain text. */
  readonly summary?: string;
  /** The part of `html` that the author ended with a mark: what documents carry that do not carry all of it. */
  readonly lead?: string;
  readonly image?: string;
  readonly external?: string;
  readonly comments?: string;
  readonly media?: readonly Media[];
  readonly live?: Live;
  readonly episode?: Episode;
  /** As the author wrote it, templates expanded; only if the site asks for it. */
  readonly markdown?: string;
}

// ── Records ──────────────────────────────────────────────────────────────────────────────────────────

/** A removed record is kept apart, as a `GonePost`. */
export type RecordState = "public" | "future" | "expired" | "hidden" | "broken" | "conflicting" | "removed";

/** The ids under which readers of a former system's feeds know a post, by format and byte for byte. */
export interface FormerIds {
  readonly rss?: string;
  /** The RSS guid was marked as the post's address. */
  readonly isPermaLink?: boolean;
  readonly atom?: string;
  readonly json?: string;
}

/**
 * What tells one post from another, wherever its file is moved. Of a file that cannot be read as a post, as much of it as can;
 * its `sourceDigest` is that of its bytes.
 */
export type Traits = Partial<
  Pick<Post, "title" | "published" | "undated" | "language" | "sourceDigest" | "wordsDigest">
>;

/** What is known of a published post without reading it again. */
export interface Facts {
  /** Minted once, never changed. */
  readonly id: string;
  /** In documents of its format each counts before `id`. */
  readonly ids?: FormerIds;
  readonly title: string;
  readonly url: string;
  readonly published: Instant;
  readonly undated?: true;
  /** The file gives the id. */
  readonly givesId?: true;
  readonly updated: Instant;
  readonly language: string;
  readonly authors: readonly string[];
  readonly tags: readonly string[];
  readonly categories: readonly (readonly string[])[];
  readonly section?: string;
  readonly terms?: Terms;
  /** Bytes of its text, for limits. */
  readonly size: number;
  /** Bytes of what summaries carry of it with its formatting, for limits. */
  readonly leadSize?: number;
  /** Of a stream: what its status depends on. */
  readonly live?: Pick<Live, "start" | "end" | "status">;
  readonly content?: Content;
  readonly translation?: string;
  /** It has audio or video. */
  readonly playable?: true;
  /** Bytes of what it has besides its text: files, and what is said of an episode. For limits. */
  readonly besides?: number;
  readonly sourceDigest: string;
  readonly wordsDigest: string;
  /** Moves when anything moves that the entry is rendered from. */
  readonly inputHash: string;
  readonly links?: PostLinks;
  /** Other names by which notes may link to it. */
  readonly names?: readonly string[];
}

/** Where an entry lies in the entry cache. */
export interface EntryPlace {
  readonly pack: string;
  /** Bytes. */
  readonly start: number;
  readonly length: number;
}

/** What the system knows of one content key. */
export interface PostRecord {
  readonly key: string;
  readonly state: RecordState;
  /** Of a hidden record. */
  readonly reason?: HeldBack;
  /** Of the object that this record was made from. */
  readonly etag: Etag;
  readonly problems: readonly Problem[];
  /** Other content keys whose change concerns this post. */
  readonly deps: readonly string[];
  /** Digest of those when the post was read: another value means that it must be read again. */
  readonly depsDigest?: string;
  /** Since when a post that was public is not, for any reason but an error in it. */
  readonly left?: Instant;
  /** When the record changes by itself. */
  readonly due?: Instant;
  /** From when on the post is in no document. */
  readonly expires?: Instant;
  /** Present once the post was public, and kept in every later state: should it be public again, it is the same post. */
  readonly facts?: Facts;
  /** Of a post that was public and is not as its file has it: what was seen in its file at last, if that is not in `facts`. */
  readonly seen?: Traits;
  /** Where the entry lies that was rendered from `facts`, so a broken post can still be shown. */
  readonly rendered?: EntryPlace;
  /** The address of a file that is no post but a page of the site: links to it lead there. */
  readonly page?: string;
  /** A broken post, or one that waits for another's address, that was public before: its last good entry stays. */
  readonly lastGood?: boolean;
}

/** What is kept of a published post whose file was removed. */
export interface GonePost {
  readonly key: string;
  readonly facts: Facts;
  /** As of a record. */
  readonly seen?: Traits;
  /** When readers lost it, */
  readonly since: Instant;
  /** and when its file went, if that was later. */
  readonly removed?: Instant;
  readonly rendered?: EntryPlace;
}

/** A record whose post belongs in documents. */
export type ListedRecord = PostRecord & { readonly facts: Facts };

/** A post that is gone (RFC 6721). */
export interface Tombstone {
  /** Atom's. */
  readonly id: string;
  readonly when: Instant;
}
