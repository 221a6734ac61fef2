/** Obsidian: `%%remarks%%`, which nobody but their author is shown, and the anchors of blocks, `^id`. */
import { lineFinder } from "../lines.ts";
import type { TemplateWarning } from "../templates/types.ts";
import type { WithheldPart } from "./ranges.ts";

/** https://help.obsidian.md/syntax#Comments. Of other lengths a row of `%` is none. */
const MARKS = /%{2,}/g;
/** What stands before and behind a mark that opens nothing: the code of a template (`<%% a`), a word, a number, an address. */
const NO_OPENING = /^(?:[<{\\A-Za-z\d]|.?[>}]$|[/.=&?_-]\d)/;
/** `5 %% 3` in prose or a formula. */
const OPERAND = /\d[ \t]$/;
/** What a remark begins with, and what follows one that ends. */
const BEGINS = /[\p{L}\p{N}"'([<*_]/u;
const ENDS = /[\s,.;:!?)]|^$/;
/** A tag of a template. */
const TAG = /\{\{[^{}\n]{0,500}\}\}|\{%[^{}\n]{0,500}%\}/g;
/** What may stand before a mark that is alone on its line. */
const ALONE = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?$/;

export interface Remarks {
  readonly parts: readonly WithheldPart[];
  readonly warnings: readonly TemplateWarning[];
}

const NONE_THERE: Remarks = { parts: [], warnings: [] };

/** `isCode` is asked for offsets in ascending order. */
export function remarksIn(text: string, isCode: (at: number) => boolean): Remarks {
  if (!text.includes("%%")) return NONE_THERE;
  const marks = [...text.matchAll(MARKS)].filter(({ index }) => !isCode(index));
  if (marks.length === 0) return NONE_THERE;
  const isInTag = tagFinder(text);
  const lineOf = lineFinder(text);
  const parts: WithheldPart[] = [];
  let open: number | undefined;
  const warnings: TemplateWarning[] = [];
  /** A mark that opens nothing, of which the end may follow. */
  let refused: { readonly index: number; readonly isMeant: boolean } | undefined;
  for (const { 0: row, index } of marks) {
    const [before, after] = [text.charAt(index - 1) || " ", text.charAt(index + 2)];
    if (row.length === 4 && open === undefined) parts.push({ start: index, end: index + 4 });
    if (row.length !== 2) continue;
    if (open !== undefined) {
      parts.push({ start: open, end: index + 2 });
      open = undefined;
    } else if (refused && !(isBlank(before) && !ENDS.test(after))) {
      // What is no opening takes its end with it: else that would open a remark, and what is one would be shown.
      if (!refused.isMeant)
        warnings.push({ code: "remark-open", line: lineOf(refused.index), message: NONE, fix: APART });
      refused = undefined;
    } else if (NO_OPENING.test(before + after) || isOperator(text, index)) {
      const isMeant = before === "\\";
      refused = isMeant || (/[A-Za-z\d]/.test(before) && BEGINS.test(after)) ? { index, isMeant } : undefined;
    } else if (!isInTag(index)) {
      open = index;
      refused = undefined;
    }
  }
  if (open === undefined) return { parts, warnings };
  const isBlock = isAlone(text, open);
  const message = `the remark that begins here with %% is never closed: ${isBlock ? "all that follows is left out" : "it is published"}`;
  warnings.push({ code: "remark-open", line: lineOf(open), message });
  return { parts: isBlock ? [...parts, { start: open, end: text.length }] : parts, warnings };
}

const NONE = "the two signs behind a word begin no remark: what follows is published";
const APART = "put a blank before them, or write \\%% for two signs";

const isBlank = (character: string): boolean => character.trim() === "";

const isOperator = (text: string, at: number): boolean =>
  OPERAND.test(text.slice(Math.max(at - 2, 0), at)) && /^[ \t]?\d/.test(text.slice(at + 2, at + 4));

/** Whether an offset is in a tag of a template; offsets must be given in ascending order. */
function tagFinder(text: string): (at: number) => boolean {
  const tags = text.matchAll(TAG);
  let next = tags.next();
  return (at) => {
    while (!next.done && next.value.index + next.value[0].length <= at) next = tags.next();
    return !next.done && next.value.index < at;
  };
}

function isAlone(text: string, at: number): boolean {
  const end = text.indexOf("\n", at);
  const after = text.slice(at + 2, end < 0 ? undefined : end);
  return after.trim() === "" && ALONE.test(text.slice(text.lastIndexOf("\n", at - 1) + 1, at));
}

/** A small id at the end of a line, or alone on one; https://help.obsidian.md/links#Link+to+a+block+in+a+note */
const ANCHOR = /(?<=[ \t]|^)\^(?:[a-z\d-]{0,60}[a-z-][a-z\d-]{0,60}|\d{6})(?=[ \t]*$)/gm;
/** What may follow the last line of a block. */
const ENDS_BLOCK = /[ \t]*(?:$|\n[ \t>]*(?:\n|$|[-*+][ \t]|\d{1,9}[.)][ \t]))/y;

export const mayHaveAnchors = (text: string): boolean => text.includes("^");

export function anchorsIn(text: string, isCode: (at: number) => boolean): readonly WithheldPart[] {
  return [...text.matchAll(ANCHOR)].flatMap(({ 0: anchor, index }) => {
    const end = index + anchor.length;
    ENDS_BLOCK.lastIndex = end;
    return anchor.length > 2 && ENDS_BLOCK.test(text) && !isCode(index) ? [{ start: index, end }] : [];
  });
}
