/** Expands the templates of a post to Markdown, as its site generator would, without running anything. */
import { unusedMark, withoutLost } from "./links.ts";
import { namesIn } from "./meaning/mdx/expressions.ts";
import { withoutUndefined } from "./references.ts";
import { renderTree } from "./render.ts";
import { grammarFor } from "./syntax/grammars.ts";
import { scan } from "./syntax/scan.ts";
import { treeOf } from "./syntax/tree.ts";
import type { Expanded, TemplateContext } from "./types.ts";
import { makeWarnings } from "./warnings.ts";

/** Never throws; returns a text without templates as it is. Line ends must be `\n`. */
export function expandTemplates(markdown: string, context: TemplateContext): Expanded {
  const grammar = grammarFor(markdown, context);
  const constructs = grammar ? scan(markdown, grammar) : [];
  if (constructs.length === 0) return { markdown, warnings: [] };

  const lost = unusedMark(markdown);
  const named = new Map(
    constructs.flatMap(({ family, rest }) => (family === "imports" ? namesIn(rest, context.dialect) : [])),
  );
  const filtering = { left: markdown.length * FILTERED_FOR_EACH + FILTERED_FOR_ANY };
  const warnings = makeWarnings(markdown);
  const written = renderTree(markdown, treeOf(constructs), { context, named, filtering, lost }, warnings.warn);
  const linked = lost !== "" && written.includes(lost) ? withoutLost(written, lost) : written;
  const text = warnings.mayLackLinks() && !context.isHtml ? withoutUndefined(linked, context.isMdx) : linked;
  return { markdown: text, warnings: warnings.list(text !== linked) };
}

/** The most characters that filters are applied to, for each of the text and besides: values may be long, and filters many. */
const FILTERED_FOR_EACH = 30;
const FILTERED_FOR_ANY = 5_000_000;
