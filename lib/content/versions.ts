/** What moves when posts come to be read or rendered differently: everything made before is made anew. */

/** Of reading: the same file is another post. */
export const READER_VERSION = 3;

/** Of rendering: the same post is another entry. */
export const RENDERER_VERSION = 2;
