/** Objects of the content store that are served to readers: by the CDN those below `media/`, and by websites some more. */
export const MEDIA = "media/";

/** By the CDN, at the same path. */
export const isServed = (key: string): boolean => key.startsWith(MEDIA);

/** Folders whose content site generators serve from the site's root. */
export const SERVED = ["", "static/", "source/", "public/", "assets/"] as const;

/** Whether it lies where site generators keep what is at `media/` of the site. */
export const isMedia = (key: string): boolean => SERVED.some((folder) => key.startsWith(folder + MEDIA));
