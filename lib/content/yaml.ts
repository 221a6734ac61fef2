/** YAML → fields: every scalar is the text the author wrote, every field knows its line. */
import {
  type Alias,
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
import type { Problem } from "../model.ts";
import { yamlMend } from "../site/problems.ts";
import { type ProblemCode, problem } from "./problems.ts";

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

export interface YamlResult {
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

export const isMapValue = (value: Value): value is MapValue =>
  typeof value === "object" && value !== null && "members" in value;

/** `text` starts with the line end of the opening fence, so its lines are the file's. Throws on an alias bomb. */
export function readYaml(key: string, text: string): YamlResult {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    schema: "failsafe", // no dates, no octal numbers, no `no` that is false
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
  });
  const problems: Problem[] = [];
  const report = (code: ProblemCode, message: string, offset: number, mend?: string) =>
    problems.push(problem(code, key, message, lines.linePos(offset).line, mend));

  for (const { code, message, pos } of document.errors.slice(0, MAX_PROBLEMS)) {
    report("front-matter-yaml", `the YAML cannot be read: ${message}`, pos[0], yamlMend(code));
  }
  const root = document.contents as Node | null;
  if (problems.length > 0 || root === null || (isScalar(root) && toText(root) === null)) {
    return { fields: new Map(), problems };
  }
  if (!isMap(root)) {
    report("front-matter-keys", "the front matter holds no keys", root.range?.[0] ?? 0);
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
    if (fields.has(lower)) report("duplicate-key", `${lower} is given twice`, offset);
    fields.set(lower, {
      value: toValue(value, 0),
      source: value === null ? "" : sourceOf(value as Node),
      line: lines.linePos(offset).line,
    });
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
