/** Obsidian: `%%remarks%%`, which nobody but their author is shown, and the anchors of blocks, `^id`. */
import type { TemplateWarning } from "../templates/types.ts";
import type { WithheldPart } from "./ranges.ts";

/** https://help.obsidian.md/syntax#Comments. Of other lengths a row of `%` is none. */
const MARKS = /%{2,}/g;
/** In the code of a template, behind a backslash, behind a number (`50%% off`), in an address (`/a%%20b`). */
const NO_OPENING = /^(?:[<{\\]|.?[>}]$|\d(?![\p{L}\p{N}"'([])|[\w/.=&?-]\d)/u;
/** What may stand before a mark that is alone on its line. */
const ALONE = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?$/;

export interface Remarks {
  readonly parts: readonly WithheldPart[];
  readonly warnings: readonly TemplateWarning[];
}

/** `isCode` is asked for offsets in ascending order. */
export function remarksIn(text: string, isCode: (at: number) => boolean): Remarks {
  const parts: WithheldPart[] = [];
  let open: number | undefined;
  for (const { 0: row, index } of text.matchAll(MARKS)) {
    if (isCode(index)) continue;
    if (row.length === 4 && open === undefined) parts.push({ start: index, end: index + 4 });
    if (row.length !== 2) continue;
    if (open !== undefined) {
      parts.push({ start: open, end: index + 2 });
      open = undefined;
    } else if (!NO_OPENING.test((text.charAt(index - 1) || " ") + text.charAt(index + 2))) {
      open = index;
    }
  }
  if (open === undefined) return { parts, warnings: [] };
  const line = text.slice(0, open).split("\n").length;
  const isBlock = isAlone(text, open);
  const message = `the remark that begins here with %% is never closed: ${isBlock ? "all that follows is left out" : "it is published"}`;
  const warnings = [{ code: "remark-open", line, message } as const];
  return { parts: isBlock ? [...parts, { start: open, end: text.length }] : parts, warnings };
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
