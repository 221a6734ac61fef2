/** Channels and what they carry. */
import type { Content, Facts, Format, Kind, ListedRecord, LiveStatus, Tombstone } from "../model.ts";

/** One stream people subscribe to. */
export interface Channel {
  /** `site`, `tags/<slug>`, `categories/<slug>/<slug>`, `channels/<path>`, `archive/<period>`, `archive/<period>/<part>`: in the catalog and its id. */
  readonly key: string;
  readonly kind: "site" | Kind | "channels" | "archive";
  /** Folder of its documents under the feeds base URL, empty or ending with a slash. */
  readonly path: string;
  /** What it is about: the tag, the parts of the category, the author, the language's own name. */
  readonly name: readonly string[];
  readonly title: string;
  readonly description: string;
  readonly language: string;
  readonly content: Content;
  readonly formats: readonly Format[];
}

/** A place in the order of posts, whether or not a post is there still. */
export type Bound = Pick<Facts, "published" | "id">;

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
  /** Of an archive: the place where it ends for good; absent where it holds the rest of its period. */
  readonly until?: Bound;
  /** Of the podcast: how many of its episodes it has no room for. */
  readonly missing?: number;
}
