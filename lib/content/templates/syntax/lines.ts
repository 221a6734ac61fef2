/** Reads lines of Markdown: in which quotes and lists each stands, and which are code. */
import { textAt } from "../../match.ts";
import type { Block, Line } from "../types.ts";
import { fencedEnd, indentedEnd, pastSpaces } from "./codeblocks.ts";
import type { Grammar } from "./reader.ts";

export interface Lines {
  /** Reads the line that begins at `start`; lines are read in order. */
  readonly enter: (start: number) => Line;
}

const ITEM = /(?:[-*+]|\d{1,9}[.)])(?=[ \t\n]|$)/y;
const FENCE = /`{3,}(?=[^`\n]*(?:\n|$))|~{3,}/y;
const HEADING = /#{1,6}(?=[ \t\n]|$)/y;
/** A footnote or an admonition, whose text is indented. */
const INDENTING = /\[\^[^\]\n]{1,200}\]:|(?:!!!|\?\?\?\+?|===[!+]?(?=[ \t]"))[ \t]/y;
const HTML_BLOCK =
  /<\/?(?:address|article|aside|blockquote|body|center|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|iframe|li|main|menu|nav|ol|p|section|summary|table|tbody|td|tfoot|th|thead|tr|ul|video|audio)(?=[\s/>])/iy;

/** Alone on its line, any tag begins HTML, unless it continues a paragraph, as a picture begins one for kramdown. */
const TAG = /<\/?(?!img\b)[a-z][a-z\d-]*(?:[ \t][^<>\n]*)?>[ \t]*(?=\n|$)/y;

/** A line of which nothing is known. */
const PLAIN: Omit<Line, "start" | "content"> = {
  isItem: false,
  isAfterText: false,
  isIndentedCode: false,
  isHeading: false,
  isHtml: false,
  isTableRow: false,
  quote: undefined,
  item: undefined,
};

const lineOfHtml = (start: number): Line => ({ ...PLAIN, start, content: start, isHtml: true });

/** Whether the text begins a block of HTML, in which Markdown is not read (CommonMark 4.6). */
export const beginsHtmlBlock = (text: string): boolean => textAt(HTML_BLOCK, text, text.search(/\S|$/)) !== undefined;

/** Whether a thematic break stands there: three marks or more, and nothing else (CommonMark 4.1). */
function isRule(source: string, from: number): boolean {
  const mark = source[from];
  if (mark !== "-" && mark !== "*" && mark !== "_") return false;
  let marks = 0;
  for (let at = from; at < source.length && source[at] !== "\n"; at += 1) {
    if (source[at] === mark) marks += 1;
    else if (source[at] !== " " && source[at] !== "\t") return false;
  }
  return marks >= 3;
}

/** The most marks of quotes and lists that are read at the start of a line. */
const DEEPEST = 50;

/** MDX has no indented code, and reads Markdown within elements; HTML has none of all this. */
export function makeLines(source: string, { isMdx, isHtml }: Pick<Grammar, "isMdx" | "isHtml">): Lines {
  if (isHtml) return { enter: lineOfHtml };
  /** The open list items, and the column at which the content of each begins. */
  let levels: Level[] = [];
  const open: Block[] = [];
  let isInParagraph = false;
  let isInHtml = false;

  function enter(start: number): Line {
    const isAfterText = isInParagraph;
    let [at, column] = pastSpaces(source, start, 0);
    let quotes = 0;
    let marks = 0;
    let base = 0;
    let isItem = false;
    // Asked before a pattern, since most lines are plain text.
    const beginsWith = (marks: string) => marks.includes(source.charAt(at));
    const columnOf = () => levels.at(-1)?.column ?? 0;
    const lineOf = (own: Partial<Line>): Line => {
      const quote = quoteOf(quotes, start);
      return { ...PLAIN, quote, item: levels.at(-1), start, content: at, isItem, isAfterText, ...own };
    };
    while (at < source.length && source[at] !== "\n") {
      for (; columnOf() > column; levels.pop()) leave(levels.at(-1), start);
      const limit = Math.max(base, columnOf());
      const isFar = column - limit >= 4;
      if (isFar && !isInParagraph && !isMdx) {
        return lineOf({ codeEnd: indentedEnd(source, start, quotes, limit), isIndentedCode: true });
      }
      const fence = beginsWith("`~") ? textAt(FENCE, source, at) : undefined;
      if (fence !== undefined) {
        isInParagraph = false;
        return lineOf({ codeEnd: fencedEnd(source, at, fence, { quotes, level: columnOf(), isFar: isFar || isMdx }) });
      }
      marks += 1;
      const marker = isFar || marks > DEEPEST || isRule(source, at) ? undefined : textAt(ITEM, source, at);
      if (source[at] === ">" && !isFar && marks <= DEEPEST) {
        quotes += 1;
        base = column + (source[at + 1] === " " ? 2 : 1);
        [at, column] = pastSpaces(source, at + 1, column + 1);
      } else if (marker !== undefined) {
        const inner = column + marker.length;
        [at, column] = pastSpaces(source, at + marker.length, inner);
        const width = column - inner;
        levels.push({ column: inner + (source[at] === "\n" || width > 4 ? 1 : width), end: NOWHERE });
        isItem = true;
        isInParagraph = false;
      } else {
        return textLine(lineOf);
      }
    }
    isInParagraph = false;
    isInHtml = false;
    return lineOf({});

    function textLine(make: (own: Partial<Line>) => Line): Line {
      if (beginsWith("[!?=") && textAt(INDENTING, source, at) !== undefined) {
        for (const level of levels) leave(level, start);
        levels = [{ column: 4, end: NOWHERE }];
      }
      const isHeading = beginsWith("#") && textAt(HEADING, source, at) !== undefined;
      const mayBeTag = !isMdx && beginsWith("<");
      const tag = mayBeTag && (textAt(HTML_BLOCK, source, at) ?? (isInParagraph ? undefined : textAt(TAG, source, at)));
      if (tag) isInHtml = true;
      isInParagraph = !isHeading && !isRule(source, at);
      return make({ isHeading, isHtml: isInHtml, isTableRow: source[at] === "|" });
    }
  }

  return { enter };

  /** The innermost of so many quotes; those that are open beyond it end before this line. */
  function quoteOf(quotes: number, start: number): Block | undefined {
    while (open.length > quotes) leave(open.pop(), start);
    while (open.length < quotes) open.push({ end: NOWHERE });
    return open.at(-1);
  }
}

interface Level extends Block {
  readonly column: number;
}

const NOWHERE = Number.POSITIVE_INFINITY;

function leave(block: Block | undefined, start: number): void {
  if (block) block.end = start - 1;
}
