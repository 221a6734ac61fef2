/** What blogs add to Markdown, each with a cheap test: a text that cannot hold it is spared its cost. */
import type { MarkedExtension } from "marked";

export interface Addition {
  readonly isNeeded: (markdown: string) => boolean;
  readonly extension: MarkedExtension;
}
