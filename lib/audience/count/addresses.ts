/** Addresses of the site as counts keep them: decoded, and of queries only what says which feed is meant. */
import { decodePath } from "../../edge/address.ts";

/** Such as WordPress's `?feed=rss2` and Joomla's `?format=feed&type=rss`. Any other query may say who asks. */
const FEED_QUERY = /^(?:feed|format|type|alt)=[a-z0-9_.-]{1,20}(?:&(?:feed|format|type|alt)=[a-z0-9_.-]{1,20})?$/i;
/** What a feed may be called. Whatever else readers ask for (icons, posts) needs no alias. */
const FEED_LIKE =
  /\.(?:xml|rss2?|atom|rdf|json)\/?$|(?:^|[/_-])(?:feeds?|rss|atom|syndication)[\d.]{0,4}(?:$|[/?._-])|[?&](?:feed|format|type|alt)=(?:feed|rss|atom|rdf|json)/i;
/** What sites have under these names is no feed. */
const NO_FEED =
  /(?:^|\/)(?:sitemap[\w-]*\.xml|(?:opensearch|browserconfig|crossdomain)\.xml|(?:manifest|package|feeds)\.json)$/i;
/** Longer ones are made up. */
const MOST_CHARACTERS = 200;

/** Whether it may be the address of a feed. */
export const isFeedLike = (address: string): boolean => FEED_LIKE.test(address) && !NO_FEED.test(address);

/** A mail address, an address of a machine with any marks between its numbers, a session, a token: whatever may belong to somebody. */
const PERSONAL =
  /[@;]|\d{1,3}([^\da-z/])\d{1,3}\1\d{1,3}\1\d{1,3}|:[\da-f]{0,4}:|\d{8}|(?=[\da-f]{0,32}\d)[\da-f]{8}|(?=[\da-z]{0,32}\d)[\da-z]{16}/i;

/** Addresses and channels that anybody can make up, and so may hold what must not be kept. */
export const isImpersonal = (address: string): boolean => !PERSONAL.test(address.normalize("NFKC"));

/** Without a slash at its start; `undefined` where it is malformed, or no address that is worth keeping. */
export function addressOf(path: string, query: string): string | undefined {
  const decoded = decodePath(path)?.slice(1);
  if (decoded === undefined || decoded.length > MOST_CHARACTERS) return undefined;
  return FEED_QUERY.test(query) ? `${decoded}?${query}` : decoded;
}
