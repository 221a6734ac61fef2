/** Links between pages are relative, so that they work on the site, in the preview and from a folder on disk. */

import type { Channel } from "../../channels/types.ts";
import type { Site } from "../../site/types.ts";

type Named = Pick<Site, "files">;
type Placed = Pick<Channel, "path">;

/** From the site's page to that of the channel. */
export const linkTo = ({ path }: Placed, { files }: Named): string =>
  (path + files.page).split("/").map(encodeURIComponent).join("/");

/** From the channel's page to the site's. */
export const linkUp = ({ path }: Placed, { files }: Named): string => upFrom(path) + encodeURIComponent(files.page);

/** From the channel's page to that of another channel. */
export const linkAcross = ({ path }: Placed, to: Placed, site: Named): string => upFrom(path) + linkTo(to, site);

const upFrom = (path: string): string => "../".repeat(path.split("/").length - 1);
