/** All windows → what the renderers of lists are given, and the directory of the site's page. */
import { present } from "../base/optional.ts";
import type { Channel, Window } from "../channels/types.ts";
import { pageUrl, publicUrl } from "../channels/urls.ts";
import type { Site } from "../site/types.ts";
import { type Digested, digested } from "./digested.ts";
import { fileOf } from "./files.ts";
import { feedsInOrder, languageFeeds } from "./page/feeds.ts";
import { linkTo } from "./page/links.ts";
import { partsOfSite } from "./siteparts.ts";
import type { DirectoryPart, FeedLink, Listing, ListSource, PageDirectory } from "./types.ts";

/** Channels of one kind at most: a longer list would hide the other kinds, and `feeds.opml` has them all. */
const MAX_CHANNELS = 40;

/** A channel, and how many entries it has. */
export interface CountedListing {
  readonly listing: Listing;
  readonly total: number;
}

/** Every channel that is published but the archives: the site's first, then by kind and path. */
export function countedListings(windows: readonly Window[], site: Site): readonly CountedListing[] {
  return windows
    .filter(({ channel }) => channel.kind !== "archive")
    .map(({ channel, total }) => ({ listing: listingOf(channel, site), total }));
}

const listingOf = oncePerChannel((channel, site): Digested<Listing> => {
  const { content: _, formats: __, ...shown } = channel;
  const page = site.pages ? pageUrl(channel, site) : undefined;
  return digested({ channel: shown, feeds: feedsOf(channel, site), ...present({ page }) });
});

export const feedsOf = oncePerChannel(({ path, title, formats }, site): readonly FeedLink[] =>
  formats.map((format) => ({ format, title, url: publicUrl(path + fileOf(format, site), site) })),
);

/** By identity: a channel is the same object as long as nothing in its window changed. */
function oncePerChannel<Made>(make: (channel: Channel, site: Site) => Made): (channel: Channel, site: Site) => Made {
  const made = new WeakMap<Channel, { readonly site: Site; readonly made: Made }>();
  return (channel, site) => {
    const known = made.get(channel);
    if (known?.site === site) return known.made;
    const value = make(channel, site);
    made.set(channel, { site, made: value });
    return value;
  };
}

/** Of the documents that list channels. */
export function listSources(counted: readonly CountedListing[], site: Site): readonly ListSource[] {
  const listings = counted.map(({ listing }) => listing);
  const { list, opml } = partsOfSite(site);
  const [author, ...others] = Object.values(site.authors);
  const owner = others.length === 0 ? author?.name : undefined;
  const ofSite = listings.filter(({ channel }) => channel.kind === "site");
  const feeds = ofSite.flatMap((listing) => feedsInOrder(listing.feeds));
  return [
    { as: "opml", document: { site: opml, listings, ...present({ owner }) } },
    { as: "list", document: { site: list, listings } },
    { as: "head", document: { feeds, languages: languageFeeds(listings) } },
  ];
}

export function pageDirectory(counted: readonly CountedListing[], site: Site): PageDirectory {
  return {
    taxonomies: site.taxonomies,
    parts: partsOf(counted, site),
    languages: languageFeeds(counted.map(({ listing }) => listing)),
  };
}

/** A channel that is the only one of its kind and carries the whole site, such as that of its one author, is no part of it. */
function partsOf(counted: readonly CountedListing[], site: Site): readonly DirectoryPart[] {
  const kindOf = ({ listing }: CountedListing) => listing.channel.kind;
  const { site: own = [], ...kinds } = Object.groupBy(counted, kindOf);
  const whole = own[0]?.total;
  return Object.entries(kinds).flatMap(([kind, all = []]) => {
    const isPart = all.length > 1 || kind === "channels" || all.some(({ total }) => total !== whole);
    return isPart ? [{ kind, count: all.length, largest: largestOf(all, site) }] : [];
  });
}

function largestOf(all: readonly CountedListing[], site: Site): DirectoryPart["largest"] {
  return all
    .toSorted(bySize)
    .slice(0, MAX_CHANNELS)
    .map(({ listing: { channel }, total }) => {
      const { kind, key, name, title, language } = channel;
      return { kind, key, name, title, language, href: linkTo(channel, site), total };
    });
}

/** Of channels of one size a parent comes before those below it: its key is a prefix of theirs. */
function bySize(a: CountedListing, b: CountedListing): number {
  return b.total - a.total || (a.listing.channel.key < b.listing.channel.key ? -1 : 1);
}
