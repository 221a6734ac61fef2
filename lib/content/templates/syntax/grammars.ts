/** Which template syntax each generator reads; what another generator reads is text. */
import type { DialectName } from "../../../model.ts";
import type { Construct, TemplateContext } from "../types.ts";
import { matchAt } from "./match.ts";
import type { Grammar, Position, Reader } from "./reader.ts";
import { readCall } from "./readers/calls.ts";
import { mayHaveInline, readContainer, readInline } from "./readers/containers.ts";
import { readDefinition } from "./readers/definitions.ts";
import { COMMENT, readSnippet } from "./readers/includes.ts";
import { patienceOf } from "./readers/jsx.ts";
import { readBlockAttributes, readHeadingAttributes, readKramdown } from "./readers/kramdown.ts";
import {
  hasEndOfBlock,
  hasMarkdownElements,
  hasTextBehind,
  markdownElements,
  readEndOfBlock,
} from "./readers/markdownhtml.ts";
import { mdxGrammar, readJsxComment, tagReader } from "./readers/mdx.ts";
import { readNoteLink } from "./readers/notes.ts";
import { readShortcode } from "./readers/shortcodes.ts";
import { readComment, readTag } from "./readers/tags.ts";
import { valueReader } from "./readers/values.ts";
import { mayHaveWordpress, readWordpress } from "./readers/wordpress.ts";
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
  line: firstOf(readContainer, readDefinition),
  ...others,
});

const anyValue = valueReader(() => true);
/** Of an unknown generator, only expressions that cannot be meant as text. */
const siteValue = valueReader((expression) =>
  /^(?:\$?frontmatter\.\w+|site\.(?:url|baseurl|base_url|github\.url)|page\.\w+|config\.(?:url|root))\b|\|\s*(?:relative_url|absolute_url|url)\b|\bsite\.(?:base)?url\b/.test(
    expression,
  ),
);

/** `quick` matches every text in which the grammar can find something. */
const GRAMMARS: { readonly [name in DialectName]: { readonly quick: RegExp; readonly grammar: Grammar } } = {
  plain: {
    quick: /\{[%{]|\{:?\s?[.#]|\{\/\*|::(?<![^\s>]::)|\[\[|mdx-code-block|^[ \t>]{0,9}<<</m,
    grammar: braces(firstOf(readTag, readShortcode, siteValue, readJsxComment, readHeadingAttributes), {
      shownCode: shownShortcodes,
      readsFences: true,
      line: firstOf(readContainer, readDefinition, readSnippet),
    }),
  },
  hexo: {
    quick: /\{[%{#]|::(?<![^\s>]::)|\[\[/,
    grammar: braces(firstOf(readTag, anyValue, readComment), {
      shownCode: (code, isSpan) => (isSpan ? shownRaw(code) : code),
    }),
  },
  jekyll: {
    quick: /\{[%{:#.]|::(?<![^\s>]::)|[*_]<!--|\[\[/,
    grammar: braces(firstOf(readTag, anyValue, readKramdown, readHeadingAttributes), {
      shownCode: shownRaw,
      hasEmptyEmphasis: true,
    }),
  },
  hugo: {
    quick: /\{\{[<%]|\{:?[ \t]?[\w.#-][^{}\n]*\}[ \t]*(?:\n|$)|::(?<![^\s>]::)|\[\[/,
    grammar: braces(firstOf(readShortcode, readHeadingAttributes, readBlockAttributes), {
      shownCode: shownShortcodes,
    }),
  },
  zola: {
    quick: /\{[{%]|::(?<![^\s>]::)|\[\[/,
    grammar: braces(firstOf(readCall, readHeadingAttributes), { shownCode: shownCalls }),
  },
  astro: { quick: /::(?<![^\s>]::)|\[\[|\{\/\*/, grammar: braces(readJsxComment) },
  eleventy: {
    quick: /\{[%{#]|\{:?\s?[.#]|::(?<![^\s>]::)|\[\[/,
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

const HTML_QUICK = /\{[%{#]/;
const MDX_QUICK = /\{|::(?<![^\s>]::)|<[A-Za-z/>]|:[a-z][\w-]*\[|mdx-code-block|^(?:import|export)\b/m;

/** Generators whose texts hold no values of the site that are not the owner's. */
const OWN: { readonly [name in DialectName]?: true } = { plain: true, hugo: true, astro: true };

/** `{{ site.name }}` of the owner's values, which other generators would show as text, but the owner has given it a meaning. */
const ownReader = (variables: NonNullable<TemplateContext["variables"]>): Reader => {
  const read = valueReader((expression) => {
    const [, path = ""] = /^(?:site|config)\.([\w.-]{1,200})/.exec(expression) ?? [];
    return Object.hasOwn(variables, path.toLowerCase());
  });
  return (position) => readParam(position, variables) ?? read(position);
};

const PARAM = /\{\{-?[ \t]{0,9}(?:\$?\.Site|site)\.Params\.([\w.]{1,200})[ \t]{0,9}-?\}\}/y;

/** `{{ .Site.Params.name }}` of Hugo. */
function readParam(
  { source, at }: Position,
  variables: NonNullable<TemplateContext["variables"]>,
): Construct | undefined {
  const [written = "", path = ""] = matchAt(PARAM, source, at) ?? [];
  const key = path.toLowerCase();
  const own = [key, `params.${key}`].find((each) => Object.hasOwn(variables, each));
  if (written === "" || own === undefined) return undefined;
  return { family: "value", role: "whole", name: own, rest: `site.${own}`, start: at, end: at + written.length };
}

/** The syntax that is read as templates in this text; `undefined` when there cannot be any in it. */
export function grammarFor(markdown: string, context: GrammarContext): Grammar | undefined {
  if (context.isMdx) return MDX_QUICK.test(markdown) ? mdxGrammar(markdown) : undefined;
  const { quick, grammar } = context.isHtml
    ? { quick: HTML_QUICK, grammar: HTML_GRAMMARS[context.dialect] }
    : GRAMMARS[context.dialect];
  const own = ownReaders(markdown, context);
  if (own.length === 0)
    return quick.test(markdown) || (!context.isHtml && markdown.includes(COMMENT)) ? grammar : undefined;
  const readers = new Map(grammar.readers);
  for (const [mark, reader] of own) {
    const known = readers.get(mark);
    readers.set(mark, known ? firstOf(known, reader) : reader);
  }
  return { ...grammar, readers };
}

type GrammarContext = Pick<TemplateContext, "dialect" | "isMdx" | "isHtml" | "variables" | "templates">;

/** What few texts have, components among it, and what the owner has given a meaning: values of the site, and elements. */
function ownReaders(
  markdown: string,
  { dialect, isHtml, variables, templates }: GrammarContext,
): readonly (readonly [mark: string, reader: Reader])[] {
  const hasValues = variables !== undefined && OWN[dialect] && markdown.includes("{{");
  const isOwned = templates !== undefined && templates.size > 0 && OWN_ELEMENT.test(markdown);
  const hasElements = isOwned || COMPONENT.test(markdown);
  const patience = patienceOf(markdown.length * 4 + 10_000);
  const isJekyll = dialect === "jekyll" && !isHtml;
  const isKramdown = isJekyll || (dialect === "plain" && !isHtml);
  return [
    ...(isKramdown && (hasMarkdownElements(markdown) || (isJekyll && hasTextBehind(markdown)))
      ? [["<", markdownElements(markdown)] as const]
      : []),
    ...(isJekyll && hasEndOfBlock(markdown) ? [["^", readEndOfBlock] as const] : []),
    ...(dialect === "plain" && VUE.test(markdown) && !markdown.includes("v-pre") ? [["{", anyValue] as const] : []),
    ...(hasValues ? [["{", ownReader(variables)] as const] : []),
    ...(INLINE[dialect] && !isHtml && mayHaveInline(markdown) ? [[":", readInline] as const] : []),
    ...(mayHaveWordpress(markdown) ? [["[", readWordpress] as const] : []),
    ...(hasElements ? [["<", tagReader(templates, patience)] as const] : []),
  ];
}

/** Generators that read components of MDC, or whose folder is that of Nuxt. */
const INLINE: { readonly [name in DialectName]?: true } = { plain: true, hugo: true, astro: true };

/** What only pages of VitePress and VuePress have, in which Vue reads all braces. */
const VUE = /\{\{\s?\$|\{\{\s?frontmatter\.|^<script setup|^<<< ?[@.]|^::: ?code-group/m;
const COMPONENT = /<[A-Z](?:[\w.]{0,99}[a-z]|[\s/>])|\w=\{[^{%]/;
const OWN_ELEMENT = /<(?:[A-Z]|[a-z][a-z\d]{0,99}-)/;
