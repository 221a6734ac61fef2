/** What is said at the first media file where nobody here serves the address that posts name. */
import type { Site } from "../../site/types.ts";

const MEDIA = "media/";

/** The line for a changed key: said once, and only where the site's media have another origin than the page. */
export function mediaNotice(origin: string, site: () => Site | undefined): (key: string) => string | undefined {
  let isSaid = false;
  return (key) => {
    const { media } = site() ?? {};
    if (isSaid || media === undefined || !key.startsWith(MEDIA) || new URL(media).origin === origin) return undefined;
    isSaid = true;
    return `${key} is in the content; it has to be served at ${new URL(MEDIA, media)}: see docs/write.md`;
  };
}
