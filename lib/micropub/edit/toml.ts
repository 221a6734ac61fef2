/** Edits of TOML, by the ranges of its nodes. */
import { type AST, parseTOML } from "toml-eslint-parser";
import { visibleName } from "../../content/frontmatter/invisible.ts";
import type { FieldEditor, Splice } from "./types.ts";

type Body = AST.TOMLTopLevelTable["body"];

/** `at` is the offset of the text in its file. Throws where it cannot be parsed. */
export function tomlEditor(text: string, at: number): FieldEditor {
  const { body } = parseTOML(text).body[0];
  const moved = (splices: readonly Splice[] | undefined) =>
    splices?.map(({ start, end, text: put }) => ({ start: start + at, end: end + at, text: put }));
  return {
    set(path, value, key) {
      const pair = pairAt(body, path);
      if (pair) return moved([{ start: pair.value.range[0], end: pair.value.range[1], text: value }]);
      return moved(
        path.length > 1
          ? addedBelow(text, body, path, `${key} = ${value}`)
          : addedAbove(text, body, `${key} = ${value}`),
      );
    },
    remove(path) {
      const pair = pairAt(body, path);
      return pair && moved([tableOf(text, body, pair) ?? lineOf(text, pair.range)]);
    },
    written(path) {
      const pair = pairAt(body, path);
      return pair && text.slice(...pair.value.range);
    },
  };
}

const namesOf = ({ keys }: AST.TOMLKey): readonly string[] =>
  keys.map((key) => visibleName(key.type === "TOMLBare" ? key.name : key.value));

/** Finds it by its dotted key, or in the table that the first name of the path names. */
function pairAt(body: Body, path: readonly string[]): AST.TOMLKeyValue | undefined {
  const whole = path.join("\0");
  for (const node of body) {
    if (node.type === "TOMLKeyValue") {
      if (namesOf(node.key).join("\0") === whole) return node;
    } else if (node.kind === "standard") {
      const table = node.resolvedKey.map((name) => visibleName(String(name)));
      const pair = node.body.find(({ key }) => [...table, ...namesOf(key)].join("\0") === whole);
      if (pair) return pair;
    }
  }
  return undefined;
}

/** Adds a pair that is in no table: after the others of that kind, before the first table. */
function addedAbove(text: string, body: Body, line: string): readonly Splice[] {
  const last = body.filter((node) => node.type === "TOMLKeyValue").at(-1);
  const table = body.find((node) => node.type === "TOMLTable");
  if (last) {
    const end = lineEnd(text, last.range[1]);
    return [{ start: end, end, text: `\n${line}` }];
  }
  if (!table) return [{ start: text.length, end: text.length, text: `\n${line}` }];
  const start = text.lastIndexOf("\n", table.range[0] - 1) + 1;
  return [{ start, end: start, text: `${line}\n\n` }];
}

/** Adds a pair to its table, or to a new table at the end. */
function addedBelow(
  text: string,
  body: Body,
  [table = ""]: readonly string[],
  line: string,
): readonly Splice[] | undefined {
  const named = (node: Body[number]) =>
    node.type === "TOMLTable" ? visibleName(String(node.resolvedKey[0])) : namesOf(node.key)[0];
  const same = body.filter((node) => named(node) === table);
  const own = same.find(
    (node) => node.type === "TOMLTable" && node.kind === "standard" && node.resolvedKey.length === 1,
  );
  if (own?.type === "TOMLTable") {
    const end = lineEnd(text, own.body.at(-1)?.range[1] ?? own.key.range[1]);
    return [{ start: end, end, text: `\n${line}` }];
  }
  // `taxonomies = { … }` and `taxonomies.tags = …` cannot be followed by a table of that name.
  if (same.length > 0) return undefined;
  const end = text.trimEnd().length;
  return [{ start: end, end, text: `\n\n[${table}]\n${line}` }];
}

/** The last table, if it holds nothing but this pair, as after `addedBelow`. */
function tableOf(text: string, body: Body, pair: AST.TOMLKeyValue): Splice | undefined {
  const last = body.at(-1);
  const isAlone = last?.type === "TOMLTable" && last.body.length === 1 && last.body[0] === pair;
  if (!isAlone || body.length === 1 || text.slice(last.key.range[1], pair.range[0]).trim() !== "]") return undefined;
  const above = text.slice(0, last.range[0]);
  if (!above.endsWith("\n\n") || text.slice(pair.range[1]).trim() !== "") return undefined;
  return { start: above.length - 2, end: pair.range[1], text: "" };
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

function lineOf(text: string, [start, end]: readonly [number, number]): Splice {
  const line = text.lastIndexOf("\n", start - 1);
  const stop = lineEnd(text, end);
  return line < 0 ? { start: 0, end: Math.min(stop + 1, text.length), text: "" } : { start: line, end: stop, text: "" };
}
