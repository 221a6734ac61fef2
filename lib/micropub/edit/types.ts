/** Edits of a text, as a list of what is put in the place of what. */

/** Offsets in the text before any edit. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What front matter can be edited by, whatever language it is in; `undefined` where it would take more than a line. */
export interface FieldEditor {
  /** Puts the value in the place of the one that the path has, or adds a line. */
  set(path: readonly string[], value: string, key: string): readonly Splice[] | undefined;
  /** The lines of the path go. */
  remove(path: readonly string[]): readonly Splice[] | undefined;
  /** The value as it is written, `undefined` where there is none. */
  written(path: readonly string[]): string | undefined;
}
