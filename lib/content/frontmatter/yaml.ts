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
} from "yaml";
import type { Problem } from "../../model.ts";
import { type ProblemCode, problem } from "../../problems.ts";
import { diagnose, mendOf } from "./mends.ts";

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
  readonly mends: boolean;
  /** What the YAML library takes and this syntax does not have, by offset. */
  readonly refuse?: (document: Document) => ReadonlyMap<number, string>;
}

const YAML: Syntax = { name: "YAML", code: "front-matter-yaml", mends: true };

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
  const report = (line: number, message: string, mend?: string) => {
    if (found.has(line) || found.size === MAX_PROBLEMS) return;
    const shown = message.slice(0, MAX_MESSAGE);
    found.set(line, problem(syntax.code, key, `the ${syntax.name} cannot be read: ${shown}`, line, mend));
  };
  for (const error of document.errors.slice(0, MAX_PROBLEMS)) {
    const { line, mend } = diagnose(error, text, lines.linePos(error.pos[0]).line);
    report(line, error.message, syntax.mends ? mend : undefined);
  }
  for (const [offset, message] of syntax.refuse?.(document) ?? []) report(lines.linePos(offset).line, message);
  return [...found.values()];
}

function fieldsOf(key: string, parsed: Parsed, syntax: Syntax): FieldsResult {
  const { text, document, lines } = parsed;
  const problems = [...errorsOf(key, parsed, syntax)];
  const report = (code: ProblemCode, message: string, offset: number, mend?: string) =>
    problems.push(problem(code, key, message, lines.linePos(offset).line, mend));

  const root = document.contents as Node | null;
  if (problems.length > 0 || root === null || (isScalar(root) && toText(root) === null)) {
    return { fields: new Map(), problems };
  }
  if (!isMap(root)) {
    const offset = root.range?.[0] ?? 0;
    report("front-matter-keys", "the front matter holds no keys", offset, mendOf(text.slice(offset).split("\n", 1)[0]));
    return { fields: new Map(), problems };
  }

  const sourceOf = (node: Node) => text.slice(node.range?.[0] ?? 0, node.range?.[1] ?? 0).trim();
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
    const members = new Map<string, Value>();
    for (const pair of node.items) {
      if (isPair(pair) && isScalar(pair.key)) members.set(String(pair.key.value), toValue(pair.value, depth + 1));
    }
    return { members, source: sourceOf(node) };
  };

  const fields = new Map<string, Field>();
  for (const { key: name, value } of root.items) {
    if (!isScalar(name)) continue;
    const offset = name.range?.[0] ?? 0;
    const lower = String(name.value).toLowerCase();
    if (fields.has(lower) && problems.length < MAX_PROBLEMS) {
      report("duplicate-key", `${lower} is given twice`, offset);
    }
    try {
      const source = value === null ? "" : sourceOf(value as Node);
      fields.set(lower, { value: toValue(value, 0), source, line: lines.linePos(offset).line });
    } catch (error) {
      report(syntax.code, `the ${syntax.name} cannot be read: ${(error as Error).message}`, offset);
      break;
    }
  }
  mergeInto(fields);
  return { fields, problems };
}

/** `<<: *base`: keys that the base has and the post has not. A draft may say so there. */
function mergeInto(fields: Map<string, Field>): void {
  const merge = fields.get("<<");
  if (!merge) return;
  fields.delete("<<");
  for (const base of [merge.value].flat()) {
    if (base === null || !isMapValue(base)) continue;
    for (const [name, value] of base.members) {
      const source = typeof value === "string" ? value : "";
      if (!fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), { value, source, line: merge.line });
    }
  }
}

/** Nothing, `~` and `null` without quotes are no value. */
function toText(scalar: Scalar): string | null {
  const text = String(scalar.value ?? "");
  return scalar.type === "PLAIN" && /^(~|null)?$/i.test(text) ? null : text;
}
