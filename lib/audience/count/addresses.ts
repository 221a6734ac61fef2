/** Addresses of the site as counts keep them: decoded, and of queries only what says which feed is meant. */
import { decodePath } from "../../edge/address.ts";

/** Such as WordPress's `?feed=rss2`. Any other query may say who asks. */
const FEED_QUERY = /^(?:feed|format|type|alt)=[a-z0-9_-]{1,20}$/i;
/** Longer ones are made up. */
const MOST_CHARACTERS = 200;

/** Without a slash at its start; `undefined` where it is malformed, or no address that is worth keeping. */
export function addressOf(path: string, query: string): string | undefined {
  const decoded = decodePath(path)?.slice(1);
  if (decoded === undefined || decoded.length > MOST_CHARACTERS) return undefined;
  return FEED_QUERY.test(query) ? `${decoded}?${query}` : decoded;
}
