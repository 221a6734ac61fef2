/**
 * Emphasis beside Chinese punctuation. CommonMark §6.2 lets `**` close after punctuation only before a space or more
 * punctuation, which Chinese does not write: `**重点：**后文` would stay as it is. Here such punctuation counts as a letter.
 */
import type { RuleChange } from "./rules.ts";

/** What stands between Chinese or Japanese words without a space. */
const CJK =
  "[\\u2014\\u2018\\u2019\\u201c\\u201d\\u2026\\u3001-\\u3003\\u3008-\\u3011\\u3014-\\u301f\\u30fb\\uff01-\\uff0f\\uff1a-\\uff20\\uff3b-\\uff40\\uff5b-\\uff65]";

/** Such a character beside a mark: without, both rules read the same. */
const BESIDE_MARK = new RegExp(`[*~](?:(?=${CJK})|(?<=${CJK}[*~]))`);

/** Of `*` and `~` alone: `_` is for words that have spaces around them. */
export const cjkEmphasis: RuleChange = {
  isNeeded: (markdown) => BESIDE_MARK.test(markdown),
  change(rules) {
    const { inline } = rules;
    const [star = "", ...underscore] = inline.emStrongLDelim.source.split("|^_");
    const emStrongLDelim = new RegExp([withLetters(star), ...underscore].join("|^_"), inline.emStrongLDelim.flags);
    return {
      ...rules,
      inline: {
        ...inline,
        emStrongLDelim,
        emStrongRDelimAst: withLettersIn(inline.emStrongRDelimAst),
        delLDelim: withLettersIn(inline.delLDelim),
        delRDelim: withLettersIn(inline.delRDelim),
      },
    };
  },
};

const withLettersIn = (rule: RegExp): RegExp => new RegExp(withLetters(rule.source), rule.flags);

function withLetters(source: string): string {
  return source
    .replaceAll("[^\\s\\p{P}\\p{S}]", `(?:[^\\s\\p{P}\\p{S}]|${CJK})`)
    .replaceAll("[\\p{P}\\p{S}]", `(?!${CJK})[\\p{P}\\p{S}]`)
    .replaceAll("[\\s\\p{P}\\p{S}]", `(?!${CJK})[\\s\\p{P}\\p{S}]`);
}
