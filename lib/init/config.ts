/** A configuration in YAML, TOML or JSON → its values, each with its line. */

import { oneLine } from "../base/text.ts";
import { readJsonFile, readTomlFile, readYamlFile } from "../content/defaults/file.ts";
import { foldKey, listOf } from "../content/facts/members.ts";
import { type Field, isMapValue, type Value } from "../content/frontmatter/types.ts";
import type { Said } from "./types.ts";

export interface ConfigValues {
  /** The value at a path of names, of which case, `-` and `_` do not count; where several files have one, the first. */
  readonly valueAt: (...path: readonly string[]) => Said<Value> | undefined;
  /** The same as one line of text; an empty one counts as missing. */
  readonly textAt: (...path: readonly string[]) => Said | undefined;
  /** The texts of a list, or the one text. */
  readonly listAt: (...path: readonly string[]) => Said<readonly string[]> | undefined;
  /** The names of a map's members, as written. */
  readonly namesAt: (...path: readonly string[]) => readonly string[];
  /** What cannot be read. */
  readonly remarks: readonly string[];
}

/** One file, or a part of one whose values are below `prefix`. */
export interface ConfigFile {
  readonly file: string;
  readonly text: string;
  readonly prefix?: readonly string[];
}

export const plainText = (value: Value | undefined): string | undefined =>
  typeof value === "string" ? oneLine(value).toWellFormed() || undefined : undefined;

export function readConfig(files: readonly ConfigFile[]): ConfigValues {
  const read = files.map(({ file, text, prefix = [] }) => ({ file, prefix, text, ...fieldsOf(file, text) }));

  const valueAt = (...path: readonly string[]): Said<Value> | undefined => {
    for (const { file, prefix, text, fields } of read) {
      const inner = path.slice(prefix.length);
      if (prefix.some((name, i) => foldKey(name) !== foldKey(path[i] ?? "")) || inner.length === 0) continue;
      const found = valueIn(fields, text, inner);
      if (found) return { value: found.value, from: `${file}:${found.line}` };
    }
    return undefined;
  };
  const textAt = (...path: readonly string[]): Said | undefined => {
    const found = valueAt(...path);
    const value = plainText(found?.value);
    return found && value !== undefined ? { value, from: found.from } : undefined;
  };
  return {
    valueAt,
    textAt,
    listAt: (...path) => {
      const found = valueAt(...path);
      const value = listOf(found?.value ?? null).flatMap((each) => plainText(each) ?? []);
      return found && value.length > 0 ? { value, from: found.from } : undefined;
    },
    namesAt: (...path) => [
      ...new Set(
        read.flatMap(({ prefix, fields, text }) => {
          if (prefix.some((name, i) => foldKey(name) !== foldKey(path[i] ?? name))) return [];
          if (prefix.length > path.length) return [];
          const inner = path.slice(prefix.length);
          if (inner.length === 0) return [...fields.keys()];
          const value = valueIn(fields, text, inner)?.value ?? null;
          return isMapValue(value) ? [...value.members.keys()] : [];
        }),
      ),
    ],
    remarks: read.flatMap(({ remarks }) => remarks),
  };
}

function fieldsOf(file: string, text: string) {
  const read = file.endsWith(".toml") ? readTomlFile : file.endsWith(".json") ? readJsonFile : readYamlFile;
  const { fields, problems } = read(file, text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n"));
  const broken = text.indexOf("\ufffd");
  return {
    fields: new Map<string, Field>(fields),
    remarks: [
      ...problems.map(({ line, message }) => `${file}:${line ?? 1}: ${message}`),
      ...(broken < 0
        ? []
        : [
            `${file}:${text.slice(0, broken).split("\n").length}: is not UTF-8; save it so, and begin anew with --force`,
          ]),
    ],
  };
}

function valueIn(
  fields: ReadonlyMap<string, Field>,
  text: string,
  [first = "", ...rest]: readonly string[],
): { readonly value: Value; readonly line: number } | undefined {
  const field = [...fields].find(([name]) => foldKey(name) === foldKey(first))?.[1];
  if (!field) return undefined;
  let { value, line }: { value: Value; line: number } = field;
  for (const name of rest) {
    if (!isMapValue(value)) return undefined;
    const member: readonly [string, Value] | undefined = [...value.members].find(
      ([each]) => foldKey(each) === foldKey(name),
    );
    if (!member) return undefined;
    value = member[1];
    line = lineBelow(text, member[0], line);
  }
  return { value, line };
}

/** The line from `line` on where the name stands before `:` or `=`; fields know the line of the outermost name alone. */
function lineBelow(text: string, name: string, line: number): number {
  const lines = text.split("\n");
  for (let at = line - 1; at < lines.length; at++) {
    const written = lines[at]?.trimStart().replace(/^["']/, "") ?? "";
    if (written.startsWith(name) && /^["']?\s*[:=]/.test(written.slice(name.length))) return at + 1;
  }
  return line;
}
