/** Sample documents for the tests of pages and lists. */
import { present } from "../../lib/base/optional.ts";
import type { Channel } from "../../lib/channels/types.ts";
import { ownDescription } from "../../lib/formats/channel.ts";
import { type CountedListing, listSources, pageDirectory } from "../../lib/formats/directory.ts";
import { linkUp, parentsOf } from "../../lib/formats/page/links.ts";
import { partsOfSite } from "../../lib/formats/siteparts.ts";
import type { FeedLink, Item, ListSource, PageDocument } from "../../lib/formats/types.ts";
import type { Entry, Facts } from "../../lib/model.ts";
import type { Podcast, Site } from "../../lib/site/types.ts";
import { siteOf } from "../content/helpers.ts";

export const FEEDS = "https://feeds.example.com/notes/";

export const sampleSite = (overrides: Partial<Site> = {}): Site =>
  siteOf({
    title: "Field notes",
    url: "https://example.com/",
    feeds: FEEDS,
    description: "Notes from a field",
    pages: true,
    ...overrides,
  });

export const samplePodcast = (channel: string): Podcast => ({
  ...{ channel, isLimited: false, medium: "podcast", categories: [], explicit: false, type: "episodic" },
  ...{ funding: [], persons: [] },
});

/** `key` is `site`, or a kind and the parts of a name: `categories/a/b`. */
export function sampleChannel(key: string, overrides: Partial<Channel> = {}): Channel {
  const [kind = "site", ...name] = key.split("/");
  const path = kind === "site" ? "" : kind === "channels" ? `${name.join("/")}/` : `${key}/`;
  return {
    key,
    kind: kind as Channel["kind"],
    path,
    name,
    title: kind === "site" ? "Field notes" : `Field notes: ${name.join(" / ")}`,
    description: "Notes from a field",
    language: "en",
    content: "full",
    formats: ["rss", "atom", "json"],
    ...overrides,
  };
}

const FILES = { rss: "rss.xml", atom: "atom.xml", json: "feed.json" };

export const feedsOfSample = ({ path, title, formats }: Channel, feeds = FEEDS): readonly FeedLink[] =>
  formats.map((format) => ({ format, title, url: feeds + encodeURI(path) + FILES[format] }));

export interface SampleItem {
  readonly entry?: Partial<Entry>;
  readonly facts?: Partial<Facts>;
  readonly live?: Item["live"];
}

export function sampleItem({ entry, facts, live }: SampleItem = {}): Item {
  return {
    facts: {
      id: "tag:example.com,2020:a",
      title: "A walk",
      url: "https://example.com/a/",
      language: "en",
      size: 1,
      published: "2026-05-31T20:00:00Z",
      updated: "2026-05-31T20:00:00Z",
      authors: [],
      tags: [],
      categories: [],
      sourceDigest: "s",
      wordsDigest: "w",
      inputHash: "h",
      ...facts,
    },
    entry: { title: "A walk", language: "en", authors: [], html: "<p>Words.</p>", summary: "Words.", ...entry },
    content: "full",
    ...present({ live }),
  };
}

export function sampleListing(key: string, total = 1, overrides: Partial<Channel> = {}): CountedListing {
  const channel = sampleChannel(key, overrides);
  return { total, listing: { channel, feeds: feedsOfSample(channel), page: FEEDS + encodeURI(channel.path) } };
}

/** What a list of channels is drawn from. */
export function sampleList<As extends ListSource["as"]>(
  as: As,
  counted: readonly CountedListing[],
  site?: Partial<Site>,
) {
  const isWanted = (source: ListSource): source is Extract<ListSource, { readonly as: As }> => source.as === as;
  const source = listSources(counted, sampleSite(site)).find(isWanted);
  if (!source) throw new Error(`there is no list ${as}`);
  return source.document as Extract<ListSource, { readonly as: As }>["document"];
}

export interface SamplePage {
  readonly site?: Partial<Site>;
  readonly channel?: Channel;
  readonly items?: readonly Item[];
  readonly streams?: readonly Item[];
  readonly total?: number;
  /** Of the site's page: the channels besides the site's own. */
  readonly listings?: readonly CountedListing[];
  /** Where the feeds are served. */
  readonly feeds?: string;
}

export function samplePage(sample: SamplePage = {}): PageDocument {
  const { site, channel, items = [sampleItem()], streams = [], total, listings, feeds } = sample;
  const [madeSite, madeChannel] = [sampleSite(site), channel ?? sampleChannel("site")];
  const own = feedsOfSample(madeChannel, feeds);
  const counted = { listing: { channel: madeChannel, feeds: own }, total: total ?? items.length };
  const isSite = madeChannel.kind === "site";
  const isPodcast = madeSite.podcast?.channel === madeChannel.key;
  return {
    site: partsOfSite(madeSite).page,
    channel: madeChannel,
    lead: ownDescription(madeChannel, madeSite),
    isPodcast,
    parents: parentsOf(madeChannel, madeSite),
    items,
    streams,
    total: counted.total,
    self: FEEDS + encodeURI(madeChannel.path),
    feeds: own,
    ...present({
      picture: isPodcast ? madeSite.podcast?.image : undefined,
      up: isSite ? undefined : linkUp(madeChannel, madeSite),
      directory: isSite ? pageDirectory([counted, ...(listings ?? [])], madeSite) : undefined,
    }),
  };
}
