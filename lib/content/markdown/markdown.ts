/** Markdown → HTML as `marked` writes it: GitHub's flavour and what blogs add. Not yet safe; `html.ts` makes it so. */
import { Lexer, Marked, type MarkedOptions, Parser, type Token } from "marked";
import { wholeTables } from "../html/more.ts";
import type { Addition } from "./addition.ts";
import { cjkAddresses } from "./addresses.ts";
import { alerts } from "./alerts.ts";
import { attributeLists } from "./attributelists.ts";
import { spacedDestinations } from "./destinations.ts";
import { cjkEmphasis } from "./emphasis.ts";
import { footnotes, renderNotes } from "./footnotes.ts";
import { blockMath, inlineMath, maskedMath } from "./math.ts";
import { quickText, type RuleChange, rulesFor, withoutUnderlines } from "./rules.ts";

const ADDITIONS: readonly Addition[] = [
  ...[alerts, spacedDestinations, attributeLists, wholeTables],
  ...[blockMath, inlineMath, maskedMath, footnotes],
];

const CHANGES: readonly RuleChange[] = [quickText, withoutUnderlines, cjkEmphasis, cjkAddresses];

/** By the additions in them. Of our own: `marked.use` would change every other user in the process. */
const optionsMade = new Map<string, MarkedOptions>();

function optionsFor(markdown: string): MarkedOptions {
  const needed = ADDITIONS.filter(({ isNeeded }) => isNeeded(markdown));
  const key = needed.map((addition) => ADDITIONS.indexOf(addition)).join(" ");
  const made =
    optionsMade.get(key) ??
    new Marked({ async: false, gfm: true }, ...needed.map(({ extension }) => extension)).defaults;
  optionsMade.set(key, made);
  return made;
}

/** May throw on Markdown that is nested beyond reason. */
export function renderMarkdown(markdown: string): string {
  const options = optionsFor(markdown);
  const lexer = new Lexer(options);
  const { tokenizer } = options;
  if (tokenizer) tokenizer.rules = rulesFor(markdown, tokenizer.rules, CHANGES);
  const tokens = lexer.lex(markdown);
  const parser = new Parser(options);
  return parser.parse(tokens) + renderNotes(parser);
}

const outlines = new Marked({ gfm: true }, attributeLists.extension);

/** The text of the first heading, as it is read: without marks. */
export function firstHeading(markdown: string): string | undefined {
  const heading = outlines.lexer(markdown).find(({ type }) => type === "heading");
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
