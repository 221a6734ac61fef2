/** The types that finding front matter in a file shares: where it begins, what was found, what is wrong with it. */

import type { ProblemCode } from "../../base/problems.ts";

/** The language of the front matter; `hexo-json` is members of JSON without their braces. */
export type FrontMatterForm = "yaml" | "toml" | "json" | "hexo-json" | "none";

export interface FrontMatterBlock {
  readonly form: Exclude<FrontMatterForm, "none">;
  /** Of the file, at which the front matter begins. */
  readonly line: number;
  /** To be read in its language; the first line of it is `line`. */
  readonly text: string;
  /** The offset at which the body begins. */
  readonly bodyAt: number;
}

/** Front matter that was meant, and is none. */
export interface Trouble {
  readonly code: ProblemCode;
  readonly message: string;
  readonly line: number;
  readonly fix?: string;
}

/** The first line of a file that is not blank. */
export interface Opening {
  readonly file: string;
  readonly start: number;
  readonly line: number;
  /** Without white space at its end. */
  readonly text: string;
}
