/** TOML → fields: every scalar is the text that the author wrote, every field has its line. */
import { type AST, ParseError, parseTOML } from "toml-eslint-parser";
import { problem } from "../../base/problems.ts";
import type { Problem } from "../../model.ts";
import { visibleName } from "./invisible.ts";
import { endOfQuoted } from "./quotes.ts";
import type { Field, FieldsResult, MapValue, NamedField, Value } from "./types.ts";

/** More than any author writes. */
const MAX_NODES = 10_000;
const MAX_DEPTH = 50;
const MAX_PROBLEMS = 10;
/** Longer lines are not repeated in a fix. */
const MAX_SHOWN = 200;

/** A table under construction: `a.b = 1`, `[a]` and `[a.c]` add to the same one. */
interface Table {
  readonly slots: Map<string, Slot>;
  /** The source of each addition to it. */
  readonly pieces: string[];
}

/** What a name stands for: a value, a table, or an array of tables. */
interface Slot {
  value?: { readonly value: Value; readonly source: string };
  table?: Table;
  tables?: Table[];
}

/** Names; after the name of an array of tables, the index of a table in it. */
type Path = readonly (string | number)[];

/** The lines of `text` are those of the file. Throws on excessive nesting or length. */
export function readToml(key: string, text: string): FieldsResult {
  if (isDeep(text)) throw beyondReason();
  let nodes: AST.TOMLTopLevelTable["body"];
  try {
    nodes = parseTOML(text).body[0].body;
  } catch (error) {
    if (!(error instanceof ParseError)) throw beyondReason();
    return { fields: new Map(), problems: [unreadable(key, text, error)] };
  }

  const problems: Problem[] = [];
  const repeated: NamedField[] = [];
  const root = newTable();
  const spellings = new Map<string, { readonly written: string; readonly line: number }>();
  const add = adder(text);
  for (const node of nodes) {
    const [first = "", ...rest] = node.type === "TOMLTable" ? node.resolvedKey : namesOf(node.key);
    const written = String(first);
    const name = visibleName(written);
    const former = spellings.get(name);
    if (former?.written !== written) {
      const { line } = node.loc.start;
      if (former) {
        if (problems.length < MAX_PROBLEMS) {
          problems.push(problem("duplicate-key", key, `${name} is given twice`, line));
        }
        repeated.push([name, { ...frozen(slotAt(root, name)), line: former.line }]);
      }
      root.slots.delete(name);
      spellings.set(name, { written, line });
    }
    if (node.type === "TOMLKeyValue") {
      add(root, [name, ...rest], node);
      continue;
    }
    tableAt(root, [name, ...rest]);
    for (const pair of node.body) add(root, [name, ...rest, ...namesOf(pair.key)], pair);
  }

  const fields = new Map<string, Field>();
  for (const [name, slot] of root.slots) fields.set(name, { ...frozen(slot), line: spellings.get(name)?.line ?? 1 });
  return { fields, repeated, problems };
}

/** A bracket, or what begins a text or a comment, which may hold some. */
const MARKS = /[[{\]}#]|"""|'''|["']/g;

/** Whether brackets are nested deeper than allowed: the parser would take stack for each. */
function isDeep(text: string): boolean {
  let depth = 0;
  const marks = new RegExp(MARKS);
  for (let found = marks.exec(text); found; found = marks.exec(text)) {
    const { 0: mark, index } = found;
    if (mark === "[" || mark === "{") depth += 1;
    else if (mark === "]" || mark === "}") depth = Math.max(depth - 1, 0);
    else marks.lastIndex = endOfText(text, mark, index);
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

/** The offset behind a text or comment that begins with `mark`, or of the end of the file where it never ends. */
function endOfText(text: string, mark: string, start: number): number {
  if (mark.length === 1 && mark !== "#") return endOfQuoted(text, start);
  let end = text.indexOf(mark === "#" ? "\n" : mark, start + mark.length);
  while (mark === '"""' && end >= 0 && isEscaped(text, end)) end = text.indexOf(mark, end + 1);
  return end < 0 ? text.length : end + mark.length;
}

function isEscaped(text: string, at: number): boolean {
  let start = at;
  while (text[start - 1] === "\\") start -= 1;
  return (at - start) % 2 === 1;
}

const beyondReason = () => new Error("it is nested too deep, or too long");

const newTable = (): Table => ({ slots: new Map(), pieces: [] });

const namesOf = ({ keys }: AST.TOMLKey): readonly string[] =>
  keys.map((key) => (key.type === "TOMLBare" ? key.name : key.value));

/** A function that adds a pair to a table. */
function adder(text: string) {
  let budget = MAX_NODES;
  const spend = (depth: number) => {
    if (--budget < 0 || depth > MAX_DEPTH) throw beyondReason();
  };
  const add = (table: Table, path: Path, { value, range }: AST.TOMLKeyValue, depth = 0) => {
    spend(depth + path.length);
    const parent = tableAt(table, path.slice(0, -1), text.slice(...range));
    slotAt(parent, path.at(-1)).value = {
      value: toValue(value, depth + path.length),
      source: text.slice(...value.range),
    };
  };
  const toValue = (node: AST.TOMLContentNode, depth: number): Value => {
    spend(depth);
    if (node.type === "TOMLArray") return node.elements.map((element) => toValue(element, depth + 1));
    if (node.type === "TOMLInlineTable") {
      const table = newTable();
      for (const pair of node.body) add(table, namesOf(pair.key), pair, depth);
      return { members: membersOf(table), source: text.slice(...node.range) };
    }
    return node.kind === "string" ? node.value : text.slice(...node.range);
  };
  return add;
}

function slotAt({ slots }: Table, name: string | number = ""): Slot {
  const slot = slots.get(String(name)) ?? {};
  slots.set(String(name), slot);
  return slot;
}

/** The table at a path, made if it does not exist; `piece` is added to the source of each table on the way. */
function tableAt(table: Table, path: Path, piece?: string): Table {
  if (path.length > MAX_DEPTH) throw beyondReason();
  let at = table;
  for (let i = 0; i < path.length; i++) {
    const slot = slotAt(at, path[i]);
    const index = path[i + 1];
    if (typeof index === "number") {
      i += 1;
      slot.tables ??= [];
      if (slot.tables[index] === undefined) slot.tables.push(newTable());
      at = slot.tables[index] ?? newTable();
    } else {
      slot.table ??= newTable();
      at = slot.table;
    }
    if (piece !== undefined) at.pieces.push(piece);
  }
  return at;
}

function frozen({ value, table, tables }: Slot): { readonly value: Value; readonly source: string } {
  if (value) return value;
  if (!tables) return asField(mapOf(table ?? newTable()));
  const maps = tables.map(mapOf);
  return { value: maps, source: maps.map(({ source }) => source).join("\n") };
}

const asField = (value: MapValue) => ({ value, source: value.source });

/** An empty `[draft]` is a value too; with an empty source it would not count as one. */
const mapOf = (table: Table): MapValue => ({ members: membersOf(table), source: table.pieces.join("\n") || "{}" });

const membersOf = ({ slots }: Table): ReadonlyMap<string, Value> =>
  new Map([...slots].map(([name, slot]) => [name, frozen(slot).value]));

/** Faulty lines, each with its fix. */
const SHAPES: readonly (readonly [RegExp, (key: string, value: string) => string])[] = [
  [/^\s*([\w.-]+)\s*[:：]\s*(.*)$/, (key, value) => `TOML has = between key and value: \`${key} = ${quoted(value)}\``],
  [/^\s*([\w.-]+)\s*=\s*[“”](.*?)[“”]?$/, (key, value) => `write plain quotes: \`${key} = ${quoted(value)}\``],
  [/^\s*([\w.-]+)\s*=\s*([^\s"'[{].*)$/, (key, value) => `put the text in quotes: \`${key} = ${quoted(value)}\``],
];

const quoted = (value: string) => (/^["'[{]/.test(value) ? value : JSON.stringify(value.replace(/\s+#.*$/, "").trim()));

function unreadable(key: string, text: string, { message, lineNumber }: ParseError): Problem {
  const line = text.split("\n")[lineNumber - 1] ?? "";
  const twice = /multiple times/.test(message) ? "keep one of the two" : undefined;
  const [fix] = SHAPES.flatMap(([pattern, repair]) => {
    const [, name, value] = (line.length <= MAX_SHOWN && pattern.exec(line)) || [];
    return name !== undefined && value !== undefined ? [repair(name, value)] : [];
  });
  return problem("front-matter-toml", key, `the TOML cannot be read: ${message}`, lineNumber, twice ?? fix);
}
