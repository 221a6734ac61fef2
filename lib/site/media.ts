/** The media of a site: the files of its content below `media/`, and the addresses at which they are served. */
import { present } from "../base/optional.ts";
import { MEDIA } from "../base/served.ts";
import type { MediaBase } from "../model.ts";
import type { Site } from "./types.ts";

/** Folders whose content site generators serve from the site's root. */
export const SERVED = ["", "static/", "source/", "public/", "assets/"] as const;

/** `undefined` where media are served at the very addresses that posts name. */
export function mediaBaseOf({ url, media }: Pick<Site, "url" | "media">): MediaBase | undefined {
  if (media === url) return undefined;
  const named = [url, new URL("/", url).href].map((base) => base + MEDIA);
  return { named: [...new Set(named)], base: media + MEDIA };
}

/** Beginnings of URLs at which media are served, besides those below the site's own: the CDN has them beside the feeds. */
export const mediaUrlsOf = ({ media, feeds }: Pick<Site, "media" | "feeds">): readonly string[] => [
  media + MEDIA,
  new URL(`/${MEDIA}`, feeds).href,
];

/** The address at which a file is served; any other address is as it was. */
export function servedAt(url: string, media: MediaBase | undefined): string {
  const named = media?.named.find((beginning) => url.startsWith(beginning));
  return media === undefined || named === undefined ? url : media.base + url.slice(named.length);
}

/** The service that asks for addresses with `http:` before them. Others want the host, whatever the scheme. */
const KEEPS_HTTP = /^https:\/\/op3\.dev\//;

/** The address by way of a service that counts requests and redirects: without `https://`, as these services take it. */
export function prefixed(url: string, prefix: string): string {
  const bare = prefix.replace(/^https?:\/\//, "");
  if (url.includes(`/${bare}`)) return url; // it leads there already
  return prefix + url.replace(KEEPS_HTTP.test(prefix) ? /^https:\/\// : /^https?:\/\//, "");
}

/** The address without the service that counts: where that redirects to. */
export function unprefixed(url: string, prefix: string | undefined): string {
  if (prefix === undefined || !url.startsWith(prefix)) return url;
  const rest = url.slice(prefix.length);
  return /^https?:\/\//.test(rest) ? rest : `https://${rest}`;
}

/** The site with other addresses; its own pictures that are among its media are served there as well. */
export function siteAt(site: Site, addresses: Pick<Site, "feeds" | "media" | "enclosurePrefix">): Site {
  const moved: MediaBase = {
    named: [site.media + MEDIA, ...(mediaBaseOf({ url: site.url, media: addresses.media })?.named ?? [])],
    base: addresses.media + MEDIA,
  };
  const at = (url: string | undefined) => (url === undefined ? undefined : servedAt(url, moved));
  const { image, icon, favicon, podcast } = site;
  return {
    ...site,
    ...addresses,
    ...present({ image: at(image), icon: at(icon), favicon: at(favicon) }),
    ...present({ podcast: podcast && { ...podcast, ...present({ image: at(podcast.image) }) } }),
  };
}
