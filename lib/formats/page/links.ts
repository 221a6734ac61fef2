/** Links between pages are relative, so that they work on the site, in the preview and from a folder on disk. */

import type { Channel } from "../../channels/types.ts";
import { PAGE_FILE } from "../../channels/urls.ts";

/** From the site's page to that of the channel. */
export const linkTo = ({ path }: Channel): string => path.split("/").map(encodeURIComponent).join("/") + PAGE_FILE;

/** From the channel's page to the site's. */
export const linkUp = ({ path }: Channel): string => "../".repeat(path.split("/").length - 1) + PAGE_FILE;
