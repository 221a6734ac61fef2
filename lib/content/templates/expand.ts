/** What site generators expand in a post before Markdown is read, done without running anything. */
import type { DialectName } from "../../model.ts";
import type { ProblemCode } from "../../problems.ts";
import { GRAMMARS, MDX_QUICK } from "./grammars.ts";
import { withoutLost } from "./links.ts";
import { mdxGrammar, namesIn } from "./mdx.ts";
import { withoutUndefined } from "./references.ts";
import { renderTree } from "./render.ts";
import { type Grammar, scan } from "./scan.ts";
import { treeOf } from "./tree.ts";
import { makeWarnings } from "./warnings.ts";

export interface TemplateContext {
  readonly dialect: DialectName;
  /** The file ends in `.mdx`. */
  readonly isMdx: boolean;
  /** Absolute, ends with a slash. */
  readonly siteUrl: string;
  /** Scalars of the front matter by lower-case key. */
  readonly values: ReadonlyMap<string, string>;
  /** The URL of another post named by its file, if it can be told. */
  readonly linkTo?: (reference: string) => string | undefined;
}

export interface TemplateWarning {
  readonly code: ProblemCode;
  /** Of the body, 1 for the first. */
  readonly line: number;
  readonly message: string;
  readonly mend?: string;
}

export interface Expanded {
  readonly markdown: string;
  readonly warnings: readonly TemplateWarning[];
}

/** Never throws; a text without templates is given back as it is. Line ends are `\n`. */
export function expandTemplates(markdown: string, context: TemplateContext): Expanded {
  const grammar = grammarFor(markdown, context);
  const pieces = grammar ? scan(markdown, grammar) : [];
  if (pieces.length === 0) return { markdown, warnings: [] };

  const lost = LOST.find((character) => !markdown.includes(character)) ?? "";
  const named = new Map(pieces.flatMap(({ family, rest }) => (family === "imports" ? namesIn(rest) : [])));
  const { warn, mayLackLinks, told } = makeWarnings(markdown);
  const written = renderTree(markdown, treeOf(pieces), { context, named, lost }, warn);
  const linked = lost !== "" && written.includes(lost) ? withoutLost(written, lost) : written;
  const text = mayLackLinks() ? withoutUndefined(linked, context.isMdx) : linked;
  return { markdown: text, warnings: told(text !== linked) };
}

/** Characters that no text means: one stands for a target that cannot be told, until its link is taken away. */
const LOST = Array.from({ length: 32 }, (_, i) => String.fromCharCode(0xfdd0 + i));

function grammarFor(markdown: string, { dialect, isMdx }: TemplateContext): Grammar | undefined {
  if (isMdx) return MDX_QUICK.test(markdown) ? mdxGrammar(markdown) : undefined;
  const { quick, grammar } = GRAMMARS[dialect];
  return quick.test(markdown) ? grammar : undefined;
}
