/** Markdown → HTML as `marked` writes it: GitHub's flavour with footnotes. Not yet safe; `html.ts` makes it so. */
import { Marked, type Token } from "marked";
import markedFootnote from "marked-footnote";
import { cjkEmphasis } from "./emphasis.ts";

// An instance of our own: `marked.use` would change every other user in the process.
const marked = new Marked(
  { async: false, gfm: true },
  markedFootnote({ footnoteDivider: true, headingClass: "sr-only" }),
  cjkEmphasis,
);

export function renderMarkdown(markdown: string): string {
  return marked.parse(markdown) as string;
}

/** The text of the first heading, as it is read: without marks. */
export function firstHeading(markdown: string): string | undefined {
  const heading = new Marked({ gfm: true }).lexer(markdown).find(({ type }) => type === "heading");
  return heading && textOfTokens([heading]);
}

function textOfTokens(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if ("tokens" in token && token.tokens) return textOfTokens(token.tokens);
      return token.type !== "html" && "text" in token ? String(token.text) : "";
    })
    .join("");
}
