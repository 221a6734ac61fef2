/** YAML or JSON → fields: every scalar is the text the author wrote, every field knows its line. */
import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type Scalar,
  type YAMLMap,
} from "yaml";
import { type ProblemCode, problem } from "../../base/problems.ts";
import type { Problem } from "../../model.ts";
import { diagnose, repairOf } from "./repairs.ts";

export type Value = string | null | readonly Value[] | MapValue;

export interface MapValue {
  readonly members: ReadonlyMap<string, Value>;
  /** As written, for the `- a: b` that was meant as text. */
  readonly source: string;
}

export interface Field {
  readonly value: Value;
  /** The value as written. */
  readonly source: string;
  /** Of the file. */
  readonly line: number;
}

export interface FieldsResult {
  /** By key in lower case. */
  readonly fields: ReadonlyMap<string, Field>;
  readonly problems: readonly Problem[];
}

/** More than any author writes; what stops an alias bomb. */
const MAX_NODES = 10_000;
const MAX_DEPTH = 50;
const MAX_ALIASES = 100;
/** One unclosed bracket can be a thousand errors. */
const MAX_PROBLEMS = 10;
/** A message can quote all that follows. */
const MAX_MESSAGE = 200;

export const isMapValue = (value: Value): value is MapValue =>
  typeof value === "object" && value !== null && "members" in value;

/** What is written in YAML, or in a part of it. */
export interface Syntax {
  readonly name: string;
  readonly code: ProblemCode;
  /** Whether a line that cannot be read is shown to its author as YAML has it. */
  readonly fixes: boolean;
  /** What the YAML library takes and this syntax does not have, by offset. */
  readonly refuse?: (document: Document) => ReadonlyMap<number, string>;
}

const YAML: Syntax = { name: "YAML", code: "front-matter-yaml", fixes: true };

interface Parsed {
  readonly text: string;
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

/** The lines of `text` are the file's. Throws on what is nested beyond reason. */
export function readYaml(key: string, text: string): FieldsResult {
  const parsed = parse(text);
  const tab = parsed.document.errors.length > 0 ? text.search(TAB) : -1;
  const spaced = tab < 0 ? parsed : parse(text.replace(TABS, (tabs) => "  ".repeat(tabs.length)));
  if (spaced === parsed || spaced.document.errors.length > 0) return fieldsOf(key, parsed, YAML);
  const { fields, problems } = fieldsOf(key, spaced, YAML);
  const { line } = parsed.lines.linePos(tab);
  return { fields, problems: [problem("front-matter-tab", key, "the line is indented with a tab", line), ...problems] };
}

/** Hexo makes spaces of these before it reads anything. */
const TAB = /(?<=\n)\t/;
const TABS = /(?<=\n)\t+/g;

/** Like `readYaml`, for a syntax that YAML contains. */
export function readAsYaml(key: string, text: string, syntax: Syntax): FieldsResult {
  return fieldsOf(key, parse(text), syntax);
}

function parse(text: string): Parsed {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    schema: "failsafe", // no dates, no octal numbers, no `no` that is false
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
  });
  return { text, document, lines };
}

function errorsOf(key: string, { text, document, lines }: Parsed, syntax: Syntax): readonly Problem[] {
  // One for each line: what follows the first on a line is noise.
  const found = new Map<number, Problem>();
  const report = (line: number, message: string, fix?: string) => {
    if (found.has(line) || found.size === MAX_PROBLEMS) return;
    const shown = message.slice(0, MAX_MESSAGE);
    found.set(line, problem(syntax.code, key, `the ${syntax.name} cannot be read: ${shown}`, line, fix));
  };
  for (const error of document.errors.slice(0, MAX_PROBLEMS)) {
    const { line, fix } = diagnose(error, text, lines.linePos(error.pos[0]).line);
    report(line, error.message, syntax.fixes ? fix : undefined);
  }
  for (const [offset, message] of syntax.refuse?.(document) ?? []) report(lines.linePos(offset).line, message);
  return [...found.values()];
}

function fieldsOf(key: string, parsed: Parsed, syntax: Syntax): FieldsResult {
  const { text, document, lines } = parsed;
  const problems = [...errorsOf(key, parsed, syntax)];
  const report = (code: ProblemCode, message: string, offset: number, fix?: string) =>
    problems.push(problem(code, key, message, lines.linePos(offset).line, fix));

  const root = document.contents as Node | null;
  if (problems.length > 0 || root === null || (isScalar(root) && toText(root) === null)) {
    return { fields: new Map(), problems };
  }
  if (!isMap(root)) {
    const offset = root.range?.[0] ?? 0;
    report(
      "front-matter-keys",
      "the front matter holds no keys",
      offset,
      repairOf(text.slice(offset).split("\n", 1)[0]),
    );
    return { fields: new Map(), problems };
  }

  const sourceOf = (node: Node): string => {
    const meant = isAlias(node) ? (node.resolve(document) ?? node) : node;
    return text.slice(meant.range?.[0] ?? 0, meant.range?.[1] ?? 0).trim();
  };
  let budget = MAX_NODES;
  let aliases = MAX_ALIASES;
  const anchored = (alias: Alias): Node => {
    const node = --aliases < 0 ? undefined : alias.resolve(document);
    if (!node) throw new Error(aliases < 0 ? "it has too many aliases" : `*${alias.source} names no anchor`);
    return node;
  };
  const toValue = (node: unknown, depth: number): Value => {
    if (--budget < 0 || depth > MAX_DEPTH) throw new Error("it is nested or repeated too often");
    if (isAlias(node)) return toValue(anchored(node), depth + 1);
    if (isScalar(node)) return toText(node);
    if (isSeq(node)) return node.items.map((item) => toValue(item, depth + 1));
    if (!isMap(node)) return null;
    const { own, merged } = pairsOf(node, depth);
    const members = new Map<string, Value>();
    for (const { name, value } of own) members.set(name, toValue(value, depth + 1));
    for (const { name, value } of merged) if (!members.has(name)) members.set(name, toValue(value, depth + 1));
    return { members, source: sourceOf(node) };
  };
  /** With what `<<: *base` adds. The base may have one itself: a draft may say so there. */
  const pairsOf = (map: YAMLMap, depth: number): { readonly own: readonly Member[]; readonly merged: Member[] } => {
    const own: Member[] = [];
    const merged: Member[] = [];
    for (const pair of map.items) {
      if (!isPair(pair)) continue;
      const key = isAlias(pair.key) ? anchored(pair.key) : pair.key;
      if (isAlias(pair.key) && !isScalar(key)) throw new Error(`*${pair.key.source} is no name`);
      if (!isScalar(key)) continue;
      const offset = (pair.key as Node).range?.[0] ?? 0;
      const name = String(key.value);
      if (name !== "<<") own.push({ name, value: pair.value as Node | null, offset });
      else for (const base of membersOf(pair.value, depth + 1)) merged.push({ ...base, offset });
    }
    return { own, merged };
  };
  const membersOf = (base: unknown, depth: number): readonly Member[] => {
    if (--budget < 0 || depth > MAX_DEPTH) throw new Error("it is nested or repeated too often");
    if (isAlias(base)) return membersOf(anchored(base), depth + 1);
    if (isSeq(base)) return base.items.flatMap((item) => membersOf(item, depth + 1));
    if (!isMap(base)) return [];
    const { own, merged } = pairsOf(base, depth);
    budget -= own.length + merged.length;
    // Of a name that the base has twice the last counts, as it does where the base is read by itself.
    return [...own.toReversed(), ...merged];
  };

  const fields = new Map<string, Field>();
  const add = ({ name, value, offset }: Member) => {
    const source = value === null ? "" : sourceOf(value);
    fields.set(name.toLowerCase(), { value: toValue(value, 0), source, line: lines.linePos(offset).line });
  };
  let at = root.range?.[0] ?? 0;
  try {
    const { own, merged } = pairsOf(root, 0);
    for (const member of own) {
      at = member.offset;
      const lower = member.name.toLowerCase();
      if (fields.has(lower) && problems.length < MAX_PROBLEMS) {
        report("duplicate-key", `${lower} is given twice`, at);
      }
      add(member);
    }
    for (const member of merged) {
      at = member.offset;
      if (!fields.has(member.name.toLowerCase())) add(member);
    }
  } catch (error) {
    report(syntax.code, `the ${syntax.name} cannot be read: ${(error as Error).message}`, at);
  }
  return { fields, problems };
}

/** A key of a map with its value. */
interface Member {
  readonly name: string;
  readonly value: Node | null;
  /** Of the key, or of the `<<` by which it came. */
  readonly offset: number;
}

/** Nothing, `~` and `null` without quotes are no value. */
function toText(scalar: Scalar): string | null {
  const text = String(scalar.value ?? "");
  return scalar.type === "PLAIN" && /^(~|null)?$/i.test(text) ? null : text;
}
