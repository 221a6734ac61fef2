/**
 * ListDocument → `feeds.json`: every channel, for programs. A store that holds it is recognised as written by Dripfeed.
 */
import type { ListDocument, Listing } from "./types.ts";

/** Of the schema: raised by changes that break programs which read it. */
const VERSION = 1;

/**
 * Holds nothing that changes with a post, so that it is written only when a channel is added, removed or renamed. One
 * line for each channel, since there may be thousands.
 */
export function renderList({ site, listings }: ListDocument): string {
  const { title, url, feeds, language, description } = site;
  const head = { generator: "Dripfeed", version: VERSION, title, description, url, feeds, language };
  const opening = JSON.stringify(head, null, 2).replace(/\n\}$/, "");
  const channels = listings.map((listing) => `\n    ${JSON.stringify(channelOf(listing))}`);
  return `${opening},\n  "channels": [${channels.join(",")}\n  ]\n}\n`;
}

function channelOf({ channel, feeds, page }: Listing) {
  const { key, kind, name, title, description, language, path } = channel;
  return {
    key,
    kind,
    name,
    title,
    description,
    language,
    path,
    feeds: Object.fromEntries(feeds.map(({ format, url }) => [format, url])),
    page, // `JSON.stringify` leaves it out if it is undefined
  };
}
