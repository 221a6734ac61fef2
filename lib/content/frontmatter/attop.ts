/** Front matter whose end is not marked: how far its lines go is guessed. */
import { visibleLine } from "./invisible.ts";
import { hasKnownTomlKey, KNOWN, looksLikeKeys } from "./known.ts";
import type { KeyLines } from "./types.ts";

/** A key in any spelling. */
const KEY = String.raw`["']?[^\s:=：\`>|*<!#-][^:=：]{0,99}[:=：].*`;
const BEGINS_WITH_KEY = new RegExp(`^${KEY}$`);
/** A key, and what may belong to one: an indented line, an item, a bracket, a comment. */
const PERHAPS_KEY = new RegExp(String.raw`^(?:[ \t].*|#(?!#).*|-(?:[ \t].*)?|[\]}{[].*|${KEY})$`);
/** A heading, a quotation, code, HTML, four words or a whole sentence. A single word may be a key that is broken. */
const PROSE = /^(?:#{2}|[`>|<*!]|~{3}|\S+(?:[ \t]+\S+){3}|.*[.!?。！？][ \t]*$)/;
/** A line whose value is a text of lines below it. */
export const BLOCK_SCALAR = /[:：][ \t]*[|>][-+\d]*[ \t]*(?:#.*)?$/s;
/** With more indentation it would be code in Markdown. */
const BEGINS_WITH_KNOWN_KEY = new RegExp(`^ {0,3}(?:[-?][ \\t]+)?["']?(?:${KNOWN})["']?[ \\t]*[:=：]`, "i");
/** A name or a value in quotes, a bracket, a comment, or a name as in JavaScript. */
const BEGINS_AS_JSON = /^[ \t]*(?:["'{}[\],]|\/[/*]|[\p{L}_$][\w$-]*[ \t]*:)/u;

/** The lines from `start`, which is at line `line`, to the first that no front matter would hold. */
export function linesAtTop(file: string, start: number, line: number, form: KeyLines["form"] = "yaml"): KeyLines {
  const from = afterBlank(file, start);
  const isJson = form === "json" || form === "hexo-json";
  let hasKey = isJson;
  let inText = false;
  let end = from;
  while (end < file.length) {
    const text = visibleLine(lineFrom(file, end));
    if (text.trim() === "") {
      const next = afterBlank(file, end);
      if (!hasKey || !(isJson ? BEGINS_AS_JSON.test(visibleLine(lineFrom(file, next))) : goesOn(file, next, inText))) {
        break;
      }
      end = next;
      continue;
    }
    if (PROSE.test(text) && !PERHAPS_KEY.test(text)) break;
    hasKey ||= BEGINS_WITH_KEY.test(text);
    if (/^\S/.test(text)) inText = opensText(text);
    end = lineAfter(file, end);
  }
  return { form, line: line + file.slice(start, from).split("\n").length - 1, text: file.slice(from, end) };
}

/** Whether the value of a line is a text that goes on below it. */
function opensText(line: string): boolean {
  if (BLOCK_SCALAR.test(line)) return true;
  const [before = "", quote] = /^[^:：]{1,100}[:：][ \t]*(["'])/.exec(line) ?? [];
  return quote !== undefined && !line.includes(quote, before.length);
}

/**
 * Whether lines below a blank one belong to the keys above it. A draft that becomes public cannot be taken back, a
 * paragraph that is taken for a key can.
 */
function goesOn(file: string, start: number, inText: boolean): boolean {
  let at = start;
  while (/^#(?!#)/.test(visibleLine(lineFrom(file, at)))) at = lineAfter(file, at);
  const first = visibleLine(lineFrom(file, at));
  if (BEGINS_WITH_KNOWN_KEY.test(first) || (inText && /^[ \t]/.test(first))) return true;
  let end = start;
  while (end < file.length && lineFrom(file, end).trim() !== "") end = lineAfter(file, end);
  const group = file.slice(start, end).trimEnd().split("\n").map(visibleLine).join("\n");
  return looksLikeKeys(group, hasKnownTomlKey);
}

/** Without its end. */
export function lineFrom(text: string, start: number): string {
  const end = text.indexOf("\n", start);
  return text.slice(start, end < 0 ? undefined : end);
}

function lineAfter(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  return end < 0 ? text.length : end + 1;
}

/** Where the first line from `start` begins that is not blank; a last line without an end is not skipped. */
function afterBlank(text: string, start: number): number {
  const pattern = /\S/g;
  pattern.lastIndex = start;
  const first = pattern.exec(text)?.index ?? text.length;
  return Math.max(start, text.lastIndexOf("\n", first - 1) + 1);
}
