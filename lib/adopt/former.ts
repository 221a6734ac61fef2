/** A feed of a former system → its entries, each with the id by which readers know it. */

import { present } from "../base/optional.ts";
import { percentDecoded } from "../base/text.ts";
import type { Format, Instant } from "../model.ts";
import type { Feed, FeedEntry } from "./feed.ts";
import { decodeFeed, FeedError, readFeed } from "./feeds.ts";

export interface FormerEntry {
  readonly format: Format;
  /** Character for character; of an entry without an id, its link. */
  readonly id: string;
  /** The id is an RSS guid that is also the address of the item. */
  readonly isPermaLink?: boolean;
  /** Absolute. */
  readonly link?: string;
  readonly title?: string;
  readonly published?: Instant;
  readonly updated?: Instant;
}

export interface FormerFeed {
  readonly format: Format;
  readonly entries: readonly FormerEntry[];
  /** How many entries have neither id nor link: no reader recognises them. */
  readonly nameless: number;
  /** Where older entries are, absolute. */
  readonly next?: string;
  /** The feed links no next page: `next` is where this system usually has one. */
  readonly isGuess?: boolean;
}

/** Throws a `FeedError` with what is wrong. `address`: where the feed was fetched from; `type`: its media type. */
export function parseFormerFeed(bytes: Uint8Array, address?: string, type?: string): FormerFeed {
  const feed = readFeed(decodeFeed(bytes, type), address);
  if (!feed) throw new FeedError("it is not an RSS, Atom or JSON feed: name the address that readers subscribe to");
  // What is left of an id would be taken for the id.
  if (feed.isBroken) throw new FeedError("it is broken, or ends in the middle of an entry: fetch it again");
  const { format } = feed;
  const entries = feed.entries.flatMap((entry) => formerEntry(format, entry) ?? []);
  const guess = feed.next === undefined && entries.length > 0 ? nextOfWordPress(feed, address) : undefined;
  return {
    format,
    entries,
    nameless: feed.entries.length - entries.length,
    ...present({ next: feed.next ?? guess, isGuess: guess === undefined ? undefined : true }),
  };
}

function formerEntry(format: Format, entry: FeedEntry): FormerEntry | undefined {
  const { link, title, published, updated } = entry;
  const id = entry.id ?? link;
  if (id === undefined) return undefined;
  const isPermaLink = entry.isPermaLink ?? (format === "rss" && entry.id === undefined);
  return { format, id, ...present({ isPermaLink: isPermaLink || undefined, link, title, published, updated }) };
}

/** WordPress numbers the pages of its feeds, and links none of them. */
function nextOfWordPress({ generator = "" }: Feed, address: string | undefined): string | undefined {
  if (address === undefined || !/^https?:\/\/wordpress\.(?:org|com)\//i.test(generator)) return undefined;
  const url = new URL(address);
  url.searchParams.set("paged", String(Number(url.searchParams.get("paged") ?? 1) + 1));
  return url.href;
}

/** Each entry once per format: pages overlap, and feeds of tags carry what the site's feed does. The first counts. */
export function distinctEntries(feeds: readonly FormerFeed[]): readonly FormerEntry[] {
  const distinct = new Map<string, FormerEntry>();
  for (const entry of feeds.flatMap(({ entries }) => entries)) {
    const identity = JSON.stringify([entry.format, entry.id, addressOf(entry.link)]);
    if (!distinct.has(identity)) distinct.set(identity, entry);
  }
  return [...distinct.values()];
}

export interface Agreed {
  readonly entries: readonly FormerEntry[];
  /** Entries of pages to which a feed named before gives another id. */
  readonly contradicted: readonly { readonly entry: FormerEntry; readonly by: FormerEntry }[];
}

/** `sources`: the feeds of each, in the order in which they were named. Where two give one page two ids, the first counts. */
export function agreedEntries(sources: readonly (readonly FormerFeed[])[]): Agreed {
  const contradicted = new Map<FormerEntry, FormerEntry>();
  const before = new Map<string, FormerEntry>();
  for (const feeds of sources) {
    const pages = Map.groupBy(distinctEntries(feeds), ({ format, link }) => `${format} ${addressOf(link)}`);
    for (const [page, [entry, ...others]] of pages) {
      // Entries that share a link are no entries of that page.
      if (!entry || others.length > 0 || addressOf(entry.link) === undefined) continue;
      const first = before.get(page);
      if (!first) before.set(page, entry);
      else if (first.id !== entry.id) contradicted.set(entry, first);
    }
  }
  const entries = distinctEntries(sources.flat()).filter((entry) => !contradicted.has(entry));
  return { entries, contradicted: [...contradicted].map(([entry, by]) => ({ entry, by })) };
}

/** What tells the pages of one site apart: an address without scheme, host, `index.html`, last slash and case of escapes. */
export function addressOf(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { pathname, search } = new URL(url);
  return (
    percentDecoded(pathname)
      .replace(/\/(?:index\.html?)?$/, "")
      .normalize("NFC") + search
  );
}
