/** Expands the templates of a post to Markdown, as its site generator would, without running anything. */
import { withoutUnused } from "./definitions.ts";
import { unusedMark, withoutLost } from "./links.ts";
import { isLogic } from "./meaning/flow.ts";
import { noteNames } from "./meaning/mdx/expressions.ts";
import { withoutUndefined } from "./references.ts";
import { renderTree } from "./render.ts";
import { grammarFor } from "./syntax/grammars.ts";
import { scan } from "./syntax/scan.ts";
import { treeOf } from "./syntax/tree.ts";
import type { Expanded, PlacedConstruct, RenderText, Surroundings, TemplateContext, Warn } from "./types.ts";
import { makeWarnings } from "./warnings.ts";

/** Never throws; returns a text without templates as it is. Line ends must be `\n`. */
export function expandTemplates(markdown: string, context: TemplateContext): Expanded {
  const constructs = constructsIn(markdown, context);
  if (constructs.length === 0) return { markdown, warnings: [] };

  const lost = unusedMark(markdown);
  const filtering = { left: markdown.length * FILTERED_FOR_EACH + FILTERED_FOR_ANY };
  const growth = { left: markdown.length * GROWN_FOR_EACH + GROWN_FOR_ANY, includes: MOST_INCLUDES, isTold: false };
  const warnings = makeWarnings(markdown);
  const definitions = new Map<string, string>();
  const known = { context, named: new Map(), within: [], definitions };
  const around = { ...known, filtering, growth, lost, render: renderIncluded };
  const whole = rendered(markdown, constructs, around, warnings.warn);
  const written = withoutUnused(whole, definitions, context.isMdx);
  const linked = lost !== "" && written.includes(lost) ? withoutLost(written, lost) : written;
  const text = warnings.mayLackLinks() && !context.isHtml ? withoutUndefined(linked, context.isMdx) : linked;
  return { markdown: text, warnings: warnings.list(text !== linked) };
}

function constructsIn(text: string, context: TemplateContext): readonly PlacedConstruct[] {
  const grammar = grammarFor(text, context);
  return grammar ? scan(text, grammar) : [];
}

function rendered(text: string, constructs: readonly PlacedConstruct[], around: Surroundings, warn: Warn): string {
  for (const { family, rest } of constructs) {
    if (family === "imports") noteNames(rest, around);
  }
  return renderTree(text, treeOf(constructs, text.length), around, warn);
}

const renderIncluded: RenderText = (text, around, warn) => {
  const constructs = constructsIn(text, around.context);
  return constructs.some(isLogic) ? undefined : rendered(text, constructs, around, warn);
};

/** The most characters that constructs may add up to: values and includes that contain one another could grow without end. */
const GROWN_FOR_EACH = 30;
const GROWN_FOR_ANY = 1_000_000;
const MOST_INCLUDES = 2_000;

/** The most characters that filters are applied to, for each of the text and besides: values may be long, and filters many. */
const FILTERED_FOR_EACH = 30;
const FILTERED_FOR_ANY = 5_000_000;
