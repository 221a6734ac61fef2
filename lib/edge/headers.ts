/** The headers of a served document. Written for the CDN's runtime. */
import { paramsOf } from "./address.ts";
import { DISCOVERY, type Edge, FEEDS, feedIn, folderAt, PAGE, splitKey, urlOf } from "./folders.ts";

export interface Headers {
  readonly [name: string]: string;
}

/** `?raw` asks for a feed as it is, with a type that browsers display. */
export const asksRaw = (query: string): boolean => paramsOf(query).some((param) => /^raw(?:=|$)/.test(param));

/**
 * Depends on the key that is served and not on the address: at the edge they are set on the store's response, when the
 * address is no longer known. Feeds link to themselves and their hubs (WebSub §4), pages to their feeds.
 */
export function headersOf(key: string, isRaw: boolean, edge: Edge): Headers {
  const at = splitKey(key);
  const folder = folderAt(at.folder, edge);
  const headers: { [name: string]: string } = {
    "cache-control": edge.cacheControl,
    // Feeds are public, and some readers run in browsers.
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag, Link",
    "x-content-type-options": "nosniff",
  };
  if (!folder) return headers;
  const feed = feedIn(folder, at.file);
  const isPage = at.file === PAGE && folder.hasPage;
  const type = feed
    ? isRaw
      ? feed.shown
      : feed.type
    : isPage
      ? "text/html"
      : folder.path === "" && DISCOVERY[at.file];
  if (type) headers["content-type"] = `${type}; charset=utf-8`;
  // On the feed and on the page, since this header decides which of the two an address gives.
  if (folder.hasPage && (feed || isPage)) headers["vary"] = "Sec-Fetch-Dest";
  if (feed) {
    const self = [linkTo(urlOf(key, edge), "self")];
    headers["link"] = self.concat(edge.hubs.map((hub) => linkTo(hub, "hub"))).join(", ");
  } else if (isPage) {
    headers["link"] = FEEDS.filter((each) => feedIn(folder, each.file))
      .map((each) => `${linkTo(urlOf(at.folder + each.file, edge), "alternate")}; type="${each.type}"`)
      .join(", ");
  }
  return headers;
}

const linkTo = (url: string, rel: string): string => `<${url}>; rel="${rel}"`;
