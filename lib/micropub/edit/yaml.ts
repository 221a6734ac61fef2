/** Edits of YAML and JSON, by the ranges of its nodes: a key's line, or its value alone. */
import { isMap, isScalar, type Pair, type ParsedNode, type Scalar, type YAMLMap } from "yaml";
import { parseYaml } from "../../base/yaml.ts";
import { visibleName } from "../../content/frontmatter/invisible.ts";
import type { FieldEditor, Splice } from "./types.ts";

type Node = ParsedNode | null;
type Root = YAMLMap.Parsed;
type Item = Pair<ParsedNode, Node>;

/** `at` is the offset of the text in its file. Throws `YamlTooLarge`. */
export function yamlEditor(text: string, at: number): FieldEditor | undefined {
  const { document } = parseYaml(text, { schema: "failsafe" });
  if (document.errors.length > 0) return undefined;
  const root = document.contents as Node;
  if (root !== null && !isMap(root) && !(isScalar(root) && root.source === "")) return undefined;
  const map = isMap(root) ? (root as Root) : undefined;
  const moved = (splices: readonly Splice[] | undefined) =>
    splices?.map(({ start, end, text: put }) => ({ start: start + at, end: end + at, text: put }));
  return {
    set(path, value, key) {
      const found = map && itemAt(map, path);
      if (found) return moved([{ ...valueRange(text, found.item), text: padded(text, found.item, value) }]);
      const line = `${key}: ${value}`;
      const parent = path.length > 1 ? map && itemAt(map, path.slice(0, -1))?.item : undefined;
      if (parent) return isMap(parent.value) ? moved(added(text, parent.value as Root, line)) : undefined;
      return moved(added(text, map, path.length > 1 ? `${path[0]}: { ${line} }` : line));
    },
    remove(path) {
      const found = map && itemAt(map, path);
      return found && moved(removed(text, found.map, found.item));
    },
    written(path) {
      const found = map && itemAt(map, path);
      if (!found?.item.value) return undefined;
      const { start, end } = valueRange(text, found.item);
      return text.slice(start, end).trim();
    },
  };
}

function itemAt(map: Root, [name = "", ...rest]: readonly string[]): { map: Root; item: Item } | undefined {
  const named = map.items.filter(({ key }) => isScalar(key) && visibleName(String(key.value)) === name);
  const item = named.at(-1) as Item | undefined;
  if (!item || rest.length === 0) return item && { map, item };
  return isMap(item.value) ? itemAt(item.value as Root, rest) : undefined;
}

const rangeOf = (node: Node): readonly [number, number] => [node?.range[0] ?? 0, node?.range[1] ?? 0];

/** The range of a value, its anchor or tag included; where there is no value, the place behind the colon. */
function valueRange(text: string, { key, value }: Item): { readonly start: number; readonly end: number } {
  const behind = text.indexOf(":", rangeOf(key)[1]) + 1;
  if (value === null || (isScalar(value) && (value as Scalar).source === "")) return { start: behind, end: behind };
  const line = text.slice(behind, rangeOf(value)[0]);
  // What stands on further lines, the mark of a block scalar, an anchor and a tag belong to the value.
  const isBelow = line.includes("\n") || /[&!|>]/.test(line);
  const start = isBelow ? behind : rangeOf(value)[0];
  const written = text.slice(start, rangeOf(value)[1]);
  return { start, end: start + written.trimEnd().length };
}

function padded(text: string, item: Item, value: string): string {
  return text.charAt(valueRange(text, item).start - 1) === ":" ? ` ${value}` : value;
}

/** Adds a line after the last key of the map. */
function added(text: string, map: Root | undefined, line: string): readonly Splice[] | undefined {
  if (!map) return [{ start: text.length, end: text.length, text: `\n${line}` }];
  const [first, last] = [map.items[0], map.items.at(-1)] as const;
  const [start, end] = rangeOf(map as ParsedNode);
  if (map.flow) {
    const lastEnd = last ? Math.max(rangeOf(last.value as Node)[1], rangeOf(last.key)[1]) : start + 1;
    const isOnLines = first && text.slice(start, rangeOf(first.key)[0]).includes("\n");
    const blank = isOnLines ? `\n${indentOf(text, rangeOf(first.key)[0])}` : " ";
    return [
      {
        start: lastEnd,
        end: lastEnd,
        text: `${last ? "," : ""}${last || isOnLines ? blank : " "}${line}${last ? "" : " "}`,
      },
    ];
  }
  if (!first) return undefined;
  const indent = indentOf(text, rangeOf(first.key)[0]);
  // A text that keeps the blank lines at its end would have one more: there the line goes before the last key.
  if (last && keepsBlankLines(text, last as Item)) {
    const start = rangeOf(last.key)[0];
    return [{ start, end: start, text: `${line}\n${indent}` }];
  }
  const isWhole = text.slice(end).trim() === "";
  const at = isWhole ? text.length : lineEnd(text, text.slice(0, end).trimEnd().length);
  return [{ start: at, end: at, text: `\n${indent}${line}` }];
}

/** Whether the blank lines at its end belong to the value, as those of `note: |+`. */
function keepsBlankLines(text: string, { key, value }: Item): boolean {
  return /^[^\n]*[|>]\d?\+/.test(text.slice(rangeOf(key)[1], rangeOf(value)[0] + 3));
}

function indentOf(text: string, at: number): string {
  const start = text.lastIndexOf("\n", at - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, at))?.[0] ?? "";
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

/** Removes a key with the line end before it, or with its comma where the map is in braces. */
function removed(text: string, map: Root, item: Item): readonly Splice[] {
  const [start] = rangeOf(item.key);
  const { end } = valueRange(text, item);
  if (!map.flow) {
    const line = text.lastIndexOf("\n", start - 1);
    const stop = lineEnd(text, end);
    const above = map.items[map.items.indexOf(item) - 1];
    if (above && keepsBlankLines(text, above as Item)) {
      const blank = /^(?:\n[ \t]*(?=\n))*\n?/.exec(text.slice(stop))?.[0].length ?? 0;
      return [{ start: line + 1, end: stop + blank, text: "" }];
    }
    // The first line of a text has no line end before it.
    return [
      line < 0 ? { start: 0, end: Math.min(stop + 1, text.length), text: "" } : { start: line, end: stop, text: "" },
    ];
  }
  const at = map.items.indexOf(item);
  const next = map.items[at + 1];
  if (next) return [{ start, end: rangeOf(next.key as ParsedNode)[0], text: "" }];
  const before = map.items[at - 1];
  const from = before ? Math.max(rangeOf(before.value as Node)[1], rangeOf(before.key as ParsedNode)[1]) : start;
  return [{ start: from, end, text: "" }];
}
