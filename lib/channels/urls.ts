/** Path in the public store → URL. */

import type { Site } from "../site/types.ts";
import type { Channel } from "./types.ts";

/** `index.html` is left out: a folder's page is served at the folder's URL. */
export function publicUrl(path: string, { feeds }: Site): string {
  return (
    feeds +
    path
      .replace(/(^|\/)index\.html$/, "$1")
      .split("/")
      .map(encodeURIComponent)
      .join("/")
  );
}

export const PAGE_FILE = "index.html";

export const pageUrl = ({ path }: Channel, site: Site): string => publicUrl(path + PAGE_FILE, site);
