/** An extension of Markdown that blogs use, with a cheap test by which texts without it avoid its cost. */
import type { MarkedExtension } from "marked";
import type { DialectName } from "../../model.ts";

export interface Addition {
  readonly isNeeded: (markdown: string, dialect: DialectName) => boolean;
  readonly extension: MarkedExtension;
}
