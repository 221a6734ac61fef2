/** What the text of a post shows at its beginning. */

export const SHOWN = ["photo", "video", "audio"] as const;

/** Properties whose files have a line each in the text. */
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
  /** Has each recording of the front matter its line? Where one has not, the site's theme shows them, and gets no further lines. */
  readonly showsAll: boolean;
}

/** A recording that the front matter names. */
export interface NamedRecording {
  readonly property: "video" | "audio";
  readonly url: string;
}
