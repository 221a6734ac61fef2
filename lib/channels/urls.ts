/** Path in the public store → URL. */

import { defaultFolder, folderOf, kindAt } from "../site/names.ts";
import type { Site } from "../site/types.ts";
import type { Channel } from "./types.ts";

/** `index.html` is left out: a folder's page is served at the folder's URL. */
export function publicUrl(path: string, { feeds }: Pick<Site, "feeds">): string {
  const shown = path.replace(/(^|\/)index\.html$/, "$1");
  return feeds + (AS_WRITTEN.test(shown) ? shown : shown.split("/").map(encodeURIComponent).join("/"));
}

/** Nothing in it is encoded: nearly every path, and a site has thousands. */
const AS_WRITTEN = /^[\w\-.!~*'()/]*$/;

export const pageUrl = ({ path }: Channel, site: Site): string => publicUrl(path + site.files.page, site);

/** The folder of the channel with this key, with a slash at its end; the site's own is empty. */
export function folderOfKey(key: string, { kinds }: Pick<Site, "kinds">): string {
  if (key === "site") return "";
  const [kind, slug] = [key.slice(0, key.indexOf("/")), key.slice(key.indexOf("/") + 1)];
  if (kind === "channels") return `${slug}/`;
  return kind === "archive" ? `${key}/` : folderOf(kinds[kind]?.path ?? defaultFolder(kind), slug);
}

/** The key of the channel in a folder: of a kind, else the folder's own path. */
export function keyOfFolder(folder: string, site: Pick<Site, "kinds">): string {
  if (folder === "") return "site";
  return kindAt(folder, site)?.join("/") ?? folder.slice(0, -1);
}
