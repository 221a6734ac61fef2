/** Public path → URL. */
import type { Channel, Site } from "../model.ts";

/** The URL at which a public path is served; a folder's page goes by the folder's name. */
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
