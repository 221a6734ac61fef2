/** Windows → what the renderers of feeds and pages are given. */
import { present } from "../base/optional.ts";
import type { Channel, Window } from "../channels/types.ts";
import { pageUrl, publicUrl } from "../channels/urls.ts";
import type { Format, Instant } from "../model.ts";
import type { Podcast, Site } from "../site/types.ts";
import { ownDescription } from "./channel.ts";
import { feedsOf } from "./directory.ts";
import { fileOf } from "./files.ts";
import { feedItems, pageItems } from "./items.ts";
import { linkUp, parentsOf } from "./page/links.ts";
import { newestOf, streamsOf } from "./records.ts";
import { partsOfSite } from "./siteparts.ts";
import type { ChannelSource, FeedPlace, PageDirectory, PlannedItem, ShownPodcast } from "./types.ts";

interface FeedsInput {
  readonly site: Site;
  readonly window: Window;
  readonly updated: Instant;
  /** Atom's feed id. */
  readonly id: string;
  readonly podcastGuid: string;
}

/** Of a channel in each of its formats. */
export function feedSources({ site, window, updated, id, podcastGuid }: FeedsInput): readonly ChannelSource[] {
  const { channel, deleted, live } = window;
  const parts = partsOfSite(site);
  const podcast = site.podcast?.channel === channel.key ? site.podcast : undefined;
  const items = feedItems(window, live);
  return feedsOf(channel, site).map(({ format, url: self }): ChannelSource => {
    const feed = { channel: shownChannel(channel), self, ...placeOf(format, window, site) };
    switch (format) {
      case "rss": {
        const document = { ...feed, site: parts.rss, updated, items };
        if (podcast === undefined) return { as: format, window, document };
        return { as: format, window, document: { ...document, podcast: shownPodcast(podcast, podcastGuid) } };
      }
      case "atom":
        return { as: format, window, document: { ...feed, site: parts.atom, id, updated, deleted, items } };
      default: {
        const { channel, self, history } = feed;
        const icon = podcast?.image ?? site.icon;
        const shown = { site: parts.json, channel, self, history: present({ previous: history.previous }) };
        const document = { ...shown, items: streamless(window, items), ...present({ icon }) };
        return { as: format, window, document };
      }
    }
  });
}

/** The status of streams is not shown in JSON. */
const streamless = (window: Window, items: readonly PlannedItem[]): readonly PlannedItem[] =>
  items.some(({ live }) => live !== undefined) ? feedItems(window, {}) : items;

const shownChannel = ({ title, description, language }: Channel) => ({ title, description, language });

function placeOf(format: Format, { channel, history = {}, records, total }: Window, site: Site): FeedPlace {
  const isArchive = channel.kind === "archive";
  const urlOf = (path: string | undefined) =>
    path === undefined ? undefined : publicUrl(path + fileOf(format, site), site);
  return {
    isArchive,
    isComplete: !isArchive && !history.previous && records.length === total,
    history: present({
      current: isArchive ? urlOf("") : undefined, // the site's own feed
      previous: urlOf(history.previous?.path),
      next: urlOf(history.next?.path),
    }),
  };
}

function shownPodcast({ channel: _, isLimited: __, ...podcast }: Podcast, guid: string): ShownPodcast {
  return { ...podcast, guid };
}

/** `directory`: of the site's page. */
export function pageSource(window: Window, site: Site, directory: PageDirectory | undefined): ChannelSource {
  const { channel, total } = window;
  const { kind, name, title, description, language } = channel;
  const isPodcast = site.podcast?.channel === channel.key;
  const document = {
    site: partsOfSite(site).page,
    channel: { kind, name, title, description, language },
    lead: ownDescription(channel, site),
    self: pageUrl(channel, site),
    feeds: feedsOf(channel, site),
    isPodcast,
    parents: parentsOf(channel, site),
    items: pageItems(newestOf(window), window),
    streams: pageItems(streamsOf(window), window),
    total,
    ...present({
      picture: isPodcast ? site.podcast?.image : undefined,
      up: kind === "site" ? undefined : linkUp(channel, site),
      directory,
    }),
  };
  return { as: "page", window, document };
}
