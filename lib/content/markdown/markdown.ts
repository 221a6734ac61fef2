/** Markdown → HTML as `marked` writes it: GitHub's flavour and the additions of blogs. `html.ts` makes it safe. */
import { Lexer, Marked, type MarkedOptions, Parser, type Token } from "marked";
import { wholeTables } from "../html/more.ts";
import type { Addition } from "./addition.ts";
import { cjkAddresses } from "./addresses.ts";
import { alerts } from "./alerts.ts";
import { attributeLists } from "./attributelists.ts";
import { definitionLists } from "./definitions.ts";
import { spacedDestinations } from "./destinations.ts";
import { cjkEmphasis } from "./emphasis.ts";
import { footnotes, renderNotes } from "./footnotes.ts";
import { blockMath, inlineMath, maskedMath } from "./math.ts";
import { quickText, type RuleChange, rulesFor, withoutUnderlines } from "./rules.ts";

const ADDITIONS: readonly Addition[] = [
  alerts,
  spacedDestinations,
  attributeLists,
  wholeTables,
  blockMath,
  inlineMath,
  maskedMath,
  footnotes,
  definitionLists,
];

const CHANGES: readonly RuleChange[] = [quickText, withoutUnderlines, cjkAddresses];

export interface MarkdownOptions {
  /** A line break is rendered as one, as in Hexo, and not as a space. */
  readonly breaks?: boolean;
}

/** Options by what is in them. `marked.use` would change the options of the whole process. */
const optionsCache = new Map<string, MarkedOptions>();

function optionsWith(additions: readonly Addition[], { breaks = false }: MarkdownOptions): MarkedOptions {
  const key = [breaks, ...additions.map((addition) => ADDITIONS.indexOf(addition))].join(" ");
  const made =
    optionsCache.get(key) ??
    new Marked({ async: false, gfm: true, breaks }, ...additions.map(({ extension }) => extension)).defaults;
  optionsCache.set(key, made);
  return made;
}

/** May throw on excessively nested Markdown. */
export function renderMarkdown(markdown: string, options: MarkdownOptions = {}): string {
  const additions = ADDITIONS.filter(({ isNeeded }) => isNeeded(markdown));
  const parser = new Parser(optionsWith(additions, options));
  return parser.parse(tokensOf(markdown, additions, options)) + renderNotes(parser);
}

/** Like `Lexer.lex`, except that texts with Chinese punctuation beside a mark are read by another lexer. */
function tokensOf(markdown: string, additions: readonly Addition[], options: MarkdownOptions = {}): Token[] {
  const [lexer, tokenizer] = lexerWith(additions, options);
  if (tokenizer) tokenizer.rules = rulesFor(markdown, tokenizer.rules, CHANGES);
  lexer.blockTokens(markdown.includes("\r") ? markdown.replace(/\r\n?/g, "\n") : markdown, lexer.tokens);

  const [cjkLexer, cjkTokenizer] = cjkEmphasis.isNeeded(markdown)
    ? lexerWith([...additions, cjkEmphasis], options)
    : [lexer];
  if (tokenizer && cjkTokenizer) cjkTokenizer.rules = tokenizer.rules;
  cjkLexer.tokens = lexer.tokens; // which also carry the definitions of the text
  for (const { src, tokens } of lexer.inlineQueue) {
    (cjkLexer !== lexer && cjkEmphasis.isNeeded(src) ? cjkLexer : lexer).inlineTokens(src, tokens);
  }
  return lexer.tokens;
}

function lexerWith(additions: readonly Addition[], options: MarkdownOptions) {
  const made = optionsWith(additions, options);
  return [new Lexer(made), made.tokenizer] as const;
}

/** The text of the first heading, without markup. */
export function firstHeading(markdown: string): string | undefined {
  const heading = tokensOf(markdown, [attributeLists]).find(({ type }) => type === "heading");
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
