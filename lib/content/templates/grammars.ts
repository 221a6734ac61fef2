/** Which syntax each generator reads as a template; in any other it is text. */
import type { DialectName } from "../../model.ts";
import { readComment, readShortcode, readTag, valueReader } from "./braces.ts";
import { readContainer } from "./containers.ts";
import { readBlockAttributes, readHeadingAttributes, readKramdown } from "./kramdown.ts";
import type { Grammar, Reader } from "./scan.ts";
import { shownRaw, shownShortcodes } from "./showncode.ts";

const firstOf =
  (...readers: readonly Reader[]): Reader =>
  (place) => {
    for (const reader of readers) {
      const found = reader(place);
      if (found) return found;
    }
    return undefined;
  };

const braces = (reader: Reader, others: Partial<Grammar> = {}): Grammar => ({
  isMdx: false,
  readers: new Map([["{", reader]]),
  line: readContainer,
  ...others,
});

const anyValue = valueReader(() => true);
/** Of an unknown generator only what could not be meant as text. */
const siteValue = valueReader((expression) =>
  /^(?:site\.(?:url|baseurl|base_url|github\.url)|page\.\w+|config\.(?:url|root))\b|\|\s*(?:relative_url|absolute_url|url)\b|\bsite\.(?:base)?url\b/.test(
    expression,
  ),
);

/** `quick` finds whether there can be anything to read. */
export const GRAMMARS: { readonly [name in DialectName]: { readonly quick: RegExp; readonly grammar: Grammar } } = {
  plain: {
    quick: /\{[%{]|\{:?\s?[.#]|:::/,
    grammar: braces(firstOf(readTag, readShortcode, siteValue, readHeadingAttributes), { shownCode: shownShortcodes }),
  },
  hexo: {
    quick: /\{[%{#]|:::/,
    grammar: braces(firstOf(readTag, anyValue, readComment), {
      shownCode: (code, isSpan) => (isSpan ? shownRaw(code) : code),
    }),
  },
  jekyll: {
    quick: /\{[%{:#.]|:::|[*_]<!--/,
    grammar: braces(firstOf(readTag, anyValue, readKramdown, readHeadingAttributes), {
      shownCode: shownRaw,
      hasEmptyEmphasis: true,
    }),
  },
  hugo: {
    quick: /\{\{[<%]|\{:?[ \t]?[\w.#-][^{}\n]*\}[ \t]*(?:\n|$)|:::/,
    grammar: braces(firstOf(readShortcode, readHeadingAttributes, readBlockAttributes), {
      shownCode: shownShortcodes,
    }),
  },
  astro: { quick: /:::/, grammar: braces(() => undefined) },
  eleventy: {
    quick: /\{[%{#]|\{:?\s?[.#]|:::/,
    grammar: braces(firstOf(readTag, anyValue, readHeadingAttributes, readComment), { shownCode: shownRaw }),
  },
};

export const MDX_QUICK = /\{|:::|<[A-Za-z/>]|^(?:import|export)\b/m;
