/** A feed as it was read, whatever its format. */

import { parseDate } from "../content/facts/dates.ts";
import type { Format, Instant, Tombstone } from "../model.ts";

export interface Feed {
  /** RSS 1.0 (RDF) counts as RSS. */
  readonly format: Format;
  /** Atom's `id`. */
  readonly id?: string;
  readonly generator?: string;
  readonly podcastGuid?: string;
  /** The address that the feed gives itself (`rel="self"`, `feed_url`), as written. */
  readonly self?: string;
  /** Where older entries are (RFC 5005, JSON Feed's `next_url`), absolute. */
  readonly next?: string;
  readonly updated?: Instant;
  /** It carries every entry of its channel (RFC 5005 §2). */
  readonly isComplete: boolean;
  /** The document ends within an entry; or it has no entry, and tags that are not closed. */
  readonly isBroken?: true;
  readonly entries: readonly FeedEntry[];
  /** Tombstones (RFC 6721). */
  readonly deleted: readonly Tombstone[];
}

export interface FeedEntry {
  /** Character for character as an XML or JSON parser must report it: readers compare ids exactly. Never blank. */
  readonly id?: string;
  /** The id is an RSS guid that is also the address of the item. */
  readonly isPermaLink?: true;
  /** Absolute. */
  readonly link?: string;
  readonly title?: string;
  readonly published?: Instant;
  readonly updated?: Instant;
  readonly language?: string;
  readonly authors: readonly string[];
  readonly terms: readonly FeedTerm[];
}

/** A tag or category; `scheme` is Atom's attribute of that name or RSS's `domain`. */
export interface FeedTerm {
  readonly name: string;
  readonly scheme: string;
}

/** An absolute address stays as it is written: it may be all that readers know an entry by. A blank one is absent. */
export function resolveLink(written: string | undefined, base: string | undefined): string | undefined {
  const href = written?.trim();
  if (!href || !URL.canParse(href, base)) return undefined;
  return URL.canParse(href) ? href : new URL(href, base).href;
}

/** Dates without a zone are read as UTC. */
export const instantOfFeed = (written: string | undefined): Instant | undefined =>
  written === undefined ? undefined : parseDate(written, "UTC");
