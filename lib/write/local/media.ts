/** A word on the first media file, where nothing here can serve it at the address that posts name. */
import type { Site } from "../../site/types.ts";

const MEDIA = "media/";

/** The line for a key that has changed; once, and only where the site's media are at another origin than ours. */
export function mediaNotice(origin: string, site: () => Site | undefined): (key: string) => string | undefined {
  let isSaid = false;
  return (key) => {
    const { media } = site() ?? {};
    if (isSaid || media === undefined || !key.startsWith(MEDIA) || new URL(media).origin === origin) return undefined;
    isSaid = true;
    return `${key} is in the content; it has to be served at ${new URL(MEDIA, media)}: see docs/write.md`;
  };
}
