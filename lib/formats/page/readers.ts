/** Reader apps and services that a link can open with a feed, and where each says so. */
import type { FeedLink } from "../types.ts";

export interface ReaderLink {
  /** A name, which is the same in every language; without one, the app that the device has for feeds. */
  readonly name?: string;
  /** The link for a feed's address, which is absolute and has the scheme `https`. */
  readonly link: (url: string) => string;
}

const after =
  (prefix: string) =>
  (url: string): string =>
    prefix + encodeURIComponent(url);

/** Apps that take the address without its scheme ask for it by HTTP, and follow the redirect. */
const instead =
  (scheme: string) =>
  (url: string): string =>
    url.replace(/^https:\/\//, scheme);

/**
 * `feed:` is `feed:https://…` for addresses by HTTPS (draft-obasanjo-feed-URI-scheme §2); NetNewsWire (its issues 343 and 610),
 * Liferea and Thunderbird register it.
 */
const FEED_READERS: readonly ReaderLink[] = [
  { link: (url) => `feed:${url}` },
  { name: "Feedly", link: after("https://feedly.com/i/subscription/feed/") }, // RSSHub-Radar, quick-subscriptions.ts
  { name: "Inoreader", link: after("https://www.inoreader.com/?add_feed=") }, // the same
  { name: "NewsBlur", link: after("https://www.newsblur.com/?url=") }, // its page "Goodies", "Custom Add Site URL"
  { name: "The Old Reader", link: after("https://theoldreader.com/feeds/subscribe?url=") }, // RSSHub-Radar
  { name: "Feedbin", link: after("https://feedbin.com/?subscribe=") }, // its source, site_controller.rb
];

const PODCAST_APPS: readonly ReaderLink[] = [
  { name: "Apple Podcasts", link: instead("pcast://") }, // castro.fm/blog/a-podcast-url-scheme; Podlove Subscribe Button
  { name: "Overcast", link: after("overcast://x-callback-url/add?url=") }, // Podlove Subscribe Button, issue 165
  { name: "Pocket Casts", link: instead("pktc://subscribe/") }, // its sources: DeepLinkFactory.kt, AppDelegate+UrlHandling.swift
  { name: "AntennaPod", link: after("https://antennapod.org/deeplink/subscribe?url=") }, // its documentation for podcasters
  { name: "Podcast Addict", link: instead("podcastaddict://") }, // its author: Podlove Subscribe Button, issue 10
];

/** Longer addresses would fill the page. */
const MAX_BYTES = 500;

/**
 * What can open one of the feeds, and which: the first of them that readers know. JSON Feed is left to those who ask for it,
 * since some readers do not know it; podcast apps know RSS alone.
 */
export function readersOf(feeds: readonly FeedLink[], isPodcast: boolean): readonly (readonly [ReaderLink, string])[] {
  const feed = feeds.find(({ format }) => format === "rss" || (format === "atom" && !isPodcast));
  if (!feed || !isPublic(feed.url) || feed.url.length > MAX_BYTES) return [];
  return (isPodcast ? PODCAST_APPS : FEED_READERS).map((reader) => [reader, reader.link(feed.url)] as const);
}

/** Whether others can reach the address: not on the author's own machine or network, where sites are previewed. */
export function isPublic(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  const isName = /\.[a-z][^.]*$/.test(hostname); // an address of four numbers ends in a digit, and one of IPv6 in a bracket
  return protocol === "https:" && isName && !/\.(?:localhost|local|internal|home\.arpa)$/.test(hostname);
}
