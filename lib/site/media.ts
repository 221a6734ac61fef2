/** The media of a site: the files of its content below `media/`, and the addresses at which they are served. */
import { present } from "../base/optional.ts";
import { MEDIA, type SERVED } from "../base/served.ts";
import type { DialectName, MediaBase } from "../model.ts";
import { literalFolder } from "./rules.ts";
import type { Site } from "./types.ts";

/**
 * Where a generator has its content, and the folder that it copies into the root of the site as it is: https://hexo.io/docs/setup,
 * https://gohugo.io/getting-started/directory-structure/, https://www.getzola.org/documentation/getting-started/directory-structure/,
 * https://docs.astro.build/en/basics/project-structure/. Jekyll copies `media/`; the others copy only what their configuration names.
 */
const COPIED: { readonly [name in DialectName]?: readonly [content: string, copied: (typeof SERVED)[number]] } = {
  hexo: ["source/", "source/"],
  hugo: ["content/", "static/"],
  zola: ["content/", "static/"],
  astro: ["src/", "public/"],
};

/** Of a site that does not say which generator it has, as its posts are read (`detectDialect`). */
const DETECTED: readonly (readonly [beginning: string, DialectName])[] = [
  ["source/_", "hexo"],
  ["src/content/", "astro"],
  ["content/", "hugo"],
];

/**
 * Where new files of media go, by where posts lie: into the folder that the generator serves as `media/`, if the website serves its
 * media itself and the posts are among what its generator reads.
 */
export function mediaFoldersOf({ url, media, dialect, posts }: MediaSite): ReadonlyMap<string, string> {
  return new Map(
    posts.map((glob) => {
      const folder = literalFolder(glob);
      const name = dialect ?? DETECTED.find(([beginning]) => folder.startsWith(beginning))?.[1];
      const [content, copied] = (media === url && name && COPIED[name]) || [];
      return [folder, content !== undefined && folder.startsWith(content) ? copied + MEDIA : MEDIA];
    }),
  );
}

type MediaSite = Pick<Site, "url" | "media" | "dialect" | "posts">;

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
