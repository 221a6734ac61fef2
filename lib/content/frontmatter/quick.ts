/** The YAML of nearly all posts, read without the YAML library: keys with scalars, or with lists or maps of scalars. */
import { withoutEnding } from "../../base/text.ts";
import { visibleName } from "./invisible.ts";
import type { Field, FieldsResult, Value } from "./types.ts";

/** So few characters hold fewer nodes than the full reader refuses. */
const MAX_LENGTH = 10_000;
/** Tabs, line ends that are none in YAML, byte order marks: the full reader knows what they mean. */
const UNUSUAL = /[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/;

/** Letters, digits and Chinese characters. The blanks around the colon belong to it. */
const KEY = /[\w\u4e00-\u9fff][\w\u4e00-\u9fff-]{0,99} {0,9}:(?: +|(?=\n)|$)/y;
const USUAL_NAME = /^[a-z\d_-]+$/;
const ITEM = /- +/y;
/** Without escapes but those of quotes and backslashes. */
const QUOTED = /"(?:[^"\\\n]|\\["\\])*"|'(?:[^'\n]|'')*'/y;
/** Nothing but a comment up to the end of the line. */
const REST = / *(?:\n|$)| +#/y;
/** Begins as no plain scalar does, or holds a key. */
const NOT_PLAIN = /^[,[\]{}#&*!|>'"%@`]|^[-?:](?: |$)|: |:$/;
const IN_BRACKETS = /[^,[\]{}\n]+/y;
const NULL = /^(?:~|null)$/i;

interface Read {
  readonly value: Value;
  readonly end: number;
}

/** The value of a key. */
interface Whole {
  readonly value: Value;
  readonly source: string;
  /** Where the next line begins that does not belong to it. */
  readonly next: number;
  /** How many lines it has below that of the key. */
  readonly lines: number;
}

/**
 * What the full reader has for such text, whose first line is `line` of the file. `undefined` for any other, also wherever
 * something may be wrong: the full reader tells what.
 */
export function readQuickly(text: string, line: number): FieldsResult | undefined {
  if (text.length > MAX_LENGTH || UNUSUAL.test(text)) return undefined;
  const fields = new Map<string, Field>();
  for (let [at, row] = [0, line]; at < text.length; row += 1) {
    const end = lineEnd(text, at);
    if (text[at] === "#" || blankEnd(text, at) === end) {
      at = end + 1;
      continue;
    }
    const written = keyAt(text, at);
    if (written === undefined) return undefined;
    const name = USUAL_NAME.test(written) ? written : visibleName(written);
    if (fields.has(name)) return undefined;
    const read = KEY.lastIndex < end ? readBeside(text, KEY.lastIndex, end) : readBelow(text, end + 1);
    if (!read) return undefined;
    fields.set(name, { value: read.value, source: read.source, line: row });
    at = read.next;
    row += read.lines;
  }
  return fields.size > 0 ? { fields, repeated: [], problems: [] } : undefined;
}

function readBeside(text: string, start: number, end: number): Whole | undefined {
  const read = valueAt(text, start, end);
  return read && { value: read.value, source: text.slice(start, read.end).trim(), next: end + 1, lines: 0 };
}

/** A list or a map with a value on each line, or nothing where the next key stands. */
function readBelow(text: string, start: number): Whole | undefined {
  const items: Value[] = [];
  const members = new Map<string, Value>();
  let [at, end, lines, indent, first] = [start, start, 0, 0, start];
  for (; at < text.length; at = lineEnd(text, at) + 1, lines += 1) {
    const from = blankEnd(text, at);
    const to = lineEnd(text, at);
    if (from === to) continue;
    const isItem = isAt(ITEM, text, from);
    if (from === at && !isItem) break;
    if (items.length + members.size === 0) [first, indent] = [from, from - at];
    else if (from - at !== indent || isItem !== items.length > 0) return undefined;
    const name = isItem ? "" : keyAt(text, from);
    const read = name === undefined ? undefined : valueAt(text, (isItem ? ITEM : KEY).lastIndex, to);
    if (name === undefined || !read) return undefined;
    if (isItem) items.push(read.value);
    else members.set(name, read.value);
    end = to;
  }
  const source = text.slice(first, end).trim();
  const value = members.size > 0 ? { members, source } : items.length > 0 ? items : null;
  return { value, source, next: at, lines };
}

/** A value with nothing but a comment after it. */
function valueAt(text: string, start: number, end: number): Read | undefined {
  const first = text[start];
  if (first === "[" || first === '"' || first === "'") {
    const read = first === "[" ? listAt(text, start) : quotedAt(text, start);
    return read && isAt(REST, text, read.end) ? read : undefined;
  }
  const line = text.slice(start, end);
  const comment = line.indexOf(" #");
  const value = withoutEnding(comment < 0 ? line : line.slice(0, comment), " ");
  if (value === "" || NOT_PLAIN.test(value)) return undefined;
  return { value: NULL.test(value) ? null : value, end: start + value.length };
}

/** Scalars in brackets. */
function listAt(text: string, start: number): Read | undefined {
  const values: Value[] = [];
  let at = blankEnd(text, start + 1);
  while (text[at] !== "]") {
    const read = itemAt(text, at);
    if (!read) return undefined;
    values.push(read.value);
    at = blankEnd(text, read.end);
    if (text[at] === ",") at = blankEnd(text, at + 1);
    else if (text[at] !== "]") return undefined;
  }
  return { value: values, end: at + 1 };
}

function itemAt(text: string, start: number): Read | undefined {
  if (text[start] === '"' || text[start] === "'") return quotedAt(text, start);
  if (!isAt(IN_BRACKETS, text, start)) return undefined;
  const value = withoutEnding(text.slice(start, IN_BRACKETS.lastIndex), " ");
  if (value === "" || NOT_PLAIN.test(value) || value.includes(" #")) return undefined;
  return { value: NULL.test(value) ? null : value, end: start + value.length };
}

function quotedAt(text: string, start: number): Read | undefined {
  if (!isAt(QUOTED, text, start)) return undefined;
  const end = QUOTED.lastIndex;
  const inner = text.slice(start + 1, end - 1);
  return { value: text[start] === "'" ? inner.replaceAll("''", "'") : inner.replace(/\\(.)/g, "$1"), end };
}

/** Its name. */
const keyAt = (text: string, at: number): string | undefined =>
  isAt(KEY, text, at) ? withoutEnding(text.slice(at, text.indexOf(":", at)), " ") : undefined;

function isAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

function blankEnd(text: string, at: number): number {
  let end = at;
  while (text[end] === " ") end += 1;
  return end;
}
