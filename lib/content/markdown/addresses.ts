/** A URL that Chinese follows without a space, `见https://a.example。谢谢`: only the URL becomes a link. */
import type { RuleChange } from "./rules.ts";

const PUNCTUATION =
  "\\u2018\\u2019\\u201c\\u201d\\u3001\\u3002\\u3008-\\u3011\\uff01\\uff08\\uff09\\uff0c\\uff1a\\uff1b\\uff1f";

const RUNS_ON = new RegExp(`(?:://|www\\.)[^\\s<]{0,2000}[${PUNCTUATION}]`, "i");

export const cjkAddresses: RuleChange = {
  isNeeded: (markdown) => RUNS_ON.test(markdown),
  change(rules) {
    const { source, flags } = rules.inline.url;
    const url = new RegExp(source.replace("[^\\s<]*", `[^\\s<${PUNCTUATION}]*`), flags);
    return { ...rules, inline: { ...rules.inline, url } };
  },
};
