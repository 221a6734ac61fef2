/** Links between pages are relative, so that they work on the site, in the preview and from a folder on disk. */

import type { Channel } from "../../channels/types.ts";
import { folderOfKey } from "../../channels/urls.ts";
import type { Site } from "../../site/types.ts";
import type { PageDocument } from "../types.ts";

type Named = Pick<Site, "files">;
type Placed = Pick<Channel, "path">;

/** From the site's page to that of the channel. */
export const linkTo = ({ path }: Placed, { files }: Named): string =>
  (path + files.page).split("/").map(encodeURIComponent).join("/");

/** From the channel's page to the site's. */
export const linkUp = ({ path }: Placed, { files }: Named): string => upFrom(path) + encodeURIComponent(files.page);

/** From the page of a category to those of the categories above it, the outermost first. */
export function parentsOf(
  { kind, key, name, path }: Pick<Channel, "kind" | "key" | "name" | "path">,
  site: Pick<Site, "files" | "kinds">,
): PageDocument["parents"] {
  const slugs = key.split("/").slice(1);
  if (kind !== "categories" || slugs.length !== name.length) return [];
  return name.slice(0, -1).map((parent, i) => {
    const above = folderOfKey(`${kind}/${slugs.slice(0, i + 1).join("/")}`, site);
    return { name: parent, href: upFrom(path) + linkTo({ path: above }, site) };
  });
}

const upFrom = (path: string): string => "../".repeat(path.split("/").length - 1);
