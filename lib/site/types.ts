/** What the owner says in `site.yaml`, understood. */
import type { Author, Content, DialectName, Format, Kind, OwnKind, Period, Person } from "../model.ts";

export interface Rules {
  /** Globs of content keys. */
  readonly paths: readonly string[];
  readonly tags: readonly string[];
  /** Names of categories, wherever in a path they stand. */
  readonly categories: readonly string[];
}

/** What a document carries at most, newest first: all of these hold, but one entry always fits. */
export interface Limit {
  readonly entries?: number;
  /** Before the newest entry, so that a channel that falls silent keeps its last days. */
  readonly days?: number;
  /** Of the posts' texts. */
  readonly bytes?: number;
}

/** How channels are published. */
export interface ChannelRule {
  readonly limit: Limit;
  readonly content: Content;
  readonly formats: readonly Format[];
  /** `{name}` stands for what the channel is about, `{site}` for the site's title. */
  readonly title?: string;
  readonly description?: string;
}

/** How channels of a kind are published. */
export interface KindRule extends ChannelRule {
  /** Folder of each, with `{slug}` where its slug stands and a slash at its end: `tags/{slug}/`. */
  readonly path: string;
}

/** A combination that the owner names. */
export interface NamedChannel extends ChannelRule {
  /** Folder of its documents, without slashes at its ends. */
  readonly path: string;
  readonly language?: string;
  /** Names, by kind; a category also means all below it. */
  readonly of: { readonly [kind in Kind]: readonly string[] };
  /** Whether a post must have all of these, or one. */
  readonly match: "all" | "any";
}

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

/** A channel that has another name since. */
export interface Renamed {
  readonly kind: Kind | "channels";
  /** The parts of a category, the path of a channel that the owner names, else the name alone. */
  readonly from: readonly string[];
  /** The last name, where one was renamed several times. */
  readonly to: readonly string[];
}

/** What is said of all posts of some folders, as their front matter would. */
export interface SiteDefaults {
  readonly paths: readonly string[];
  readonly values: { readonly [key: string]: unknown };
  /** Where `site.yaml` has each key. */
  readonly lines: { readonly [key: string]: number };
}

/** How often feeds are worth asking for (RSS 1.0 syndication module, RSS 2.0 `ttl`). */
export interface UpdateRhythm {
  readonly period: "hourly" | "daily" | "weekly" | "monthly" | "yearly";
  readonly frequency: number;
}

/** The site is a podcast: what directories want to know of it. */
export interface Podcast {
  /** Key of the channel that is the podcast: `site`, `tags/<slug>`, `channels/<path>`. */
  readonly channel: string;
  /** The channel has a limit of its own, which then counts; else it carries every episode. */
  readonly isLimited: boolean;
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

/** How much a run may make: beyond both it looks like an accident. */
export interface Amount {
  readonly number: number;
  /** For each post that is public. */
  readonly perPost: number;
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
  /** Tags, categories with those above them, and authors of one post: beyond it, the post is not published. */
  readonly tags?: number;
  /** Channels that were not there before. */
  readonly channels?: Amount;
  /** Documents that were not there before. */
  readonly documents?: Amount;
  /** Bytes of all documents that are put. */
  readonly written?: Amount;
}

/**
 * What serves the public store, and so what it needs there: `edge`, the functions of the deployment; `files`, a host that does
 * nothing but serve files; `netlify`, Netlify or Cloudflare Pages; `nginx` and `caddy`, a server of the owner's.
 */
export type HostKind = "edge" | "files" | "netlify" | "nginx" | "caddy";

/** `site.yaml`, understood. Base URLs are absolute and end with a slash. */
export interface Site {
  readonly title: string;
  readonly url: string;
  /** Where the public store is served, the base of every feed's own URL. */
  readonly feeds: string;
  /** Where the content's `media/` is served, itself at `media/` below this. */
  readonly media: string;
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
  /** Names of the documents of every channel. */
  readonly files: { readonly [as in Format | "page"]: string };
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
  /** What posts have that do not say so themselves; of several that fit the last one counts. */
  readonly defaults: readonly SiteDefaults[];
  /**
   * What tags, shortcodes, includes, components and containers stand for, by name as written: `drop`, `content`, or a text
   * with `{0}`, `{name}` and `{content}` where their arguments stand.
   */
  readonly templates: { readonly [name: string]: string };
  /** The values of `site.…` in templates, by lower-case path: `author.name`. */
  readonly variables: { readonly [path: string]: string };
  /** What documents carry of a post that does not say so itself. */
  readonly content: Content;
  /** The owner's own, each a kind of channel. */
  readonly taxonomies: readonly OwnKind[];
  /** Of the kinds that are published. */
  readonly kinds: { readonly [kind in Kind]: KindRule };
  readonly channels: readonly NamedChannel[];
  /** Of the site's own channel, if it has archives. */
  readonly archives?: Period;
  /** For how many days a document tells that a post is gone. */
  readonly tombstones: number;
  /** Does each channel have a page for people? */
  readonly pages: boolean;
  readonly aliases: readonly Alias[];
  readonly retired: readonly Retired[];
  readonly renamed: readonly Renamed[];
  /** Minutes for which a reader may keep a feed. */
  readonly ttl?: number;
  readonly updates?: UpdateRhythm;
  /** Hours in GMT and days of the week on which readers need not ask, in their order. */
  readonly skipHours?: readonly number[];
  readonly skipDays?: readonly string[];
  /** Absolute addresses: a picture of the site, a square one, and a small one. */
  readonly image?: string;
  readonly icon?: string;
  readonly favicon?: string;
  /** Of links, in readers that can: `#2a9d83`. */
  readonly accent?: string;
  /** Of links and buttons on pages, in the same form. */
  readonly color?: string;
  readonly rights?: string;
  /** Markdown with which each entry ends; `{url}`, `{title}` and `{site}` stand for its address, its title and the site's. */
  readonly footer?: string;
  /** Do entries carry the Markdown that they were made from (`source:markdown`)? */
  readonly sourceMarkdown: boolean;
  /** Are names of emoji in texts (`:tada:`) read as emoji? */
  readonly emoji: boolean;
  /** Comes before the addresses of audio and video in feeds: a service that counts requests, and redirects. */
  readonly enclosurePrefix: string | undefined;
  readonly podcast?: Podcast;
  readonly guard: Guard;
  /** WebSub hubs. */
  readonly hubs: readonly string[];
  /** Globs of the content keys that are posts. */
  readonly posts: readonly string[];
  readonly host: HostKind;
  /** Globs of paths in the public store at which documents may take the place of what another program wrote. */
  readonly replace: readonly string[];
  /** The `Cache-Control` of every document. */
  readonly cacheControl: string;
}
