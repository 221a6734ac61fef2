/** What renderers are given: a window as a feed or as a page, and all windows as a directory, with absolute URLs. */
import { present } from "../base/optional.ts";
import type { Channel, Window } from "../channels/types.ts";
import { pageUrl, publicUrl } from "../channels/urls.ts";
import type { Format, Instant, ListedRecord } from "../model.ts";
import type { Site } from "../site/types.ts";
import { fileOf } from "./files.ts";
import { newestOf, streamsOf } from "./records.ts";
import type { Directory, FeedDocument, FeedLink, Item, PageDocument } from "./types.ts";

/** Of the window's records, or of some of them. */
export type ItemsOf = (window: Window, records?: readonly ListedRecord[]) => readonly Item[];

interface PlannedFeed {
  readonly format: Format;
  readonly window: Window;
  readonly path: string;
  readonly updated: Instant;
}

interface FeedInput {
  readonly site: Site;
  readonly channelId: (channel: string) => string;
  readonly podcastGuid: string;
  /** The site's first. */
  readonly windows: readonly Window[];
}

export function feedDocument(
  { format, window, path, updated }: PlannedFeed,
  itemsOf: ItemsOf,
  { site, channelId, podcastGuid, windows }: FeedInput,
): FeedDocument {
  const { channel, history = {}, deleted, records, total } = window;
  const urlOf = (of: Channel | undefined) => of && publicUrl(of.path + fileOf(format, site), site);
  const isArchive = channel.kind === "archive";
  const podcast = site.podcast?.channel === channel.key ? { ...site.podcast, guid: podcastGuid } : undefined;
  return {
    site,
    channel,
    updated,
    deleted,
    id: channelId(channel.key),
    self: publicUrl(path, site),
    items: itemsOf(window),
    isComplete: !isArchive && !history.previous && records.length === total,
    history: present({
      current: isArchive ? urlOf(windows[0]?.channel) : undefined,
      previous: urlOf(history.previous),
      next: urlOf(history.next),
    }),
    ...present({ podcast }),
  };
}

export function pageDocument(
  window: Window,
  itemsOf: ItemsOf,
  site: Site,
  directory: Directory | undefined,
): PageDocument {
  const { channel, total } = window;
  return {
    site,
    channel,
    total,
    self: pageUrl(channel, site),
    feeds: feedsOf(channel, site),
    items: itemsOf(window, newestOf(window)),
    streams: itemsOf(window, streamsOf(window)),
    ...present({ directory }),
  };
}

export function directoryOf(windows: readonly Window[], site: Site): Directory {
  const listings = windows
    .filter(({ channel }) => channel.kind !== "archive")
    .map(({ channel, total }) => ({
      channel,
      total,
      feeds: feedsOf(channel, site),
      ...present({ page: site.pages ? pageUrl(channel, site) : undefined }),
    }));
  return { site, listings };
}

function feedsOf({ path, title, formats }: Channel, site: Site): readonly FeedLink[] {
  return formats.map((format) => ({ format, title, url: publicUrl(path + fileOf(format, site), site) }));
}
