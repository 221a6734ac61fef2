/** Which files a page shows: those that the site itself serves, so that a page asks nobody else for anything. */
import { MEDIA } from "../../base/served.ts";
import { escapeAttribute } from "../../base/text.ts";
import { unprefixed } from "../../site/media.ts";
import type { Site } from "../../site/types.ts";

/** A longer address would take the place of other entries. */
const ADDRESS_BYTES = 500;

export type Places = Pick<Site, "url" | "feeds" | "media" | "enclosurePrefix">;

export const isShort = (url: string): boolean => Buffer.byteLength(escapeAttribute(url)) <= ADDRESS_BYTES;

/** Whether the file is the site's own, by way of the service that counts or not, and its address short enough. */
export function isOwn(url: string, site: Places): boolean {
  const origin = originOf(unprefixed(url, site.enclosurePrefix));
  return (
    origin !== undefined && isShort(url) && [site.url, site.feeds, site.media].some((base) => originOf(base) === origin)
  );
}

/** Whether it is served beside the pages. */
export function isBeside(url: string, { feeds }: Pick<Site, "feeds">): boolean {
  const origin = originOf(url);
  return origin !== undefined && origin === originOf(feeds);
}

/**
 * What the policy names so that the file is loaded: the folder of all media, else the file itself; of a file that is
 * counted also the service, which redirects to it.
 */
export function sourcesOf(url: string, { media, enclosurePrefix }: Places): readonly string[] {
  const served = unprefixed(url, enclosurePrefix);
  const folder = media + MEDIA;
  const counting = served === url || enclosurePrefix === undefined ? [] : [enclosurePrefix];
  return [...counting, served.startsWith(folder) ? folder : served];
}

/** Of an address of the web: a `blob:` has the origin of its maker, and a browser refuses one with a password. */
function originOf(url: string): string | undefined {
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) return undefined;
  const { origin, username, password } = new URL(url);
  return username + password === "" ? origin : undefined;
}
