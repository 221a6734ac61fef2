/** A feed of a former system → its entries: their ids as they are, and what tells which post each is. */
import { parseFeed } from "feedsmith";
import { parseDate } from "../content/facts/dates.ts";
import type { Format, Instant } from "../model.ts";
import { exactJsonIds, exactly, exactXmlIds } from "./exact.ts";

export interface FormerEntry {
  readonly format: Format;
  /** Byte for byte. */
  readonly id: string;
  /** Of an RSS guid that is its item's address. */
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
  /** How many entries have neither id nor link: no reader knows them again. */
  readonly nameless: number;
  /** Where older entries are, absolute (RFC 5005, JSON Feed's `next_url`). */
  readonly next?: string;
  /** Nothing says that there is a next page: it is where this system usually has one. */
  readonly isGuess?: boolean;
}

/** Throws a `FeedError` with what is wrong. */
export class FeedError extends Error {
  override readonly name = "FeedError";
}

/** `address`: where the feed was fetched from, against which its links are resolved. */
export function parseFormerFeed(bytes: Uint8Array, address?: string, type = ""): FormerFeed {
  const text = decodeText(bytes, type);
  try {
    return /^\s*\{/.test(text) ? readJson(text, address) : readXml(text, address);
  } catch (error) {
    throw error instanceof FeedError
      ? error
      : new FeedError(`it is no feed that can be read: ${(error as Error).message}`);
  }
}

/** In the encoding that its first bytes, its sender or the document itself names, in this order; UTF-8 else. */
function decodeText(bytes: Uint8Array, type: string): string {
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 200));
  const marked = start.startsWith("ÿþ") ? "utf-16le" : start.startsWith("þÿ") ? "utf-16be" : undefined;
  const named =
    /;\s*charset="?([\w.-]+)/i.exec(type)?.[1] ?? /^[^<]*<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)/i.exec(start)?.[1];
  const label = marked ?? (start.startsWith("ï»¿") ? "utf-8" : (named ?? "utf-8"));
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof RangeError) throw new FeedError(`its encoding ${label} is not known`);
    throw new FeedError(`it is not in the encoding that it names (${label})`);
  }
}

// ── XML ────────────────────────────────────────────────────────────────────────────────────────────────────────────

type Link = { readonly href?: string; readonly rel?: string };

function readXml(text: string, address: string | undefined): FormerFeed {
  const read = parseFeed(text);
  if (read.format === "atom") {
    const { links = [], entries = [], xml } = read.feed;
    const base = resolve(xml?.base, address) ?? address ?? alternateOf(links);
    const ids = exactly(
      exactXmlIds(text),
      entries.map(({ id }) => id),
    );
    const found = entries.map(({ links: own = [], title, published, updated, xml }, i) => {
      const link = resolve(alternateOf(own), resolve(xml?.base, base) ?? base);
      return entryOf("atom", {
        ...{ id: ids[i], link, title: title?.value },
        ...{ published, updated },
      });
    });
    return feedOf("atom", found, nextOf(links, base));
  }
  if (read.format === "rss") {
    const { items = [], atom, link: home, generator } = read.feed;
    const base = address ?? home;
    const ids = exactly(
      exactXmlIds(text),
      items.map(({ guid }) => guid?.value),
    );
    const found = items.map(({ guid, link, title, pubDate, dc, atom: own }, i) => {
      const id = ids[i];
      const isPermaLink = id !== undefined && guid?.isPermaLink !== false && /^https?:\/\//i.test(id.trim());
      const address = resolve(link ?? alternateOf(own?.links ?? []), base) ?? (isPermaLink ? id?.trim() : undefined);
      return entryOf("rss", {
        ...{ id, isPermaLink, link: address, title },
        ...{ published: pubDate ?? dc?.dates?.[0], updated: own?.updated },
      });
    });
    const next = nextOf(atom?.links ?? [], base);
    const guess = next === undefined && found.length > 0 ? nextOfWordPress(generator, address) : undefined;
    return { ...feedOf("rss", found, next ?? guess), ...(guess !== undefined && { isGuess: true }) };
  }
  if (read.format === "rdf") {
    // RSS 1.0 has no guid: readers know an item by its `rdf:about`.
    const { items = [], atom, link: home } = read.feed;
    const base = address ?? home;
    const found = items.map(({ rdf, link, title, dc }) => {
      return entryOf("rss", { id: rdf?.about, link: resolve(link, base), title, published: dc?.dates?.[0] });
    });
    return feedOf("rss", found, nextOf(atom?.links ?? [], base));
  }
  throw new FeedError("it is no feed");
}

const alternateOf = (links: readonly Link[]): string | undefined =>
  links.find(({ rel = "alternate", href }) => rel === "alternate" && href !== undefined)?.href;

function nextOf(links: readonly Link[], base: string | undefined): string | undefined {
  const older = links.find(({ rel }) => rel === "next") ?? links.find(({ rel }) => rel === "prev-archive");
  return resolve(older?.href, base);
}

/** WordPress numbers the pages of its feeds, and links none of them. */
function nextOfWordPress(generator: string | undefined, address: string | undefined): string | undefined {
  if (address === undefined || !/^https?:\/\/wordpress\.(?:org|com)\//i.test(generator ?? "")) return undefined;
  const url = new URL(address);
  url.searchParams.set("paged", String(Number(url.searchParams.get("paged") ?? 1) + 1));
  return url.href;
}

// ── JSON ───────────────────────────────────────────────────────────────────────────────────────────────────────────

function readJson(text: string, address: string | undefined): FormerFeed {
  const raw: unknown = JSON.parse(text.replace(/^\ufeff/, ""));
  const read = parseFeed(text);
  if (read.format !== "json") throw new FeedError("it is no JSON feed");
  const { items = [], next_url, home_page_url } = read.feed;
  const base = address ?? home_page_url;
  const ids = exactly(
    exactJsonIds(raw),
    items.map(({ id }) => id),
  );
  const found = items.map(({ url, external_url, title, date_published, date_modified }, i) => {
    return entryOf("json", {
      ...{ id: ids[i], link: resolve(url ?? external_url, base), title },
      ...{ published: date_published, updated: date_modified },
    });
  });
  return feedOf("json", found, resolve(next_url, base));
}

// ── What they have in common ───────────────────────────────────────────────────────────────────────────────────────

interface Raw {
  readonly id: string | undefined;
  readonly isPermaLink?: boolean;
  readonly link: string | undefined;
  readonly title?: string | undefined;
  readonly published?: string | undefined;
  readonly updated?: string | undefined;
}

/** An entry without an id is known to readers by its link. */
function entryOf(
  format: Format,
  { id, isPermaLink = false, link, title, published, updated }: Raw,
): FormerEntry | undefined {
  const own = id !== undefined && id.trim() !== "" ? id : undefined;
  const known = own ?? link;
  if (known === undefined) return undefined;
  const moments = { published: instantFrom(published), updated: instantFrom(updated) };
  return {
    ...{ format, id: known },
    ...((isPermaLink || (format === "rss" && own === undefined)) && { isPermaLink: true }),
    ...(link !== undefined && { link }),
    ...(title !== undefined && { title }),
    ...(moments.published !== undefined && { published: moments.published }),
    ...(moments.updated !== undefined && { updated: moments.updated }),
  };
}

function feedOf(format: Format, found: readonly (FormerEntry | undefined)[], next: string | undefined): FormerFeed {
  const entries = found.filter((entry) => entry !== undefined);
  return { format, entries, nameless: found.length - entries.length, ...(next !== undefined && { next }) };
}

const instantFrom = (written: string | undefined): Instant | undefined =>
  written === undefined ? undefined : parseDate(written.trim(), "UTC");

function resolve(href: string | undefined, base: string | undefined): string | undefined {
  if (href === undefined || !URL.canParse(href, base)) return undefined;
  // As it is written where that is absolute: it may be all that readers know an entry by.
  return URL.canParse(href) ? href : new URL(href, base).href;
}

/** Each entry once per format: pages overlap, and feeds of tags carry what the site's feed does. The first counts. */
export function distinctEntries(feeds: readonly FormerFeed[]): readonly FormerEntry[] {
  const known = new Map<string, FormerEntry>();
  for (const entry of feeds.flatMap(({ entries }) => entries)) {
    const name = JSON.stringify([entry.format, entry.id, addressOf(entry.link)]);
    if (!known.has(name)) known.set(name, entry);
  }
  return [...known.values()];
}

/** An address as far as it tells pages apart on one site: no scheme, host, `index.html`, slash at the end or case of escapes. */
export function addressOf(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { pathname, search } = new URL(url);
  return (
    decoded(pathname)
      .replace(/\/(?:index\.html?)?$/, "")
      .normalize("NFC") + search
  );
}

export function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
