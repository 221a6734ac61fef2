/** Names of constructs, which authors and themes write in several ways. */

/** The name as the tables spell it: `lite-youtube` and `LiteYouTube` are the same. */
export const keyOf = (name: string): string => name.toLowerCase().replace(/[-_]/g, "");
