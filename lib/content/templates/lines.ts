/** Lines as Markdown has them: in which quotes and lists each stands, and which are code. */
import { fencedEnd, indentedEnd, pastSpaces } from "./codeblocks.ts";

export interface Line {
  readonly start: number;
  /** Where its content begins, after the marks of quotes and lists. */
  readonly content: number;
  /** Where the code that begins here ends, at the start of a line. */
  readonly codeEnd?: number;
  readonly isIndentedCode: boolean;
  /** It begins a list item, whose mark stays on it. */
  readonly isItem: boolean;
  /** The line before it holds text. */
  readonly isAfterText: boolean;
  readonly isHeading: boolean;
  /** Markdown is not read here. */
  readonly isHtml: boolean;
  readonly isTableRow: boolean;
}

export interface Lines {
  /** Reads the line that begins at `start`; lines are read in order. */
  readonly enter: (start: number) => Line;
}

const ITEM = /(?:[-*+]|\d{1,9}[.)])(?=[ \t\n]|$)/y;
const RULE = /([-*_])[ \t]*(?:\1[ \t]*){2,}(?=\n|$)/y;
const FENCE = /`{3,}(?=[^`\n]*(?:\n|$))|~{3,}/y;
const HEADING = /#{1,6}(?=[ \t\n]|$)/y;
const FOOTNOTE = /\[\^[^\]\n]{1,200}\]:/y;
const HTML_BLOCK =
  /<\/?(?:address|article|aside|blockquote|body|center|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|iframe|li|main|menu|nav|ol|p|section|summary|table|tbody|td|tfoot|th|thead|tr|ul|video|audio)(?=[\s/>])/iy;

/** How many marks a line may begin with. */
const DEEPEST = 50;

function matchAt(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
}

/** In MDX nothing is code by its indentation, and elements hold Markdown. */
export function makeLines(source: string, isMdx: boolean): Lines {
  /** The columns at which the content of open list items begins. */
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
      ...{ start, content: at, isItem, isAfterText },
      ...{ isIndentedCode: false, isHeading: false, isHtml: false, isTableRow: false },
      ...own,
    });
    while (at < source.length && source[at] !== "\n") {
      while ((levels.at(-1) ?? 0) > column) levels.pop();
      const limit = Math.max(base, levels.at(-1) ?? 0);
      const isFar = column - limit >= 4;
      if (isFar && !isInParagraph && !isMdx) {
        return lineOf({ codeEnd: indentedEnd(source, start, quotes, limit), isIndentedCode: true });
      }
      const fence = matchAt(FENCE, source, at);
      if (fence !== undefined) {
        isInParagraph = false;
        return lineOf({ codeEnd: fencedEnd(source, at, fence, quotes, levels.at(-1) ?? 0) });
      }
      marks += 1;
      const marker =
        isFar || marks > DEEPEST || matchAt(RULE, source, at) !== undefined ? undefined : matchAt(ITEM, source, at);
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
      if (matchAt(FOOTNOTE, source, at) !== undefined) levels = [4];
      const isHeading = matchAt(HEADING, source, at) !== undefined;
      if (!isMdx && matchAt(HTML_BLOCK, source, at) !== undefined) isInHtml = true;
      isInParagraph = !isHeading && matchAt(RULE, source, at) === undefined;
      return make({ isHeading, isHtml: isInHtml, isTableRow: source[at] === "|" });
    }
  }

  return { enter };
}
