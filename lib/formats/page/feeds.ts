/** Feeds as pages and lists name them: the display name of each format, their order, and those of other languages. */

import type { Format } from "../../model.ts";
import type { FeedLink, LanguageFeed, Listing } from "../types.ts";

export const FEED_NAMES: { readonly [format in Format]: string } = { rss: "RSS", atom: "Atom", json: "JSON Feed" };

/** Every reader supports RSS, and podcast apps nothing else; the fewest support JSON Feed. */
const PREFERENCE: readonly Format[] = ["rss", "atom", "json"];

/** The recommended format first. */
export function feedsInOrder(feeds: readonly FeedLink[]): readonly FeedLink[] {
  return PREFERENCE.flatMap((format) => feeds.filter((each) => each.format === format));
}

/** As the owner orders `formats`; of a podcast, RSS comes first. */
export const feedsAsOrdered = (feeds: readonly FeedLink[], isPodcast: boolean): readonly FeedLink[] =>
  isPodcast ? feedsInOrder(feeds) : feeds;

/** The recommended feed of each language, where there are several. */
export function languageFeeds(listings: readonly Listing[]): readonly LanguageFeed[] {
  const found = listings
    .filter(({ channel }) => channel.kind === "languages")
    .flatMap(({ channel: { language }, feeds }) =>
      feedsInOrder(feeds)
        .slice(0, 1)
        .map((feed) => ({ ...feed, language })),
    );
  return found.length > 1 ? found : [];
}
