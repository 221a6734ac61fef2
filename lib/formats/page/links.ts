/** Links between pages are relative, so that they work on the site, in the preview and from a folder on disk. */

import type { Channel } from "../../channels/types.ts";
import type { Site } from "../../site/types.ts";

type Named = Pick<Site, "files">;

/** From the site's page to that of the channel. */
export const linkTo = ({ path }: Channel, { files }: Named): string =>
  (path + files.page).split("/").map(encodeURIComponent).join("/");

/** From the channel's page to the site's. */
export const linkUp = ({ path }: Channel, { files }: Named): string =>
  "../".repeat(path.split("/").length - 1) + encodeURIComponent(files.page);
