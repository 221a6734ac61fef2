/** An extension of Markdown that blogs use, with a cheap test by which texts without it avoid its cost. */
import type { MarkedExtension } from "marked";
import type { DialectName } from "../../model.ts";

/** What is read in some texts alone. */
export interface Needs {
  /** Whose notes and emphasis the text has; the plain ones if it is not said. */
  readonly dialect?: DialectName;
  /** Is `:tada:` read as an emoji? It is if nothing is said. */
  readonly emoji?: boolean;
}

export interface Addition {
  readonly isNeeded: (markdown: string, needs: Needs) => boolean;
  readonly extension: MarkedExtension;
}
