/** The types of a template grammar: its readers, and what they are given. */
import type { Construct, Line } from "../types.ts";
import type { Finder } from "./finder.ts";

export interface Position {
  readonly source: string;
  readonly at: number;
  readonly line: Line;
  readonly find: Finder;
  /** Where the last construct ended. */
  readonly since: number;
}

export type Reader = (position: Position) => Construct | undefined;

/** What is replaced by a text, or by nothing. */
export const fixed = (start: number, end: number, rest = ""): Construct => ({
  family: "fixed",
  role: "whole",
  name: "",
  rest,
  start,
  end,
});

/** The template syntax of one generator, or of MDX. */
export interface Grammar {
  readonly isMdx: boolean;
  /** Of a text in HTML: no Markdown in it is code. */
  readonly isHtml?: boolean;
  /** By the character at which a reader may find something. */
  readonly readers: ReadonlyMap<string, Reader>;
  /** Is given the content of each line first, before anything in it is read. */
  readonly line?: Reader;
  /** Is given the fence that begins a line. */
  readonly fence?: Reader;
  /** A fence of Docusaurus, `mdx-code-block`, is read as MDX. */
  readonly readsFences?: boolean;
  /** An emphasis that holds nothing but a comment is removed with it. */
  readonly hasEmptyEmphasis?: boolean;
  /** Code as it is shown, for generators that read templates in code too. */
  readonly shownCode?: (code: string, isSpan: boolean) => string;
}
