/** An extension of Markdown that blogs use, with a cheap test by which texts without it avoid its cost. */
import type { MarkedExtension } from "marked";

export interface Addition {
  readonly isNeeded: (markdown: string) => boolean;
  readonly extension: MarkedExtension;
}
