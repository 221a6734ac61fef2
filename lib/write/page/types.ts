/** What the server puts into the page for its script. */
export interface PageData {
  /** In the order of their short names (`words/short.ts`). */
  readonly words: readonly unknown[];
  /** BCP 47: of the words, and of dates and numbers. */
  readonly language: string;
  /** The languages that the page has. */
  readonly languages: readonly string[];
  readonly site: {
    readonly title: string;
    /** Those that posts are written in; the first is the usual one. */
    readonly languages: readonly string[];
    readonly authors: readonly { readonly key: string; readonly name: string }[];
  };
}
