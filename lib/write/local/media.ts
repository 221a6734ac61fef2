/** A word on the first media file, where nothing here or at the website can serve it at the address that posts name. */
import { isServed, MEDIA } from "../../base/served.ts";
import type { Site } from "../../site/types.ts";

/** The line for a key that has changed; once, and only where neither we nor the site's generator serve what is there. */
export function mediaNotice(origin: string, site: () => Site | undefined): (key: string) => string | undefined {
  let isSaid = false;
  return (key) => {
    const { media, url, dialect } = site() ?? {};
    if (isSaid || media === undefined || !isServed(key) || new URL(media).origin === origin) return undefined;
    if (dialect === "jekyll" && media === url) return undefined; // it copies the folder
    isSaid = true;
    return `${key} is in the content; it has to be served at ${new URL(MEDIA, media)}: see docs/write.md`;
  };
}
