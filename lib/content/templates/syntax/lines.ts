/** Reads lines of Markdown: in which quotes and lists each stands, and which are code. */
import type { Line } from "../types.ts";
import { fencedEnd, indentedEnd, pastSpaces } from "./codeblocks.ts";
import { textAt } from "./match.ts";
import type { Grammar } from "./reader.ts";

export interface Lines {
  /** Reads the line that begins at `start`; lines are read in order. */
  readonly enter: (start: number) => Line;
}

const ITEM = /(?:[-*+]|\d{1,9}[.)])(?=[ \t\n]|$)/y;
const FENCE = /`{3,}(?=[^`\n]*(?:\n|$))|~{3,}/y;
const HEADING = /#{1,6}(?=[ \t\n]|$)/y;
const FOOTNOTE = /\[\^[^\]\n]{1,200}\]:/y;
const HTML_BLOCK =
  /<\/?(?:address|article|aside|blockquote|body|center|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|iframe|li|main|menu|nav|ol|p|section|summary|table|tbody|td|tfoot|th|thead|tr|ul|video|audio)(?=[\s/>])/iy;

const lineOfHtml = (start: number): Line => ({
  start,
  content: start,
  isItem: false,
  isAfterText: false,
  isIndentedCode: false,
  isHeading: false,
  isHtml: true,
  isTableRow: false,
});

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
  /** The column at which the content of each open list item begins. */
  let levels: number[] = [];
  let isInParagraph = false;
  let isInHtml = false;

  function enter(start: number): Line {
    const isAfterText = isInParagraph;
    let [at, column] = pastSpaces(source, start, 0);
    let quotes = 0;
    let marks = 0;
    let base = 0;
    let isItem = false;
    const lineOf = (own: Partial<Line>): Line => ({
      start,
      content: at,
      isItem,
      isAfterText,
      isIndentedCode: false,
      isHeading: false,
      isHtml: false,
      isTableRow: false,
      ...own,
    });
    while (at < source.length && source[at] !== "\n") {
      while ((levels.at(-1) ?? 0) > column) levels.pop();
      const limit = Math.max(base, levels.at(-1) ?? 0);
      const isFar = column - limit >= 4;
      if (isFar && !isInParagraph && !isMdx) {
        return lineOf({ codeEnd: indentedEnd(source, start, quotes, limit), isIndentedCode: true });
      }
      const fence = textAt(FENCE, source, at);
      if (fence !== undefined) {
        isInParagraph = false;
        return lineOf({ codeEnd: fencedEnd(source, at, fence, quotes, levels.at(-1) ?? 0) });
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
        levels.push(inner + (source[at] === "\n" || width > 4 ? 1 : width));
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
      if (textAt(FOOTNOTE, source, at) !== undefined) levels = [4];
      const isHeading = textAt(HEADING, source, at) !== undefined;
      if (!isMdx && textAt(HTML_BLOCK, source, at) !== undefined) isInHtml = true;
      isInParagraph = !isHeading && !isRule(source, at);
      return make({ isHeading, isHtml: isInHtml, isTableRow: source[at] === "|" });
    }
  }

  return { enter };
}
