/** Which template syntax each generator reads; what another generator reads is text. */
import type { DialectName } from "../../../model.ts";
import type { TemplateContext } from "../types.ts";
import type { Grammar, Reader } from "./reader.ts";
import { readCall } from "./readers/calls.ts";
import { readContainer } from "./readers/containers.ts";
import { COMMENT } from "./readers/includes.ts";
import { readBlockAttributes, readHeadingAttributes, readKramdown } from "./readers/kramdown.ts";
import { mdxGrammar } from "./readers/mdx.ts";
import { readNoteLink } from "./readers/notes.ts";
import { readShortcode } from "./readers/shortcodes.ts";
import { readComment, readTag } from "./readers/tags.ts";
import { valueReader } from "./readers/values.ts";
import { shownCalls, shownRaw, shownShortcodes } from "./showncode.ts";

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
  readers: new Map([
    ["{", reader],
    ["[", readNoteLink],
  ]),
  line: readContainer,
  ...others,
});

const anyValue = valueReader(() => true);
/** Of an unknown generator, only expressions that cannot be meant as text. */
const siteValue = valueReader((expression) =>
  /^(?:site\.(?:url|baseurl|base_url|github\.url)|page\.\w+|config\.(?:url|root))\b|\|\s*(?:relative_url|absolute_url|url)\b|\bsite\.(?:base)?url\b/.test(
    expression,
  ),
);

/** `quick` matches every text in which the grammar can find something. */
const GRAMMARS: { readonly [name in DialectName]: { readonly quick: RegExp; readonly grammar: Grammar } } = {
  plain: {
    quick: /\{[%{]|\{:?\s?[.#]|:::|\[\[/,
    grammar: braces(firstOf(readTag, readShortcode, siteValue, readHeadingAttributes), { shownCode: shownShortcodes }),
  },
  hexo: {
    quick: /\{[%{#]|:::|\[\[/,
    grammar: braces(firstOf(readTag, anyValue, readComment), {
      shownCode: (code, isSpan) => (isSpan ? shownRaw(code) : code),
    }),
  },
  jekyll: {
    quick: /\{[%{:#.]|:::|[*_]<!--|\[\[/,
    grammar: braces(firstOf(readTag, anyValue, readKramdown, readHeadingAttributes), {
      shownCode: shownRaw,
      hasEmptyEmphasis: true,
    }),
  },
  hugo: {
    quick: /\{\{[<%]|\{:?[ \t]?[\w.#-][^{}\n]*\}[ \t]*(?:\n|$)|:::|\[\[/,
    grammar: braces(firstOf(readShortcode, readHeadingAttributes, readBlockAttributes), {
      shownCode: shownShortcodes,
    }),
  },
  zola: {
    quick: /\{[{%]|:::|\[\[/,
    grammar: braces(firstOf(readCall, readHeadingAttributes), { shownCode: shownCalls }),
  },
  astro: { quick: /:::|\[\[/, grammar: braces(() => undefined) },
  eleventy: {
    quick: /\{[%{#]|\{:?\s?[.#]|:::|\[\[/,
    grammar: braces(firstOf(readTag, anyValue, readHeadingAttributes, readComment), { shownCode: shownRaw }),
  },
};

/** What generators read in HTML, where they read no Markdown, and so none of its attributes and containers. */
const inHtml = (reader: Reader, others: Partial<Grammar> = {}): Grammar => ({
  isMdx: false,
  isHtml: true,
  readers: new Map([["{", reader]]),
  ...others,
});

const HTML_GRAMMARS: { readonly [name in DialectName]: Grammar } = {
  plain: inHtml(firstOf(readTag, readShortcode, siteValue)),
  hexo: inHtml(firstOf(readTag, anyValue, readComment)),
  jekyll: inHtml(firstOf(readTag, anyValue), { shownCode: shownRaw }),
  hugo: inHtml(readShortcode, { shownCode: shownShortcodes }),
  zola: inHtml(readCall, { shownCode: shownCalls }),
  astro: inHtml(() => undefined),
  eleventy: inHtml(firstOf(readTag, anyValue, readComment), { shownCode: shownRaw }),
};

const MDX_QUICK = /\{|:::|<[A-Za-z/>]|^(?:import|export)\b/m;

/** The syntax that is read as templates in this text; `undefined` when there cannot be any in it. */
export function grammarFor(
  markdown: string,
  { dialect, isMdx, isHtml }: Pick<TemplateContext, "dialect" | "isMdx" | "isHtml">,
): Grammar | undefined {
  if (isHtml) return /\{[{%#]/.test(markdown) ? HTML_GRAMMARS[dialect] : undefined;
  if (isMdx) return MDX_QUICK.test(markdown) ? mdxGrammar(markdown) : undefined;
  const { quick, grammar } = GRAMMARS[dialect];
  return quick.test(markdown) || markdown.includes(COMMENT) ? grammar : undefined;
}
