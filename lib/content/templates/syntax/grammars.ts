/** Which template syntax each generator reads; what another generator reads is text. */
import type { DialectName } from "../../../model.ts";
import { hasAt } from "../../match.ts";
import type { TemplateContext } from "../types.ts";
import type { Grammar, Reader } from "./reader.ts";
import { readCall } from "./readers/calls.ts";
import { CAPTIONS, readCaptioned } from "./readers/captions.ts";
import { mayHaveInline, readContainer, readInline } from "./readers/containers.ts";
import { readDefinition } from "./readers/definitions.ts";
import { COMMENT, readSnippet } from "./readers/includes.ts";
import { readBlockAttributes, readHeadingAttributes, readKramdown } from "./readers/kramdown.ts";
import { hasEndOfBlock, kramdownElements, readEndOfBlock } from "./readers/markdownhtml.ts";
import { mayHaveTags, mdxGrammar, readJsxComment, tagReader } from "./readers/mdx.ts";
import { readNoteLink } from "./readers/notes.ts";
import { readShortcode } from "./readers/shortcodes.ts";
import { readComment, readTag } from "./readers/tags.ts";
import { anyValue, ownReader, siteValue } from "./readers/values.ts";
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

/** What stands in every text in which something can be found: a string, or a pattern that begins with it. */
type Mark = string | readonly [beginning: string, pattern: RegExp];

const isIn = (text: string, mark: Mark): boolean =>
  typeof mark === "string" ? text.includes(mark) : hasAt(text, ...mark);

interface Syntax extends Pick<Grammar, "shownCode" | "fence" | "readsFences" | "hasEmptyEmphasis"> {
  readonly marks: readonly Mark[];
  /** What is read at a brace: its templates, and, where Markdown is read, the attributes and comments of that. */
  readonly templates: readonly Reader[];
  readonly attributes: readonly Reader[];
}

const SYNTAX: { readonly [name in DialectName]: Syntax } = {
  plain: {
    marks: [["{", /\{(?:[%{/]|:?\s?[.#])/y], "<<<", "x-code-block"],
    templates: [readTag, readShortcode, siteValue],
    attributes: [readJsxComment, readHeadingAttributes],
    shownCode: shownShortcodes,
    readsFences: true,
  },
  hexo: {
    marks: [["{", /\{[%{#]/y], ...CAPTIONS],
    templates: [readTag, anyValue, readComment],
    attributes: [],
    fence: readCaptioned,
    shownCode: (code, isSpan) => (isSpan ? shownRaw(code) : code),
  },
  jekyll: {
    marks: [
      ["{", /\{[%{:#.]/y],
      ["<!--", /(?<=[*_])<!--/y],
    ],
    templates: [readTag, anyValue],
    attributes: [readKramdown, readHeadingAttributes],
    shownCode: shownRaw,
    hasEmptyEmphasis: true,
  },
  hugo: {
    marks: [["{", /\{\{[<%]|\{:?[ \t]?[\w.#-][^{}\n]*\}[ \t]*(?:\n|$)/y]],
    templates: [readShortcode],
    attributes: [readHeadingAttributes, readBlockAttributes],
    shownCode: shownShortcodes,
  },
  zola: {
    marks: [["{", /\{[{%]/y]],
    templates: [readCall],
    attributes: [readHeadingAttributes],
    shownCode: shownCalls,
  },
  astro: { marks: ["{/*"], templates: [], attributes: [readJsxComment] },
  eleventy: {
    marks: [["{", /\{(?:[%{#]|:?\s?[.#])/y]],
    templates: [readTag, anyValue, readComment],
    attributes: [readHeadingAttributes, readBlockAttributes],
    shownCode: shownRaw,
  },
};

/** Of Markdown, whatever the generator: containers, links between notes, files that are included. */
const MARKDOWN_MARKS: readonly Mark[] = [["::", /(?<![^\s>])::/y], "[[", COMMENT];

const MDX_QUICK = /\{|::(?<![^\s>]::)|<[A-Za-z/>]|:[a-z][\w-]*\[|mdx-code-block|^(?:import|export)\b/m;

/** Generators whose texts hold no values of the site that are not the owner's. */
const OWN: { readonly [name in DialectName]?: true } = { plain: true, hugo: true, astro: true };

/** The syntax that is read as templates in this text; `undefined` when there cannot be any in it. */
export function grammarFor(markdown: string, context: GrammarContext): Grammar | undefined {
  const { dialect, isMdx, isHtml } = context;
  if (isMdx) return MDX_QUICK.test(markdown) ? mdxGrammar(markdown) : undefined;
  const { marks, templates, attributes, ...more } = SYNTAX[dialect];
  const own = ownReaders(markdown, context);
  const mayHave = (mark: Mark): boolean => isIn(markdown, mark);
  if (own.length === 0 && !marks.some(mayHave) && (isHtml || !MARKDOWN_MARKS.some(mayHave))) return undefined;
  const readers = new Map<string, Reader>([["{", firstOf(...(isHtml ? [] : attributes), ...templates)]]);
  if (!isHtml) readers.set("[", readNoteLink);
  for (const [mark, reader] of own) {
    const known = readers.get(mark);
    readers.set(mark, known ? firstOf(known, reader) : reader);
  }
  if (isHtml) return { ...more, isMdx: false, isHtml, readers };
  const line = firstOf(readContainer, readDefinition, ...(dialect === "plain" ? [readSnippet] : []));
  return { ...more, isMdx: false, readers, line };
}

type GrammarContext = Pick<TemplateContext, "dialect" | "isMdx" | "isHtml" | "variables" | "templates">;

/** What few texts have, components among it, and what the owner has given a meaning: values of the site, and elements. */
function ownReaders(
  markdown: string,
  { dialect, isHtml, variables, templates }: GrammarContext,
): readonly (readonly [mark: string, reader: Reader])[] {
  const readers: (readonly [mark: string, reader: Reader])[] = [];
  const isKramdown = !isHtml && (dialect === "jekyll" || dialect === "plain");
  const elements = isKramdown ? kramdownElements(markdown, dialect === "jekyll") : undefined;
  if (elements) readers.push(["<", elements]);
  if (dialect === "jekyll" && !isHtml && hasEndOfBlock(markdown)) readers.push(["^", readEndOfBlock]);
  if (OWN[dialect]) {
    const hasValues = markdown.includes("{{");
    if (hasValues && dialect === "plain" && VUE.test(markdown) && !markdown.includes("v-pre"))
      readers.push(["{", anyValue]);
    if (hasValues && variables) readers.push(["{", ownReader(variables)]);
    if (dialect !== "hugo" && !isHtml && mayHaveInline(markdown)) readers.push([":", readInline]);
  }
  if (mayHaveWordpress(markdown)) readers.push(["[", readWordpress]);
  if (mayHaveTags(markdown)) readers.push(["<", tagReader(markdown, templates)]);
  return readers;
}

/** What only pages of VitePress and VuePress have, in which Vue reads all braces. */
const VUE = /\{\{\s?\$|\{\{\s?frontmatter\.|^<script setup|^<<< ?[@.]|^::: ?code-group/m;
