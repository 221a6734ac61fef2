/** What a page says besides what authors wrote: the texts that each language file translates. */
import type { FixedKind } from "../../../model.ts";

/** A kind of channel that the directory lists under a heading in the page's language. */
export type ListedKind = FixedKind | "channels";

export interface Words {
  readonly skip: string;
  /** Over the title of the site's page. */
  readonly feeds: string;
  /** The kind of the page's channel. */
  readonly one: { readonly [kind in ListedKind | "podcast"]: string };
  /** The headings of the directory. */
  readonly many: { readonly [kind in ListedKind]: string };
  readonly subscribe: string;
  /** What a feed is, and what to do with its address. */
  readonly aboutFeeds: string;
  /** The same where the channel is a podcast. */
  readonly aboutPodcasts: string;
  /** That a reader needs only one of the formats, the first of which stands above. */
  readonly sameInEach: string;
  readonly copy: string;
  readonly copied: string;
  /** Opens the list of the formats besides the first. */
  readonly otherFormats: string;
  /** Before the names of apps and services. */
  readonly openIn: string;
  /** What the device has for feeds, in place of a name. */
  readonly ownReader: string;
  /** Below the QR code of the address, which it names as well. */
  readonly scan: string;
  readonly newest: string;
  /** The same where the channel is a podcast. */
  readonly newestEpisodes: string;
  /** In place of the newest entries where a channel has none. */
  readonly nothing: string;
  /** Heading of the directory: the parts of the site that can be subscribed to by themselves. */
  readonly parts: string;
  /** `{count}`, `{file}` */
  readonly rest: string;
  /** `{file}` */
  readonly opml: string;
  /** `{file}` */
  readonly list: string;
  /** `shown` is the count as the language writes numbers. */
  readonly entries: (count: number, shown: string) => string;
  /** The same where the channel is a podcast. */
  readonly episodes: (count: number, shown: string) => string;
  readonly live: string;
  readonly upcoming: string;
  readonly ended: string;
  readonly audio: string;
  readonly video: string;
  /** Of a stream that is live: `{time}` */
  readonly since: string;
  /** The link to it. */
  readonly watch: string;
  readonly transcript: string;
}
