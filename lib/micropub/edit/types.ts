/** Edits of a text: which ranges of it are replaced by what. */

/** Offsets in the text before any edit. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Edits front matter in one of its languages. The answer is `undefined` where an edit would touch more than its own lines. */
export interface FieldEditor {
  /** Puts the value in the place of the one that the path has, or adds a line. */
  set(path: readonly string[], value: string, key: string): readonly Splice[] | undefined;
  /** The lines of the path go. */
  remove(path: readonly string[]): readonly Splice[] | undefined;
  /** The value as it is written, `undefined` where there is none. */
  written(path: readonly string[]): string | undefined;
}
