/** A feed that Dripfeed published → the posts and tombstones in it. An older Dripfeed may have written it. */
import type { Feed, FeedEntry } from "../adopt/feed.ts";
import { readFeed } from "../adopt/feeds.ts";
import { present } from "../base/optional.ts";

import type { Format, Instant, Tombstone } from "../model.ts";

/** A post as one document has it. */
export interface PublishedEntry {
  readonly id: string;
  /** The id is an RSS guid that is also the address of the post. */
  readonly isPermaLink?: boolean;
  readonly title: string;
  readonly url: string;
  readonly published?: Instant;
  readonly updated?: Instant;
  readonly language?: string;
  readonly authors: readonly string[];
  readonly tags: readonly string[];
  readonly categories: readonly (readonly string[])[];
}

export interface PublishedFeed {
  /** It names Dripfeed as its generator; JSON feeds name none. */
  readonly isMarked: boolean;
  /** The address that it gives itself. */
  readonly self?: string;
  /** Atom's. */
  readonly id?: string;
  readonly updated?: Instant;
  readonly podcastGuid?: string;
  /** Address of the document with the entries before its own (RFC 5005, JSON Feed's `next_url`). */
  readonly next?: string;
  /** It carries every entry of its channel (RFC 5005 §2). */
  readonly isComplete: boolean;
  readonly entries: readonly PublishedEntry[];
  readonly deleted: readonly Tombstone[];
}

/** Nothing if the text is not a feed of that format. Never throws. */
export function readPublished(format: Format, text: string): PublishedFeed | undefined {
  const feed = readFeed(text);
  return feed?.format === format ? publishedFeed(feed) : undefined;
}

function publishedFeed({
  generator,
  self,
  id,
  updated,
  podcastGuid,
  next,
  isComplete,
  entries,
  deleted,
}: Feed): PublishedFeed {
  return {
    isMarked: generator === "Dripfeed",
    ...present({ self, id, updated, podcastGuid, next }),
    isComplete,
    entries: entries.flatMap((entry) => publishedEntry(entry) ?? []),
    deleted,
  };
}

function publishedEntry({
  id,
  isPermaLink,
  title = "",
  link = "",
  terms,
  ...entry
}: FeedEntry): PublishedEntry | undefined {
  if (id === undefined) return undefined;
  const { published, updated, language, authors } = entry;
  const isCategory = ({ scheme }: FeedEntry["terms"][number]) => scheme.endsWith("categories/");
  const paths = terms.filter(isCategory).map(({ name }) => name);
  return {
    id,
    title,
    url: link,
    authors,
    ...present({ isPermaLink, published, updated, language }),
    tags: terms.filter((term) => !isCategory(term)).map(({ name }) => name),
    // Outer categories are listed too; the innermost has the whole path.
    categories: paths
      .filter((path) => !paths.some((other) => other.startsWith(`${path}/`)))
      .map((path) => path.split("/")),
  };
}
