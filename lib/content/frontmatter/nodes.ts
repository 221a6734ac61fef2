/** YAML nodes → values, with aliases and merge keys resolved, within limits of size and depth. */
import {
  type Alias,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Scalar,
  visit,
  type YAMLMap,
} from "yaml";
import type { Value } from "./types.ts";

/** More than any author writes; the limits stop alias bombs. */
const MAX_NODES = 10_000;
const MAX_DEPTH = 50;
const MAX_ALIASES = 100;

const USUAL_TAG = /^tag:yaml\.org,2002:(?:str|int|float|bool|null|timestamp)$/;
/** What may hold a post back is read as YAML has it: an anchor before it changes nothing. */
const FLAG_OR_DATE = /^(?:true|false|yes|no|on|off|y|n|none|never|nowhere|[\d.:TZ+ /-]+)$/i;
/** The tag or the anchor at the end of a word, which may begin with brackets of a list. */
const MARK = /(?<![^[{,])[&!][^,[\]{}]*$/;
const ALIAS = /\*[^\s,[\]{}*]+/g;
const LONGEST_MARKS = 200;

/** A key of a map with its value. */
export interface Member {
  readonly name: string;
  readonly value: Node | null;
  /** Of the key, or of the `<<` by which it came. */
  readonly offset: number;
}

/** The functions throw on what exceeds the limits. */
export function nodeReader(document: Document.Parsed, text: string) {
  const resolve = resolver(document);
  let named: ReadonlySet<string> | undefined;
  const sourceOf = (node: Node): string => {
    const meant = isAlias(node) ? (resolve(node) ?? node) : node;
    const source = text.slice(meant.range?.[0] ?? 0, meant.range?.[1] ?? 0).trim();
    return isScalar(meant) ? withMarks(meant, source) : source;
  };
  /** `!important note`, `&anchor text`: no author means a tag of his own, or an anchor that no alias names. */
  const withMarks = <T extends string | null>(scalar: Scalar, value: T): T | string => {
    const isTagged = scalar.tag !== undefined && !USUAL_TAG.test(scalar.tag);
    if (scalar.type !== "PLAIN" || (scalar.anchor === undefined && !isTagged)) return value;
    named ??= new Set(text.match(ALIAS));
    if ((!isTagged && named.has(`*${scalar.anchor}`)) || FLAG_OR_DATE.test(value ?? "")) return value;
    const [start, end] = scalar.range ?? [0, 0];
    const read = typeof scalar.value === "string" ? value : text.slice(start, end);
    const before = text.slice(Math.max(start - LONGEST_MARKS, 0), start).trimEnd();
    const marks = before.split(/\s+/).slice(-2);
    return [...marks.flatMap((word) => MARK.exec(word) ?? []), read ?? ""].join(" ").trimEnd();
  };
  let budget = MAX_NODES;
  let aliases = MAX_ALIASES;
  const anchored = (alias: Alias): Node => {
    const node = --aliases < 0 ? undefined : resolve(alias);
    if (!node) throw new Error(aliases < 0 ? "it has too many aliases" : `*${alias.source} names no anchor`);
    return node;
  };
  const toValue = (node: unknown, depth: number): Value => {
    if (--budget < 0 || depth > MAX_DEPTH) throw new Error("it is nested or repeated too often");
    if (isAlias(node)) return toValue(anchored(node), depth + 1);
    if (isScalar(node)) return withMarks(node, textOfScalar(node));
    if (isSeq(node)) return node.items.map((item) => toValue(item, depth + 1));
    if (!isMap(node)) return null;
    const { own, merged } = pairsOf(node, depth);
    const members = new Map<string, Value>();
    for (const { name, value } of own) members.set(name, toValue(value, depth + 1));
    for (const { name, value } of merged) if (!members.has(name)) members.set(name, toValue(value, depth + 1));
    return { members, source: sourceOf(node) };
  };
  /**
   * The pairs of a map, and those that `<<: *base` adds; a base may have another, and `draft: true` may stand there.
   */
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
    // Of a name that the base has twice the last one counts, as where the base is read by itself.
    return [...own.toReversed(), ...merged];
  };
  return { pairsOf, sourceOf, toValue };
}

/** As `alias.resolve`, which looks at the whole document each time: the last node before the alias that has its anchor. */
function resolver(document: Document.Parsed): (alias: Alias) => Node | undefined {
  let meanings: Map<Alias, Node | undefined> | undefined;
  const find = () => {
    const found = new Map<Alias, Node | undefined>();
    const anchors = new Map<string, Node>();
    visit(document, {
      Node: (_, node) => {
        if (isAlias(node)) found.set(node, anchors.get(node.source));
        else if ((isScalar(node) || isCollection(node)) && node.anchor) anchors.set(node.anchor, node);
      },
    });
    return found;
  };
  return (alias) => {
    meanings ??= find();
    return meanings.get(alias);
  };
}

/** `null` for an empty scalar, and for `~` and `null` without quotes. */
export function textOfScalar(scalar: Scalar): string | null {
  const text = String(scalar.value ?? "");
  return scalar.type === "PLAIN" && /^(~|null)?$/i.test(text) ? null : text;
}
