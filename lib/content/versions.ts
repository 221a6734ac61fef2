/** Versions of reading and rendering posts. Increasing one makes everything that was made with the former one anew. */
/** Increase it when the same file gives another post. */
export const READER_VERSION = 9;

/** Increase it when the same post gives another entry. */
export const RENDERER_VERSION = 8;
