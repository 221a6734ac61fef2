/** marked's tokenizer rules, replaced by faster ones where the text allows it. */
import { Lexer, type Tokenizer } from "marked";

export type TokenizerRules = Tokenizer["rules"];

export interface RuleChange {
  readonly isNeeded: (markdown: string) => boolean;
  readonly change: (rules: TokenizerRules) => TokenizerRules;
}

/**
 * Plain text, up to a mark, a web address or a line break. marked's own rule also looks for a mail address at every
 * letter, which takes a quarter of its time; a text without `@` has none.
 */
export const TEXT_WITHOUT_MAIL =
  /^(?:`+|~+|[^`~])(?:(?! {2,}\n)(?:[^\\<![`*~_hHfFw ]+|[hH](?![tT][tT][pP])|[fF](?![tT][pP]:\/\/)|w(?!ww\.)|(?<=[^\s*_~(])w| (?! +\n)|(?<= ) )*)?/;

/** The same for texts in which each line break is rendered as one. */
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

/** The rule for underlined headings of a text that has none. */
export const NO_UNDERLINE = /^(?!)/;

/**
 * marked looks for an underlined heading at every paragraph; a text without a line that ends in `=` or `-` has none.
 */
export const withoutUnderlines: RuleChange = {
  isNeeded: (markdown) => !/[=-][ \t]*(?:\r|\n|$)/.test(markdown),
  change: (rules) => ({ ...rules, block: { ...rules.block, lheading: NO_UNDERLINE } }),
};

/** Rules by their changes: new objects for each text would cost as much time as they save. */
const rulesByChanges = new Map<string, TokenizerRules>();

/** `rules` are marked's own for GitHub's flavour, with line breaks rendered as such or not. */
export function rulesFor(markdown: string, rules: TokenizerRules, changes: readonly RuleChange[]): TokenizerRules {
  const needed = changes.filter(({ isNeeded }) => isNeeded(markdown));
  const key = [hasBreaks(rules), ...needed.map((change) => changes.indexOf(change))].join(" ");
  const ours = rulesByChanges.get(key) ?? needed.reduce((changed, { change }) => change(changed), rules);
  rulesByChanges.set(key, ours);
  return ours;
}
