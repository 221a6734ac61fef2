/** Front matter that cannot be read as a whole → the fields that can be read by themselves, line by line. */
import { isError } from "../../base/problems.ts";
import { membersIn } from "./members.ts";
import { readToml } from "./toml.ts";
import type { Field, KeyLines, NamedField } from "./types.ts";
import { readYaml } from "./yaml.ts";

/** Characters that are parsed piece by piece, and at once; beyond them lines are taken as they are written. */
const MAX_PARSED = 100_000;
const MAX_PIECE = 10_000;
/** To parse a short piece takes as long as to parse so many characters. */
const MIN_COST = 100;
/** Of a line that is taken as it is written; what is longer is text. */
const MAX_LINE = 1_000;

const KEY = /^[ \t]*("[^"\n]*"|'[^'\n]*'|[^\s:=：#"'{}[\],-][^:=：\n]{0,99})[ \t]*[:=：][ \t]*(.*)$/;
const TABLE = /^[ \t]*\[{1,2}[^[\]]+\]{1,2}[ \t]*(?:#.*)?$/;
/** Code in Markdown: the front matter has ended somewhere above it. */
const CODE_FENCE = /^[ \t]*(?:`{3}|~{3})/;
/** To the key above it, in YAML: an indented line, an item, a closing bracket. */
const BELONGS = /^(?:[ \t]+\S|-|[\]}])/;
const BLOCK_SCALAR = /[:：][ \t]*[|>]/;

/** In the order of the file; a name may come several times. Never throws. */
export function legibleFields({ form, text, line }: KeyLines): readonly NamedField[] {
  const clean = text.replaceAll("\0", "");
  const isJson = form === "json" || form === "hexo-json" || /^\s*[{[]/.test(clean);
  const read = reader(form === "toml" ? readToml : readYaml);
  if (isJson) {
    return membersIn(clean).flatMap(({ name, value, at }) => read(`${JSON.stringify(name)}: ${value}`, line + at));
  }
  return piecesOf(clean.split("\n"), form === "toml").flatMap((piece) => fieldsOf(piece, line + piece.at, read));
}

/** A key with all that belongs to it, or a table of TOML. */
interface Piece {
  readonly lines: string[];
  readonly isTable: boolean;
  /** The index of its first line. */
  readonly at: number;
}

function piecesOf(lines: readonly string[], isToml: boolean): readonly Piece[] {
  const pieces: Piece[] = [];
  let piece: Piece | undefined;
  let margin: number | undefined;
  const end = lines.findIndex((text) => CODE_FENCE.test(text));
  for (let at = 0; at < (end < 0 ? lines.length : end); at++) {
    const text = lines[at] ?? "";
    const isTable = isToml && TABLE.test(text);
    const looksLikeKey = KEY.test(text);
    if (looksLikeKey) margin ??= indentOf(text);
    const isKey = looksLikeKey && (isToml ? !piece?.isTable : indentOf(text) <= (margin ?? 0));
    if (isTable || isKey) {
      piece = { lines: [text], isTable, at };
      pieces.push(piece);
      const last = isToml ? endOfText(lines, at) : at;
      for (; at < last; at++) piece.lines.push(lines[at + 1] ?? "");
    } else if (isToml || BELONGS.test(text)) piece?.lines.push(text);
  }
  return pieces;
}

const indentOf = (text: string): number => text.search(/[^ \t]|$/);

/** The last line of a text in three quotes that begins on a line of TOML; that line itself where the text never ends. */
function endOfText(lines: readonly string[], at: number): number {
  const quotes = /"""|'''/.exec(lines[at] ?? "")?.[0];
  if (quotes === undefined || (lines[at] ?? "").split(quotes).length % 2 === 1) return at;
  const end = lines.findIndex((text, i) => i > at && text.includes(quotes));
  return end < 0 ? at : end;
}

type Read = (text: string, line: number) => readonly NamedField[];

/** Reads text as the whole is read; a single line that is not valid as it was plainly meant. */
function reader(parse: typeof readYaml): Read {
  let left = MAX_PARSED;
  return (text, line) => {
    if (text.length <= Math.min(left, MAX_PIECE)) {
      left -= Math.max(text.length, MIN_COST);
      try {
        const { fields, problems } = parse("", text);
        if (fields.size > 0 && !problems.some(isError)) {
          return [...fields].map(([name, field]) => [name, { ...field, line }] as const);
        }
      } catch {} // nested too deep
    }
    return text.includes("\n") ? [] : plainly(text, line);
  };
}

/** `draft：true`, `draft = true` in YAML, `draft: "true`: the name and the text, without quotes, brackets and comment. */
function plainly(text: string, line: number): readonly NamedField[] {
  const [, written, rest = ""] = KEY.exec(text.slice(0, MAX_LINE)) ?? [];
  if (written === undefined) return [];
  const name = written.replace(/^(?:[&!]\S*[ \t]+)+/, "").replace(/["']/g, "");
  const source = rest.replace(/[ \t](?:#|\/\/).*$/, "").trim();
  const bare = source
    .replace(/^["'“”‘’[({]+/, "")
    .replace(/["'“”‘’\])},;]+$/, "")
    .trim();
  const field: Field = { value: bare || source || null, source, line };
  return [[name.trim().toLowerCase(), field]];
}

function fieldsOf({ lines, isTable }: Piece, line: number, read: Read): readonly NamedField[] {
  const [first = "", ...rest] = lines;
  const whole = read(lines.join("\n"), line);
  if (whole.length > 0 || rest.length === 0) return whole;
  const head = read(first, line);
  const isEmpty = head.every(([, { value }]) => value === null);
  if (isTable || isEmpty) {
    const members = rest.flatMap((text, i) => (KEY.test(text) ? read(`${first}\n${text}`, line + i + 1) : []));
    const texts = isTable ? [] : plainly(`${first} ${rest.map((text) => text.trim()).join(" ")}`, line);
    return [...head, ...members, ...texts];
  }
  if (BLOCK_SCALAR.test(first)) return head;
  // Keys that are indented by mistake.
  return [...head, ...rest.flatMap((text, i) => (KEY.test(text) ? read(text.trim(), line + i + 1) : []))];
}
