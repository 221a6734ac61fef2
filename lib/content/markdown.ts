/** Markdown → HTML as `marked` writes it: GitHub's flavour with footnotes. Not yet safe; `html.ts` makes it so. */
import { Marked } from "marked";
import markedFootnote from "marked-footnote";

// An instance of our own: `marked.use` would change every other user in the process.
const marked = new Marked(
  { async: false, gfm: true },
  markedFootnote({ footnoteDivider: true, headingClass: "sr-only" }),
);

export function renderMarkdown(markdown: string): string {
  return marked.parse(markdown) as string;
}
