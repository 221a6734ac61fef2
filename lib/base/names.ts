/** Names of templates, which authors, themes and owners write in several ways. */

/** As tables spell it: `lite-youtube` and `LiteYouTube` are the same. */
export const foldedName = (name: string): string => name.toLowerCase().replace(/[-_]/g, "");
