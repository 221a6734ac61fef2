/** marked's tokenizer rules, replaced by faster ones where the text allows it. */
import { Lexer, type Tokenizer } from "marked";
import { hasAt } from "../match.ts";

export type TokenizerRules = Tokenizer["rules"];

export interface RuleChange {
  readonly isNeeded: (markdown: string) => boolean;
  readonly change: (rules: TokenizerRules) => TokenizerRules;
}

/**
 * Plain text, up to a mark, a web address or a line break. marked's own rule also looks for a mail address at every
 * letter, which takes a quarter of its time; here that is done once for the whole text (`addresses.ts`). Spaces are read
 * as many as there are, so that a long row of them is not counted again from each.
 */
export const TEXT =
  /^(?:`+|~+|[^`~])(?:(?! {2,}\n)(?:[^\\<![`*~_hHfFw ]+|[hH](?![tT][tT][pP])|[fF](?![tT][pP]:\/\/)|w(?!ww\.)|(?<=[^\s*_~(])w| (?! )| (?! +\n) *|(?<= ) +)*)?/;

/** The same for texts in which each line break is rendered as one. */
const LINE =
  /^(?:`+|~+|[^`~])(?:(?! *\n)(?:[^\\<![`*~_hHfFw \n]+|[hH](?![tT][tT][pP])|[fF](?![tT][pP]:\/\/)|w(?!ww\.)|(?<=[^\s*_~(])w| +))*/;

const hasBreaks = ({ inline }: TokenizerRules): boolean => inline.text === Lexer.rules.inline.breaks.text;

/** For `ReadingTokenizer`, which knows where addresses are, and whether words follow a line break. */
export const readingRules: RuleChange = {
  isNeeded: () => true,
  change(rules) {
    const br = new RegExp(rules.inline.br.source.replace("(?!\\s*$)", ""));
    return { ...rules, inline: { ...rules.inline, text: hasBreaks(rules) ? LINE : TEXT, br } };
  },
};

/** The end of a line below one that is not blank. */
const UNDERLINE = /[=-](?=[ \t]*(?:[\r\n]|$))(?<=[^ \t\r\n][ \t]*(?:\r\n?|\n)[^\r\n]*)/y;

/** The rule for underlined headings of a text that has none. */
export const NO_UNDERLINE = /^(?!)/;

/**
 * marked looks for an underlined heading at every paragraph; a text without a line that ends in `=` or `-`, with text above
 * it, has none.
 */
export const withoutUnderlines: RuleChange = {
  isNeeded: (markdown) => !["=", "-"].some((mark) => hasAt(markdown, mark, UNDERLINE, " \t\r\n")),
  change: (rules) => ({ ...rules, block: { ...rules.block, lheading: NO_UNDERLINE } }),
};

/** marked looks for references to links at every bracket; a text without a definition of one has none. */
export const withoutReferences: RuleChange = {
  isNeeded: (markdown) => !markdown.includes("]:"),
  change: (rules) => ({ ...rules, inline: { ...rules.inline, reflinkSearch: /(?!)/g } }),
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
