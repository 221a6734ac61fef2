/** Directory → `feeds.json`: every channel for programs, and the mark by which a store is known as ours. */
import type { Directory, Listing } from "../model.ts";

/** Of the shape of what is written: it moves when a program that read it would no longer understand. */
const VERSION = 1;

/**
 * It says nothing that changes with a post, so that it changes when a channel comes, goes or is called otherwise, and
 * only then. One line for each channel: there may be thousands.
 */
export function renderList({ site, listings }: Directory): string {
  const { title, url, feeds, language, description } = site;
  const head = { generator: "Dripfeed", version: VERSION, title, description, url, feeds, language };
  const opening = JSON.stringify(head, null, 2).replace(/\n\}$/, "");
  const channels = listings.map((listing) => `\n    ${JSON.stringify(listed(listing))}`);
  return `${opening},\n  "channels": [${channels.join(",")}\n  ]\n}\n`;
}

function listed({ channel, feeds, page }: Listing) {
  const { key, kind, name, title, description, language, path } = channel;
  return {
    ...{ key, kind, name, title, description, language, path },
    feeds: Object.fromEntries(feeds.map(({ format, url }) => [format, url])),
    ...(page !== undefined && { page }),
  };
}
