/** The headers of a served document. Written for the CDN's runtime. */
import { paramsOf } from "./address.ts";
import { type Edge, type EdgeFile, FEEDS, fileIn, folderAt, nameOf, PAGE, splitKey, urlOf } from "./folders.ts";

export interface Headers {
  readonly [name: string]: string;
}

/** `?raw` asks for a feed as it is, with a type that browsers display. */
export const asksRaw = (query: string): boolean => paramsOf(query).some((param) => /^raw(?:=|$)/.test(param));

/** A browser opens the address for a person to look at (Fetch Metadata): what it cannot display, it would download. */
export const isPerson = (headers: { readonly [name: string]: string | undefined }): boolean =>
  headers["sec-fetch-dest"] === "document";

/**
 * Depends on the key that is served, and on whether a browser is to display it, but not on the address: at the edge they are set
 * on the store's response, when the address is no longer known. Feeds link to themselves and their hubs (WebSub §4), pages to
 * their feeds.
 */
export function headersOf(key: string, isShown: boolean, edge: Edge): Headers {
  const at = splitKey(key);
  const folder = folderAt(at.folder, edge);
  const file = fileIn(folder, at.file, edge);
  const headers: { [name: string]: string } = {
    "cache-control": edge.cacheControl,
    // Feeds are public, and some readers run in browsers.
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag, Link",
    "x-content-type-options": "nosniff",
  };
  if (!file) return headers;
  headers["content-type"] = typeOf(file, isShown);
  const isFeed = FEEDS.indexOf(file) >= 0;
  // It decides between a feed and its page, and between two types.
  if (file.shown !== file.type || file === PAGE) headers["vary"] = DECIDING;
  const links = isFeed
    ? [linkTo(urlOf(key, edge), "self")].concat(edge.hubs.map((hub) => linkTo(hub, "hub")))
    : file === PAGE
      ? FEEDS.filter((feed) => fileIn(folder, nameOf(feed, edge), edge)).map(
          (feed) => `${linkTo(urlOf(at.folder + nameOf(feed, edge), edge), "alternate")}; type="${feed.type}"`,
        )
      : [];
  if (links.length > 0) headers["link"] = links.join(", ");
  return headers;
}

/** Of any other object only the store knows that it is a feed: such as a copy under a former path. */
export function storedHeaders(type: string, isShown: boolean): Headers {
  const feed = FEEDS.filter((each) => type.indexOf(each.type) === 0)[0];
  return feed ? { "content-type": typeOf(feed, isShown), vary: DECIDING } : {};
}

const DECIDING = "Sec-Fetch-Dest";

const typeOf = (file: EdgeFile, isShown: boolean): string => `${isShown ? file.shown : file.type}; charset=utf-8`;

const linkTo = (url: string, rel: string): string => `<${url}>; rel="${rel}"`;
