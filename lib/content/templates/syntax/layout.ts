/** Takes the content of a construct out of its quotes and list items, and places rendered blocks in them. */
import { afterBlankLines } from "../../lines.ts";
import type { PlacedConstruct } from "../types.ts";

/** What the following lines of a block begin with: marks of quotes, and spaces in place of the marks of lists. */
export function prefixOf(source: string, { line }: Pick<PlacedConstruct, "line">): string {
  const written = source.slice(line.start, line.content);
  return written.length > 200 ? "" : written.replace(/[^\s>]/g, " ");
}

/** The content of a construct without the prefix of its lines and without their common indentation. */
export function contentOf(written: string, prefix: string, keepsIndentation: boolean): string {
  if (!written.includes("\n")) return written.trim();
  const ownLine = /^[ \t]*\n/.exec(written)?.[0];
  const lines = (ownLine === undefined ? written : written.slice(ownLine.length)).split("\n");
  const bare = lines.map((line, i) => (ownLine === undefined && i === 0 ? line : withoutPrefix(line, prefix)));
  const text = (keepsIndentation ? bare : dedented(bare)).join("\n").trimEnd();
  return text.slice(afterBlankLines(text));
}

function withoutPrefix(line: string, prefix: string): string {
  if (line.startsWith(prefix)) return line.slice(prefix.length);
  const bare = prefix.trimEnd();
  if (bare !== "" && line.startsWith(bare)) return line.slice(bare.length);
  let at = 0;
  while (at < prefix.length && /[ \t]/.test(line[at] ?? "")) at += 1;
  return line.slice(at);
}

/** Without the indentation that all lines have in common. */
function dedented(lines: readonly string[]): readonly string[] {
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.length - line.trimStart().length);
  const indent = indents.reduce((least, own) => Math.min(least, own), Number.POSITIVE_INFINITY);
  if (indent === 0 || indent === Number.POSITIVE_INFINITY) return lines;
  return lines.map((line) => line.slice(Math.min(indent, line.length - line.trimStart().length)));
}

/** Whether nothing but white space follows on the line. */
export const isLineEnd = (source: string, at: number): boolean => /^[ \t]*(?:\n|$)/.test(source.slice(at, at + 80));

export const onOneLine = (text: string): string =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join(" ");

export interface Placed {
  readonly text: string;
  /** Where the rest of the source begins. */
  readonly next: number;
}

/** Puts a block on lines of its own, with blank lines between it and the text around it. */
export function placeBlock(source: string, opening: PlacedConstruct, end: number, block: string): Placed {
  if (block === "") return { text: "", next: end };
  if (opening.line.isTableRow) return { text: onOneLine(block), next: end };
  const prefix = prefixOf(source, opening);
  const blank = prefix.trimEnd();
  const { line, isAlone } = opening;
  const before = !isAlone ? `\n${blank}\n${prefix}` : line.isAfterText && !line.isItem ? `\n${prefix}` : "";
  const lines = block.split("\n").map((text, i) => (i === 0 ? text : text === "" ? blank : prefix + text));
  let rest = end;
  while (source[rest] === " " || source[rest] === "\t") rest += 1;
  const isEnd = rest >= source.length;
  if (!isEnd && source[rest] !== "\n") {
    return { text: `${before}${lines.join("\n")}\n${blank}\n${prefix}`, next: rest };
  }
  const isApart = isEnd || /^\n[ \t>]*(?:\n|$)/.test(source.slice(rest, rest + 80));
  return { text: `${before}${lines.join("\n")}${isApart ? "" : `\n${blank}`}`, next: rest };
}
