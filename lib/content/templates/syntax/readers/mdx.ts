/** The grammar of MDX: statements, expressions and elements among the Markdown, read but never run. */
import { foldedName } from "../../../../base/names.ts";
import { isFrame } from "../../../html/frames.ts";
import { isElement } from "../../../html/profile.ts";
import { hasAt, LETTERS, matchAt } from "../../../match.ts";
import type { Construct, TemplateContext } from "../../types.ts";
import { isLineEnd } from "../layout.ts";
import { fixed, type Grammar, type Position, type Reader } from "../reader.ts";
import { mayHaveInline, readContainer, readInline } from "./containers.ts";
import { isAfterText, readDefinition } from "./definitions.ts";
import { BLANK_LINE } from "./ending.ts";
import { endOfExpression, endOfStatements, MORE_COMMENT, type Patience, patienceOf, readJsxTag, VOID } from "./jsx.ts";
import { readHeadingAttributes } from "./kramdown.ts";

export function mdxGrammar(source: string): Grammar {
  const patience = patienceOf(source.length * 4 + 10_000);
  const readers = new Map<string, Reader>([
    ["<", (position) => readTag(position, patience)],
    ["{", (position) => readHeadingAttributes(position) ?? readExpression(position, patience)],
    ["$", readMath],
    ...(mayHaveInline(source) ? [[":", readInline] as const] : []),
  ]);
  const line: Reader = (position) =>
    readContainer(position) ?? readDefinition(position) ?? readStatements(position, patience);
  return { isMdx: true, readsFences: true, readers, line };
}

/** Docusaurus reads the content of such a fence as MDX. */
export const MDX_FENCE = /(?:`{3,}|~{3,})[ \t]*mdx-code-block[ \t]*(?=\n|$)/y;

export const mayHaveTags = (markdown: string): boolean =>
  hasAt(markdown, "<", /<(?:[A-Z]|[a-z][a-z\d]*-)/y, LETTERS) || hasAt(markdown, "={", /=\{[^{%]/y);

/**
 * Components outside MDX, as VitePress, Nuxt and others have them, and custom elements: those that the owner names are
 * read; any other stays, and loses its tags when the HTML is read. What the attributes of other tags hold is text.
 */
export function tagReader(markdown: string, templates: TemplateContext["templates"]): Reader {
  const patience = patienceOf(markdown.length * 4 + 10_000);
  let afterTag = 0;
  return (position) => {
    const { source, at } = position;
    if (at < afterTag) return undefined;
    const [opening = "", name = ""] = matchAt(OWN_NAME, source, at) ?? [];
    const isNamed = isComponent(name) || (name !== "" && templates?.has(foldedName(name)));
    if (isNamed || matchAt(WITH_VALUE, source, at)) return readTag(position, patience);
    const tag = /[a-z]/i.test(source[at + 1] ?? "") ? readJsxTag(source, at, patience) : undefined;
    if (tag && !BLANK_LINE.test(source.slice(at, tag.end))) afterTag = tag.end;
    const end = at + opening.length;
    return isCustom(name) && !opening.startsWith("</")
      ? { family: "custom", role: "whole", name, rest: opening, start: at, end }
      : undefined;
  };
}

/** Whether it is no element that feeds know, of HTML, of frames or of formulas: then only its content is shown. */
export const isCustom = (name: string): boolean =>
  name.includes("-") && !isElement(name) && !isFrame(name) && !/^(?:mjx-|annotation-xml$)/.test(name);

/** HTML may be written in capitals too; a name of one letter or more that is no element's is a component's. */
const isComponent = (name: string): boolean => /^[A-Z](?:$|.*[a-z])/.test(name) && !isElement(name.toLowerCase());

/** `{/* … *\/}` of Docusaurus, which reads every file as MDX: alone on its lines, or the mark that ends the first part. */
export function readJsxComment({ source, at, line, find }: Position): Construct | undefined {
  const close = source.startsWith("{/*", at) ? find.text("*/}", at + 3) : -1;
  if (close < 0) return undefined;
  const rest = source.slice(at + 1, close + 2);
  const isAlone = at === line.content && isLineEnd(source, close + 3);
  return isAlone || MORE_COMMENT.test(rest)
    ? { family: "expression", role: "whole", name: "comment", rest, start: at, end: close + 3 }
    : undefined;
}

/** `<img src={…} />`: Docusaurus reads every file as MDX. Two braces are Liquid's. */
const WITH_VALUE = /<(?:img|source|video|audio)\s[^<>{]{0,999}=\{[^{%]/y;

/** A name with a dot is a component's only in MDX: elsewhere it is `List<System.String>` or a file. */
const OWN_NAME = /<\/?([A-Z][\w-]{0,99}|[a-z][a-z\d]{0,99}-[\w-]{0,99})(?=[\s/>])/y;

function readTag({ source, at }: Position, patience: Patience): Construct | undefined {
  const tag = readJsxTag(source, at, patience);
  if (!tag) return undefined;
  const isComponent = tag.name === "" || /[A-Z.]/.test(tag.name);
  const isSingle = tag.isSelfClosing || VOID.has(tag.name);
  return {
    family: isComponent ? "component" : "element",
    role: tag.isClose ? "close" : isSingle ? "whole" : "open",
    name: tag.name,
    rest: source.slice(at, tag.end),
    start: at,
    end: tag.end,
  };
}

function readExpression({ source, at }: Position, patience: Patience): Construct | undefined {
  const end = endOfExpression(source, at, patience);
  if (end === undefined) return undefined;
  const rest = source.slice(at + 1, end - 1).trim();
  return { family: "expression", role: "whole", name: rest.slice(0, 80), rest, start: at, end };
}

/** A formula, whose braces are TeX's: `$$…$$`, and `$…$` by pandoc's rule, which leaves out prices. */
function readMath({ source, at, find }: Position): Construct | undefined {
  const isDisplay = source[at + 1] === "$";
  const open = at + (isDisplay ? 2 : 1);
  const close = find.text(isDisplay ? "$$" : "$", open);
  if (close < 0) return undefined;
  const end = close + (isDisplay ? 2 : 1);
  const isFormula =
    isDisplay ||
    (close > open &&
      !/\s/.test(source[open] ?? "") &&
      !/\s/.test(source[close - 1] ?? "") &&
      !/[\d$]/.test(source[end] ?? "") &&
      !/\n[ \t]*\n/.test(source.slice(open, close)));
  return isFormula ? fixed(at, end, source.slice(at, end)) : undefined;
}

const STATEMENT =
  /(?:import(?=\s*["'{*]|\s+[\w$]+(?:\s*,|\s+from\b)|\s+type\b)|export(?=\s*[{*]|\s+(?:const|let|var|default|function|async|class|type|interface|enum)\b))/y;

/** `import` and `export` at the start of a paragraph, up to its end. */
function readStatements(position: Position, patience: Patience): Construct | undefined {
  const { source, at, line } = position;
  if (at !== line.start || !matchAt(STATEMENT, source, at) || isAfterText(position)) return undefined;
  const end = endOfStatements(source, at, patience);
  return { family: "imports", role: "whole", name: "", rest: source.slice(at, end), start: at, end };
}
