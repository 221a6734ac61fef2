/** A planned document → its bytes. */
import { pageUrl, publicUrl } from "../channels/urls.ts";
import type {
  Alternate,
  Channel,
  Directory,
  Entry,
  FeedDocument,
  Format,
  Instant,
  Item,
  ListedRecord,
  PageDocument,
  PlannedDocument,
  Site,
  Window,
} from "../model.ts";
import { atomPieces } from "./atom.ts";
import { renderAutodiscovery } from "./autodiscovery.ts";
import { FORMATS } from "./files.ts";
import { jsonPieces } from "./json.ts";
import { renderList } from "./list.ts";
import { renderOpml } from "./opml.ts";
import { renderPage } from "./page.ts";
import { bytesOf, encoded, type Piece } from "./pieces.ts";
import { rssPieces } from "./rss.ts";

const FEEDS: { readonly [format in Format]: (document: FeedDocument) => readonly Piece[] } = {
  rss: rssPieces,
  atom: atomPieces,
  json: jsonPieces,
};

const LISTS: { readonly [form in "opml" | "list" | "head"]: (directory: Directory) => string } = {
  opml: renderOpml,
  list: renderList,
  head: renderAutodiscovery,
};

export interface DrawingInput {
  readonly site: Site;
  readonly channelId: (channel: string) => string;
  readonly podcastGuid: string;
  /** By input hash. */
  readonly entries: ReadonlyMap<string, Entry>;
  readonly windows: readonly Window[];
}

/** How many entries a page shows. */
export const PAGE_ITEMS = 10;

/** The records whose entries a document is drawn from. */
export function recordsOf({ drawing }: PlannedDocument): readonly ListedRecord[] {
  if (drawing.as === "page") return drawing.window.records.slice(0, PAGE_ITEMS);
  return "window" in drawing ? drawing.window.records : [];
}

/** Renders documents; an entry is serialised once, however many documents carry it. */
export function documentRenderer(input: DrawingInput): (document: PlannedDocument) => Uint8Array {
  const { site, windows } = input;
  const items = itemsOf(input.entries);
  let directory: Directory | undefined;
  const toDirectory = () => {
    directory ??= directoryOf(windows, site);
    return directory;
  };

  return ({ drawing, path, updated }) => {
    switch (drawing.as) {
      case "opml":
      case "list":
      case "head":
        return encoded(LISTS[drawing.as](toDirectory()));
      case "page":
        return encoded(renderPage(pageDocument(drawing.window, items, site, toDirectory)));
      default:
        return bytesOf(FEEDS[drawing.as](feedDocument(drawing.as, drawing.window, { path, updated }, items, input)));
    }
  };
}

type Items = (window: Window, count?: number) => readonly Item[];

/** Items that were made of an entry: kept as long as the entry is at hand, be it for several runs. */
const made = new WeakMap<Entry, readonly Item[]>();

/** The same object for the same item, by which formats know it again. */
function itemsOf(entries: ReadonlyMap<string, Entry>): Items {
  return ({ channel, records, live }, count) =>
    records.slice(0, count).map(({ facts }) => {
      const content = facts.content ?? channel.content;
      const status = live[facts.id];
      const entry = entries.get(facts.inputHash);
      if (!entry) throw new Error(`the entry of ${facts.id} was not gathered`);
      const known = made.get(entry)?.filter((item) => item.facts === facts) ?? [];
      const item = known.find((item) => item.content === content && item.live === status);
      if (item) return item;
      const fresh = { facts, entry, content, ...(status && { live: status }) };
      made.set(entry, [...known, fresh]);
      return fresh;
    });
}

function feedDocument(
  format: Format,
  window: Window,
  { path, updated }: { readonly path: string; readonly updated: Instant },
  items: Items,
  { site, channelId, podcastGuid, windows }: DrawingInput,
): FeedDocument {
  const { channel, history = {}, deleted, records, total } = window;
  const urlIn = ({ path }: Channel) => publicUrl(path + FORMATS[format].file, site);
  const [current] = windows;
  return {
    ...{ site, channel, updated, deleted, id: channelId(channel.key), self: publicUrl(path, site) },
    items: items(window),
    alternates: [
      ...alternatesOf(channel, site).filter((other) => other.format !== format && other.url !== channel.home),
      ...(channel.kind === "site" ? languagesOf(windows, format, site) : []),
    ],
    isComplete: channel.kind !== "archive" && !history.previous && records.length === total,
    history: {
      ...(channel.kind === "archive" && current && { current: urlIn(current.channel) }),
      ...(history.previous && { previous: urlIn(history.previous) }),
      ...(history.next && { next: urlIn(history.next) }),
    },
    ...(site.podcast?.channel === channel.key && { podcast: { ...site.podcast, guid: podcastGuid } }),
  };
}

function pageDocument(window: Window, items: Items, site: Site, directory: () => Directory): PageDocument {
  const { channel, total } = window;
  return {
    ...{ site, channel, total, self: pageUrl(channel, site) },
    feeds: feedsOf(channel, site),
    items: items(window, PAGE_ITEMS),
    ...(channel.kind === "site" && { directory: directory() }),
  };
}

function directoryOf(windows: readonly Window[], site: Site): Directory {
  const listings = windows
    .filter(({ channel }) => channel.kind !== "archive")
    .map(({ channel, total }) => ({
      ...{ channel, total, feeds: feedsOf(channel, site) },
      ...(site.pages && { page: pageUrl(channel, site) }),
    }));
  return { site, listings };
}

function feedsOf({ path, title, formats }: Channel, site: Site): readonly Alternate[] {
  return formats.map((format) => ({ format, title, url: publicUrl(path + FORMATS[format].file, site) }));
}

/** The documents of the channel, its page among them if it has one. */
function alternatesOf(channel: Channel, site: Site): readonly Alternate[] {
  const page = { format: "page", title: channel.title, url: pageUrl(channel, site) } as const;
  return [...feedsOf(channel, site), ...(site.pages && channel.kind !== "archive" ? [page] : [])];
}

/** The same in each language, where there are several. */
function languagesOf(windows: readonly Window[], format: Format, site: Site): readonly Alternate[] {
  const channels = windows.flatMap(({ channel }) => {
    return channel.kind === "languages" && channel.formats.includes(format) ? [channel] : [];
  });
  if (channels.length < 2) return [];
  return channels.map(({ path, title, language }) => {
    return { format, title, language, url: publicUrl(path + FORMATS[format].file, site) };
  });
}
