/** What the text of a post shows at its beginning. */

export const SHOWN = ["page", "photo", "video", "audio"] as const;

/** What has lines in the text, one each: pages that the post leads to, and its files. */
export type ShownProperty = (typeof SHOWN)[number];

export interface ShownLine {
  readonly property: ShownProperty;
  readonly url: string;
  /** Of a picture; of a recording the front matter has it. */
  readonly alt?: string;
  /** As it is written. */
  readonly line: string;
}

export interface TextBeginning {
  readonly lines: readonly ShownLine[];
  /** The text below them, with the blank lines that it begins with. */
  readonly rest: string;
  /** Which of those that the front matter names have all their lines? Where one has not, the site's theme shows them, and gets no further lines. */
  readonly shows: { readonly [kind in "pages" | "recordings"]: boolean };
}

/** What the front matter names, and a line shows. */
export interface NamedAddress {
  readonly property: "page" | "video" | "audio";
  readonly url: string;
}

/** A page that the post is about, or the one on which it streams. */
export interface ShownPage {
  readonly url: string;
  readonly isStream: boolean;
}
