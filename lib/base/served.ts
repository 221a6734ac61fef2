/** Objects of the content store that are served to readers: those below `media/`, at the same path. */
export const MEDIA = "media/";

export const isServed = (key: string): boolean => key.startsWith(MEDIA);
