/** The rules by which marked reads, made for the text at hand. */
import { Lexer, type Tokenizer } from "marked";

export type TokenizerRules = Tokenizer["rules"];

export interface RuleChange {
  readonly isNeeded: (markdown: string) => boolean;
  readonly change: (rules: TokenizerRules) => TokenizerRules;
}

/**
 * The end of plain text. marked's own rule looks for a mail address at every letter, a quarter of all the time it needs;
 * a text without `@` has none. Up to a mark, an address of the web or a line break, it is what marked's says.
 */
export const TEXT_WITHOUT_MAIL =
  /^(?:`+|~+|[^`~])(?:(?! {2,}\n)(?:[^\\<![`*~_hHfFw ]+|[hH](?![tT][tT][pP])|[fF](?![tT][pP]:\/\/)|w(?!ww\.)|(?<=[^\s*_~(])w| (?! +\n)|(?<= ) )*)?/;

/** The same where each line break is one. */
const LINE_WITHOUT_MAIL =
  /^(?:`+|~+|[^`~])(?:(?! *\n)(?:[^\\<![`*~_hHfFw \n]+|[hH](?![tT][tT][pP])|[fF](?![tT][pP]:\/\/)|w(?!ww\.)|(?<=[^\s*_~(])w| ))*/;

const hasBreaks = ({ inline }: TokenizerRules): boolean => inline.text === Lexer.rules.inline.breaks.text;

export const quickText: RuleChange = {
  isNeeded: (markdown) => !markdown.includes("@"),
  change(rules) {
    const text = hasBreaks(rules) ? LINE_WITHOUT_MAIL : TEXT_WITHOUT_MAIL;
    return { ...rules, inline: { ...rules.inline, text } };
  },
};

/** A heading that is underlined is looked for from every paragraph on; it needs a line that ends so. */
export const withoutUnderlines: RuleChange = {
  isNeeded: (markdown) => !/[=-][ \t]*(?:\r|\n|$)/.test(markdown),
  change: (rules) => ({ ...rules, block: { ...rules.block, lheading: /^(?!)/ } }),
};

/** By the changes made: new objects for each text would cost what they save. */
const changed = new Map<string, TokenizerRules>();

/** Of marked's own rules for its flavour of Markdown, with line breaks or without. */
export function rulesFor(markdown: string, rules: TokenizerRules, changes: readonly RuleChange[]): TokenizerRules {
  const needed = changes.filter(({ isNeeded }) => isNeeded(markdown));
  const key = [hasBreaks(rules), ...needed.map((change) => changes.indexOf(change))].join(" ");
  const ours = changed.get(key) ?? needed.reduce((made, { change }) => change(made), rules);
  changed.set(key, ours);
  return ours;
}
