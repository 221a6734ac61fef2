/** Reads `[//]: # "a comment"`: definitions of links that lead nowhere, which authors use as comments. */
import { matchAt } from "../../../match.ts";
import { fixed, type Position, type Reader } from "../reader.ts";
import { BLANK_LINE } from "./ending.ts";

const COMMENT =
  /\[(?!\^)(?:[^[\]\\\n]|\\[^\n]){1,200}\]:[ \t]*(?:\n[ \t>]*)?(?:#|<#?>|-)(?=\s|$)(?:[ \t]*(?:\n[ \t>]*)?(?:"[^"\\]*(?:\\[\s\S][^"\\]*)*"|'[^'\\]*(?:\\[\s\S][^'\\]*)*'|\([^()\\]*(?:\\[\s\S][^()\\]*)*\)))?[ \t]*(?=\n|$)/y;
const DEFINITION = /^[ \t>]*\[[^\]\n]{1,200}\]:/;

/** Is given whole lines. It stays as it is written, since Markdown shows nothing of it; no template or tag in it is read. */
export const readDefinition: Reader = (position) => {
  const { source, at, line } = position;
  if (source[at] !== "[") return undefined;
  const written = matchAt(COMMENT, source, at)?.[0];
  if (written === undefined || BLANK_LINE.test(written)) return undefined;
  if (isAfterText(position)) {
    const before = source.lastIndexOf("\n", line.start - 2) + 1;
    if (!DEFINITION.test(source.slice(before, Math.min(line.start, before + 300)))) return undefined;
  }
  return fixed(at, at + written.length, written);
};

/** Whether it continues a paragraph: constructs of whole lines may follow each other without a blank line, but not text. */
export function isAfterText({ at, line, find, since }: Position): boolean {
  const text = line.isAfterText && !line.isItem ? find.pattern("text", () => /[^\s>]/g, since) : undefined;
  return text !== undefined && text.start < at;
}
