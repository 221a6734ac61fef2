/** Markdown → HTML as `marked` writes it: GitHub's flavour and the additions of blogs. `html.ts` makes it safe. */
import { Marked, type MarkedOptions, Parser, type Token, type Tokens } from "marked";
import { wholeTables } from "../html/more.ts";
import { beginWork, isTooLong, TooMuchWork } from "../work.ts";
import { abbreviations } from "./abbreviations.ts";
import type { Addition, Needs } from "./addition.ts";
import { cjkAddresses } from "./addresses.ts";
import { admonitions, alerts } from "./alerts.ts";
import { attributeLists } from "./attributelists.ts";
import { BlockTokenizer, tableHeads } from "./blocks.ts";
import { contentsMarks } from "./contents.ts";
import { countedRules } from "./counted.ts";
import { definitionLists } from "./definitions.ts";
import { manyMarks } from "./delimiters.ts";
import { spacedDestinations } from "./destinations.ts";
import { emojiNames } from "./emoji.ts";
import { EMPHASES, emphasisIn } from "./emphasis.ts";
import { beginNotes, NOTES, renderNotes } from "./footnotes.ts";
import { markedTexts } from "./highlights.ts";
import { BlogLexer } from "./lexer.ts";
import { lineEndsIn, lineOf, located } from "./lines.ts";
import { closedSpans } from "./masks.ts";
import { blockMath, inlineMath, maskedMath } from "./math.ts";
import { ranges } from "./ranges.ts";
import { isLong } from "./reading.ts";
import { type RuleChange, readingRules, rulesFor, withoutReferences, withoutUnderlines } from "./rules.ts";
import { filledTables } from "./tables.ts";

const ADDITIONS: readonly Addition[] = [
  manyMarks,
  alerts,
  admonitions,
  spacedDestinations,
  attributeLists,
  wholeTables,
  blockMath,
  inlineMath,
  maskedMath,
  ranges,
  filledTables,
  ...NOTES,
  definitionLists,
  ...markedTexts,
  emojiNames,
  abbreviations,
  contentsMarks,
];

const CHANGES: readonly RuleChange[] = [
  readingRules,
  closedSpans,
  withoutUnderlines,
  withoutReferences,
  tableHeads,
  cjkAddresses,
];

export interface MarkdownOptions extends Needs {
  /** A line break is rendered as one, as in Hexo, and not as a space. */
  readonly breaks?: boolean;
}

/** Additions by their number, those included that are not of every text's list. */
const NUMBERS = new Map([...ADDITIONS, ...EMPHASES].map((addition, i) => [addition, i] as const));

/** Options by what is in them. `marked.use` would change the options of the whole process. */
const optionsCache = new Map<string, MarkedOptions>();

/** Set while a text is read. Where one was stopped for its time it still is, and tokenizers keep what they were at. */
let isReading = false;

/** Reads a text, with tokenizers that no text before it has left half-way. */
function reading<T>(read: () => T): T {
  if (isReading) optionsCache.clear();
  isReading = true;
  try {
    return read();
  } finally {
    isReading = false;
  }
}

function optionsWith(additions: readonly Addition[], { breaks = false }: MarkdownOptions): MarkedOptions {
  const key = [breaks, ...additions.map((addition) => NUMBERS.get(addition))].join(" ");
  const made = optionsCache.get(key) ?? newOptions(additions, breaks);
  optionsCache.set(key, made);
  return made;
}

function newOptions(additions: readonly Addition[], breaks: boolean): MarkedOptions {
  const marked = new Marked({ async: false, gfm: true, breaks });
  marked.defaults.tokenizer = new BlockTokenizer(marked.defaults);
  return marked.use(...additions.map(({ extension }) => extension)).defaults;
}

/** Throws `TooMuchWork`, with the line at which the Markdown has grown beyond reason. */
export function renderMarkdown(markdown: string, options: MarkdownOptions = {}): string {
  if (isTooLong(markdown)) throw new TooMuchWork("size");
  return reading(() => {
    const additions = ADDITIONS.filter(({ isNeeded }) => isNeeded(markdown, options));
    const parser = new Parser(optionsWith(additions, options));
    if (additions.some((addition) => NOTES.includes(addition))) beginNotes(parser, options.dialect);
    return parser.parse(tokensOf(markdown, additions, options)) + renderNotes(parser);
  });
}

function tokensOf(markdown: string, additions: readonly Addition[], options: MarkdownOptions): Token[] {
  const text = withLineFeeds(markdown);
  const lexer = lexerOf(text, additions, options);
  readBlocks(text, lexer);
  readLines(text, lexer, additions, options);
  return lexer.tokens;
}

const withLineFeeds = (markdown: string): string =>
  markdown.includes("\r") ? markdown.replace(/\r\n?/g, "\n") : markdown;

function lexerOf(text: string, additions: readonly Addition[], options: MarkdownOptions): BlogLexer {
  const lexer = new BlogLexer(optionsWith(additions, options));
  const rules = rulesFor(text, lexer.rules, CHANGES);
  lexer.rules = isLong(text) ? countedRules(rules) : rules;
  return lexer;
}

/** Begins to count the work of a text. */
function readBlocks(text: string, lexer: BlogLexer, tokens: Token[] = lexer.tokens): void {
  beginWork(text.length);
  try {
    lexer.blockTokens(text, tokens);
  } catch (error) {
    throw located(error, () => lineOf(text, tokens, lexer.blocks.text));
  }
}

/** Reads what is within lines. Those with emphasis that CommonMark does not know are read by another lexer. */
function readLines(text: string, lexer: BlogLexer, additions: readonly Addition[], options: MarkdownOptions): void {
  const emphasis = emphasisIn(options);
  const isNeeded = emphasis.isNeeded(text, options);
  const other = isNeeded ? lexerOf(text, [...additions, emphasis], options) : lexer;
  other.tokens = lexer.tokens; // which also carry the definitions of the text
  for (const { src, tokens, at } of lexer.inlineQueue) {
    const reader = isNeeded && emphasis.isNeeded(src, options) ? other : lexer;
    reader.state.inRawBlock = false; // what a block leaves open ends with it
    try {
      reader.inlineTokens(src, tokens);
    } catch (error) {
      throw located(error, () => lineOf(text, lexer.tokens.slice(0, at), src) + lineEndsIn(tokens));
    }
  }
}

/** A line that is a heading, or may make one of the lines above it. */
const HEADING = /^ {0,3}(?:#|[=-]+[ \t]*$)/m;

/** The text of the first heading, without markup. Throws `TooMuchWork`. */
export const firstHeading = headingBy(firstOf);

/** The text of the first heading, unless there are others of its level. Throws `TooMuchWork`. */
export const loneHeading = headingBy(loneOf);

/** The text of the heading with which a text begins, if it is the only one of level 1. Throws `TooMuchWork`. */
export const onlyHeading = headingBy(onlyOf);

/** Reads blocks as far as they matter, and says which is the heading. */
type HeadingOf = (text: string, lexer: BlogLexer) => Tokens.Heading | undefined;

function headingBy(headingOf: HeadingOf) {
  return (markdown: string, options: MarkdownOptions = {}): string | undefined => {
    if (isTooLong(markdown)) throw new TooMuchWork("size");
    return HEADING.test(markdown) ? reading(() => readHeading(markdown, headingOf, options)) : undefined;
  };
}

function readHeading(markdown: string, headingOf: HeadingOf, options: MarkdownOptions): string | undefined {
  const text = withLineFeeds(markdown);
  const needed = [...NOTES, emojiNames].filter(({ isNeeded }) => isNeeded(text, options));
  const additions = [attributeLists, ...needed];
  const lexer = lexerOf(text, additions, {});
  const heading = headingOf(text, lexer);
  if (!heading) return undefined;
  lexer.inlineQueue = lexer.inlineQueue.filter((queued) => queued.tokens === heading.tokens);
  readLines(text, lexer, additions, options);
  return textOfTokens([heading]);
}

function firstOf(text: string, lexer: BlogLexer): Tokens.Heading | undefined {
  const tokens = new UntilHeading();
  try {
    readBlocks(text, lexer, tokens);
  } catch (error) {
    if (error !== HEADING_FOUND) throw error;
  }
  return tokens.heading;
}

function loneOf(text: string, lexer: BlogLexer): Tokens.Heading | undefined {
  readBlocks(text, lexer);
  const [first, ...others] = lexer.tokens.filter((token): token is Tokens.Heading => token.type === "heading");
  return others.some(({ depth }) => depth === first?.depth) ? undefined : first;
}

function onlyOf(text: string, lexer: BlogLexer): Tokens.Heading | undefined {
  const heading = loneOf(text, lexer);
  const first = lexer.tokens.find(({ type, raw }) => type !== "space" && !raw.startsWith("<!--"));
  return heading?.depth === 1 && heading === first ? heading : undefined;
}

const HEADING_FOUND = new Error("the first heading is found");

/** The blocks of a text up to its first heading: what comes after it matters only where it may define a link. */
class UntilHeading extends Array<Token> {
  heading: Tokens.Heading | undefined;

  override push(token: Token): number {
    if (token.type === "heading") this.heading ??= token as Tokens.Heading;
    if (this.heading && !this.heading.text.includes("[")) throw HEADING_FOUND;
    return super.push(token);
  }
}

function textOfTokens(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if ("tokens" in token && token.tokens) return textOfTokens(token.tokens);
      return token.type !== "html" && "text" in token ? String(token.text) : "";
    })
    .join("");
}
