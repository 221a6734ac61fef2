/** Links between pages, relative: right wherever the folder is served, previewed or opened from disk. */

import { PAGE_FILE } from "../../channels/urls.ts";
import type { Channel } from "../../model.ts";

/** From the site's page. */
export const linkTo = ({ path }: Channel): string => path.split("/").map(encodeURIComponent).join("/") + PAGE_FILE;

/** To the site's page. */
export const linkUp = ({ path }: Channel): string => "../".repeat(path.split("/").length - 1) + PAGE_FILE;
