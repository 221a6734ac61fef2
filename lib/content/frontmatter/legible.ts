/** Front matter that cannot be read as a whole → the fields that can be read by themselves, line by line. */
import { isError } from "../../base/problems.ts";
import { visibleName } from "./invisible.ts";
import { KNOWN } from "./known.ts";
import { membersIn } from "./members.ts";
import { type KeyedLines, keyIn, piecesOf } from "./pieces.ts";
import { readToml } from "./toml.ts";
import type { Field, KeyLines, NamedField } from "./types.ts";
import { readYaml } from "./yaml.ts";

/** Characters that are parsed piece by piece, and at once; beyond them lines are taken as they are written. */
const MAX_PARSED = 100_000;
const MAX_PIECE = 10_000;
/** To parse a short piece takes as long as to parse so many characters. */
const MIN_COST = 100;

const BLOCK_SCALAR = /[:：][ \t]*[|>]/;

/** Characters in which every key is looked for. */
const MAX_SEARCHED = 1_000_000;
/** Further lines that begin with a key that we know. */
const MAX_FURTHER = 10_000;

/** In the order of the file; a name may come several times. Never throws. */
export function legibleFields({ form, text, line }: KeyLines): readonly NamedField[] {
  if (text.length <= MAX_SEARCHED) return fieldsIn({ form, text, line });
  const end = text.lastIndexOf("\n", MAX_SEARCHED) + 1;
  const first = fieldsIn({ form, text: text.slice(0, end), line });
  return [...first, ...furtherFields(text, end, line)];
}

/** Beyond any usual length only keys that we know matter, and in JSON only where they begin a line, or follow a brace or comma. */
function furtherFields(text: string, start: number, line: number): readonly NamedField[] {
  const found: NamedField[] = [];
  const known = new RegExp(KNOWN_LINE, "gi");
  known.lastIndex = start;
  let [at, counted] = [line, 0];
  for (let match = known.exec(text); match && found.length < MAX_FURTHER; match = known.exec(text)) {
    for (let end = text.indexOf("\n", counted); end >= 0 && end < match.index; end = text.indexOf("\n", counted)) {
      at += 1;
      counted = end + 1;
    }
    found.push(...plainly(match[1] ?? "", at));
  }
  return found;
}

/** With more indentation it would be part of something else. Its value may be long, but not one that holds a post back. */
const KNOWN_LINE = String.raw`(?<=^|[\n{,] {0,3})(["']?(?:${KNOWN})["']?[ \t]*[:=：][^\n]{0,200})`;

function fieldsIn({ form, text, line }: KeyLines): readonly NamedField[] {
  const clean = text.replaceAll("\0", "");
  const isJson = form === "json" || form === "hexo-json" || /^\s*[{[]/.test(clean);
  const read = reader(form === "toml" ? readToml : readYaml);
  if (isJson) {
    return membersIn(clean).flatMap(({ name, value, at }) => read([`${JSON.stringify(name)}: ${value}`], line + at));
  }
  return piecesOf(clean, form === "toml").flatMap((piece) => fieldsOf(piece, line + piece.at, read));
}

type Read = (lines: readonly string[], line: number) => readonly NamedField[];

/** Reads lines as the whole is read; a single one that is not valid as it was plainly meant. */
function reader(parse: typeof readYaml): Read {
  let left = MAX_PARSED;
  return (lines, line) => {
    // The lines are joined only where that may cost something.
    const length = lines.reduce((sum, text) => sum + text.length + 1, -1);
    if (length <= Math.min(left, MAX_PIECE)) {
      left -= Math.max(length, MIN_COST);
      try {
        const { fields, problems } = parse("", lines.join("\n"));
        if (fields.size > 0 && !problems.some(isError)) {
          return [...fields].map(([name, field]) => [name, { ...field, line }] as const);
        }
      } catch {} // nested too deep
    }
    const [first = "", ...rest] = lines;
    return rest.length > 0 ? [] : plainly(first, line);
  };
}

/** `draft：true`, `draft = true` in YAML, `draft: "true`: the name and the text, without quotes, brackets and comment. */
function plainly(text: string, line: number): readonly NamedField[] {
  const key = keyIn(text);
  if (!key) return [];
  const name = key.name.replace(/^(?:[&!]\S*[ \t]+)+/, "").replace(/["']/g, "");
  const source = key.value.replace(/[ \t](?:#|\/\/).*$/s, "").trim();
  const bare = source
    .replace(/^["'“”‘’[({]+/, "")
    .replace(/(?<!["'“”‘’\])},;])["'“”‘’\])},;]+$/, "")
    .trim();
  const isEmpty = source === '""' || source === "''";
  const field: Field = { value: isEmpty ? null : bare || source || null, source: isEmpty ? "" : source, line };
  return [[visibleName(name.trim()), field]];
}

function fieldsOf({ lines, isTable }: KeyedLines, line: number, read: Read): readonly NamedField[] {
  const [first = "", ...rest] = lines;
  const whole = read(lines, line);
  if (whole.length > 0 || rest.length === 0) return whole;
  const head = read([first], line);
  const isEmpty = head.every(([, { value }]) => value === null);
  if (isTable || isEmpty) {
    const members = rest.flatMap((text, i) => (keyIn(text) ? read([first, text], line + i + 1) : []));
    const texts = isTable ? [] : plainly(`${first} ${rest.map((text) => text.trim()).join(" ")}`, line);
    return [...head, ...members, ...texts];
  }
  if (BLOCK_SCALAR.test(first)) return head;
  // Keys that are indented by mistake.
  return [...head, ...rest.flatMap((text, i) => (keyIn(text) ? read([text.trim()], line + i + 1) : []))];
}
