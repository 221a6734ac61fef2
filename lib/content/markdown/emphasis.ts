/**
 * Emphasis beside Chinese punctuation. CommonMark §6.2 lets `**` close after punctuation only before a space or more
 * punctuation, which Chinese does not write: `**重点：**后文` would stay as it is. Here such punctuation counts as a letter.
 */
import type { Tokenizer } from "marked";

/** What stands between Chinese or Japanese words without a space. */
const CJK =
  "[\\u2014\\u2018\\u2019\\u201c\\u201d\\u2026\\u3001-\\u3003\\u3008-\\u3011\\u3014-\\u301f\\u30fb\\uff01-\\uff0f\\uff1a-\\uff20\\uff3b-\\uff40\\uff5b-\\uff65]";

const BESIDE_MARK = new RegExp(`[*~](?:(?=${CJK})|(?<=${CJK}[*~]))`);

/** Whether such a character stands beside a mark: without, both rules read the same. */
export const needsCjkRules = (markdown: string): boolean => BESIDE_MARK.test(markdown);

type InlineRules = Tokenizer["rules"]["inline"];

const made = new WeakMap<InlineRules, InlineRules>();

/** Rules for a text in Chinese or Japanese. Of `*` and `~` alone: `_` is for words that have spaces around them. */
export function cjkRules<Rules extends { inline: InlineRules }>(rules: Rules): Rules {
  const { inline } = rules;
  let ours = made.get(inline);
  if (!ours) {
    const [star = "", ...underscore] = inline.emStrongLDelim.source.split("|^_");
    ours = {
      ...inline,
      emStrongLDelim: new RegExp([withLetters(star), ...underscore].join("|^_"), inline.emStrongLDelim.flags),
      emStrongRDelimAst: withLettersIn(inline.emStrongRDelimAst),
      delLDelim: withLettersIn(inline.delLDelim),
      delRDelim: withLettersIn(inline.delRDelim),
    };
    made.set(inline, ours);
  }
  return { ...rules, inline: ours };
}

const withLettersIn = (rule: RegExp): RegExp => new RegExp(withLetters(rule.source), rule.flags);

function withLetters(source: string): string {
  return source
    .replaceAll("[^\\s\\p{P}\\p{S}]", `(?:[^\\s\\p{P}\\p{S}]|${CJK})`)
    .replaceAll("[\\p{P}\\p{S}]", `(?!${CJK})[\\p{P}\\p{S}]`)
    .replaceAll("[\\s\\p{P}\\p{S}]", `(?!${CJK})[\\s\\p{P}\\p{S}]`);
}
