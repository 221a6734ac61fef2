/** How much of a file is read. */

/** Bytes: those of four million characters, the longest text that is rendered. Of a longer file only so much is read. */
export const MAX_POST_BYTES = 16_000_000;
