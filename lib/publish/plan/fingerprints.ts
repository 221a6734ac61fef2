/** Fingerprints: of all that a document shows, and of nothing else, since each difference is a put and a ping. */
import { digest, digestOf } from "../../base/digest.ts";
import type { Window } from "../../channels/types.ts";
import { DISCOVERY, FORMATS, PAGE } from "../../formats/files.ts";
import { firstAuthors, namedOf } from "../../formats/named.ts";
import { newestOf, streamsOf } from "../../formats/records.ts";
import type { Format, Instant, ListedRecord, PostRecord } from "../../model.ts";
import { DEFAULT_FILES } from "../../site/names.ts";
import type { Site } from "../../site/types.ts";

export interface Fingerprints {
  /** What fingerprints of channels are made of besides their windows: equal settings and windows give equal fingerprints. */
  readonly setting: string;
  /** Of a channel in each of its formats; its entries are hashed once for all. */
  feeds(window: Window, updated: Instant, id: string): (format: Format) => string;
  page(window: Window): string;
  discovery(as: keyof typeof DISCOVERY): string;
}

export function fingerprintsOf(windows: readonly Window[], site: Site, podcastGuid: string): Fingerprints {
  const { title, url, feeds, description, language, timezone, authors, hubs, cacheControl, pages } = site;
  const { image, icon, favicon, accent, color, rights, ttl, updates, skipHours, skipDays, podcast } = site;
  const everyFeed = [
    title,
    url,
    feeds,
    authors,
    hubs,
    cacheControl,
    ...(site.footer === undefined ? [] : [site.footer]),
  ];
  const heads: { readonly [format in Format]: string } = {
    rss: JSON.stringify([everyFeed, image, icon, favicon, accent, rights, ttl, updates, skipHours, skipDays]),
    atom: JSON.stringify([everyFeed, image, icon, favicon, rights]),
    json: JSON.stringify([everyFeed, icon, favicon]),
  };
  const names = namesOf(site);
  const servedAt = JSON.stringify([site.media, site.enclosurePrefix]);
  const everyPage =
    names.join() +
    servedAt +
    JSON.stringify([title, url, feeds, description, language, timezone, icon, favicon, color, cacheControl]);
  const lists = [pages, authors, cacheControl, listed(windows), ...names];
  const directory = digest(title, url, feeds, description, language, ...lists);
  const totals = windows.map(({ total }) => total);
  const ofHead = windows.filter(({ channel }, i) => i === 0 || channel.kind === "languages");

  return {
    setting: JSON.stringify([heads, everyPage, podcast, podcastGuid]),

    feeds({ channel, records, deleted, total, history, live }, updated, id) {
      const isPodcast = podcast?.channel === channel.key;
      const places = [history?.previous?.path ?? null, history?.next?.path ?? null, records.length === total];
      const shown: { readonly [format in Format]: readonly unknown[] } = {
        rss: [updated, live, isPodcast ? [podcast, podcastGuid] : null],
        atom: [updated, live, id, deleted],
        json: [isPodcast ? podcast.image : null],
      };
      const entries = digestOf(records.map(printOf).join("\n"));
      return (format) => {
        const head = JSON.stringify([channel, places, shown[format]]);
        return `${format}${FORMATS[format].version} ${digestOf(`${heads[format]}\n${head}\n${entries}`)}`;
      };
    },

    page(window) {
      const { channel, total, live } = window;
      const entries = [...newestOf(window), ...streamsOf(window)];
      const statuses = entries.map(({ facts }) => live[facts.id] ?? null);
      const others = channel.kind === "site" ? [directory, totals] : null;
      const isPodcast = podcast?.channel === channel.key;
      const head = JSON.stringify([channel, total, statuses, others, isPodcast ? [podcast.image] : null]);
      return `page${PAGE.version} ${digestOf([everyPage, head, ...entries.map(printOf)].join("\n"))}`;
    },

    discovery(as) {
      const content = as === "head" ? digest(feeds, cacheControl, listed(ofHead), ...names) : directory;
      return `${as}${DISCOVERY[as].version} ${content}`;
    },
  };
}

/**
 * What links to other documents show of names, unless they are ours. A feed has links to feeds of its own format alone, and so of
 * its own name, which is part of its path.
 */
function namesOf({ files }: Site): readonly string[] {
  const all = Object.keys(DEFAULT_FILES) as (keyof Site["files"])[];
  return all.every((as) => files[as] === DEFAULT_FILES[as]) ? [] : [JSON.stringify(all.map((as) => files[as]))];
}

/** What lists of channels show of each. */
const listed = (windows: readonly Window[]): readonly unknown[] =>
  windows.filter(({ channel }) => channel.kind !== "archive").map(({ channel: { content: _, ...shown } }) => shown);

const prints = new WeakMap<PostRecord, string>();

/** All that documents show of an entry, on one line; computed once, however many channels carry it. */
function printOf(record: ListedRecord): string {
  const known = prints.get(record);
  if (known !== undefined) return known;
  const { id, ids, url, published, updated, language, content = null, inputHash } = record.facts;
  const { tags, categories } = namedOf(record.facts);
  const authors = firstAuthors(record.facts.authors);
  const shown = [id, url, published, updated, language, authors, tags, categories, content, inputHash];
  const print = JSON.stringify(ids ? [...shown, ids] : shown);
  prints.set(record, print);
  return print;
}
