/** Lines of YAML or TOML that cannot be read as a whole → keys, each with the lines that belong to it. */
import { visibleLine } from "./invisible.ts";

/** A key with all that belongs to it, or a table of TOML. */
export interface KeyedLines {
  readonly lines: string[];
  readonly isTable: boolean;
  /** The index of its first line. */
  readonly at: number;
}

/** Of a line that is taken as it is written; what is longer is text. */
const MAX_LINE = 1_000;

const KEY = /^[ \t]*("[^"\n]*"|'[^'\n]*'|[^\s:=：#"'{}[\],-][^:=：\n]{0,99})[ \t]*[:=：][ \t]*(.*)$/s;
const TABLE = /^[ \t]*\[{1,2}[^[\]]+\]{1,2}[ \t]*(?:#.*)?$/;
/** To the key above it, in YAML: an indented line, an item, a closing bracket. */
const BELONGS = /^(?:[ \t]+\S|-|[\]}])/;
const ITEM = /^([ \t]*)-[ \t]+(.*)$/s;
/** Code in Markdown. In YAML an indented line belongs to the text of a key. */
const CODE = /^(`{3}|~{3})/;
const CODE_IN_TOML = /^[ \t]*(`{3}|~{3})/;

export interface WrittenKey {
  readonly name: string;
  readonly value: string;
}

/** The key with which a line begins. */
export function keyIn(line: string): WrittenKey | undefined {
  const [, name, value = ""] = KEY.exec(line.slice(0, MAX_LINE)) ?? [];
  return name === undefined ? undefined : { name, value };
}

export function piecesOf(text: string, isToml: boolean): readonly KeyedLines[] {
  const visible = text.split("\n").map(visibleLine);
  const lines = isToml ? visible : withPlainKeys(visible);
  const endOfCode = codeIn(lines, isToml);
  const pieces: KeyedLines[] = [];
  let piece: KeyedLines | undefined;
  let mayHoldItems = false;
  let margin: number | undefined;
  for (let at = 0; at < lines.length; at++) {
    const code = endOfCode(at);
    if (code > at) {
      at = code;
      continue;
    }
    const written = lines[at] ?? "";
    const text = isToml || mayHoldItems ? written : written.replace(ITEM, "$1$2");
    const isTable = isToml && TABLE.test(text);
    const key = keyIn(text);
    if (key) margin ??= indentOf(text);
    const isKey = key && (isToml ? !piece?.isTable : indentOf(text) <= (margin ?? 0));
    if (isTable || isKey) {
      piece = { lines: [text], isTable, at };
      pieces.push(piece);
      // Items stand below a key whose own line has no value; where there is none, a dash is a mistake.
      mayHoldItems = key !== undefined && /^(?:[#&!].*)?$/.test(key.value);
      const last = isToml ? endOfText(lines, at) : at;
      for (; at < last; at++) piece.lines.push(lines[at + 1] ?? "");
    } else if (isToml || BELONGS.test(text)) piece?.lines.push(text);
  }
  return pieces;
}

const indentOf = (text: string): number => text.search(/[^ \t]|$/);

/** `? draft` and `: true` below it as `draft: true`. */
function withPlainKeys(lines: readonly string[]): readonly string[] {
  return lines.map((text, i) => {
    const name = /^\?[ \t]+(\S.{0,99})$/.exec(text)?.[1];
    const next = lines[i + 1] ?? "";
    return name !== undefined && /^:[ \t]/.test(next) ? `${name.trimEnd()}${next}` : text;
  });
}

/** The last line of a text in three quotes that begins on a line of TOML; that line itself where the text never ends. */
function endOfText(lines: readonly string[], at: number): number {
  const first = lines[at] ?? "";
  const quotes = /"""|'''/.exec(first)?.[0];
  if (quotes === undefined || first.split(quotes).length % 2 === 1) return at;
  // No line is searched twice for long: if the text ends, all of it is one piece; if not, nor does a later one.
  for (let end = at + 1; end < lines.length; end++) if (lines[end]?.includes(quotes)) return end;
  return at;
}

/** A function that tells the last line of code that begins on a line; that line itself where none begins, or it never ends. */
function codeIn(lines: readonly string[], isToml: boolean): (at: number) => number {
  const pattern = isToml ? CODE_IN_TOML : CODE;
  const closes = (line: string, mark: string) =>
    pattern.exec(line)?.[1] === mark && /^[ \t]*(?:`+|~+)[ \t]*$/.test(line);
  const last = (mark: string) => lines.findLastIndex((line) => closes(line, mark));
  const lastOf: ReadonlyMap<string, number> = new Map(["```", "~~~"].map((mark) => [mark, last(mark)]));
  return (at) => {
    const mark = pattern.exec(lines[at] ?? "")?.[1];
    if (mark === undefined || (lastOf.get(mark) ?? -1) <= at) return at;
    let end = at + 1;
    while (!closes(lines[end] ?? "", mark)) end += 1;
    return end;
  };
}
