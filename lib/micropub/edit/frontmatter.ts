/** The fields of a file → its bytes with some of them changed, and every other byte as it was. */
import { invalid } from "../../base/http/error.ts";
import { findFrontMatter } from "../../content/frontmatter/fences.ts";
import { readSource } from "../../content/frontmatter/frontmatter.ts";
import { type Field, isMapValue, type Value } from "../../content/frontmatter/types.ts";
import type { FieldValue } from "../post/types.ts";
import { keyText, type ValueForm, valueText } from "../post/values.ts";
import { type OpenedFile, openFile } from "./bytes.ts";
import { tomlEditor } from "./toml.ts";
import type { FieldEditor, Splice } from "./types.ts";
import { yamlEditor } from "./yaml.ts";

export interface FieldChange {
  /** In lower case; a name within a table behind it. */
  readonly path: readonly string[];
  /** How the last name of it is written where it is new. */
  readonly key: string;
  /** Nothing: the field goes. */
  readonly value?: FieldValue | undefined;
}

export interface FileChange {
  readonly fields: readonly FieldChange[];
  /** In the place of the text. */
  readonly body?: string | undefined;
}

interface Block {
  readonly editor: FieldEditor;
  readonly form: ValueForm;
  readonly text: string;
  readonly bodyAt: number;
}

/** Throws an `HttpError` where that would touch what is not meant. */
export function withChanges(bytes: Uint8Array, { fields, body }: FileChange): Uint8Array {
  const next = fields.reduce(withField, bytes);
  assertOnly(bytes, next, fields);
  if (body === undefined) return next;
  const file = opened(next);
  const block = blockOf(file.text);
  if (block || !findFrontMatter(body)) {
    return file.withEdits([narrowed(file.text, bodySplice(file.text, block?.bodyAt ?? 0, body))]);
  }
  // A text that would be taken for front matter: behind an empty one it is text.
  return file.withEdits([{ start: 0, end: file.text.length, text: `${NOTHING}${body}\n` }]);
}

const NOTHING = "---\n---\n";

/** One after the other: each is an edit of the lines that the last one left. */
function withField(bytes: Uint8Array, { path, key, value }: FieldChange): Uint8Array {
  const file = opened(bytes);
  const block = blockOf(file.text);
  if (!block) {
    if (value === undefined) return bytes;
    const line = `${keyText(key, "yaml")}: ${valueText(value, "yaml")}`;
    return file.withEdits([{ start: 0, end: 0, text: `---\n${line}\n---\n` }]);
  }
  const { editor, form } = block;
  if (value === undefined) return file.withEdits(editor.remove(path) ?? []);
  const splices = editor.set(path, valueText(value, form), keyText(key, form));
  if (!splices) throw beyond(path);
  return file.withEdits(splices);
}

function opened(bytes: Uint8Array): OpenedFile {
  const file = openFile(bytes);
  if (!file) throw invalid("the file is not valid UTF-8, so it cannot be edited here: correct it where it was written");
  return file;
}

/** The value of a field as it is written. */
export function writtenIn(bytes: Uint8Array, path: readonly string[]): string | undefined {
  const file = openFile(bytes);
  return file && blockOf(file.text)?.editor.written(path);
}

/** Without its front matter, if nothing is left of it. */
export function withoutEmptyBlock(bytes: Uint8Array): Uint8Array {
  const file = openFile(bytes);
  const found = file && findFrontMatter(file.text);
  if (!file || !found || "code" in found || found.text !== "" || found.form !== "yaml") return bytes;
  if (findFrontMatter(file.text.slice(found.bodyAt))) return bytes;
  return file.withEdits([{ start: 0, end: found.bodyAt, text: "" }]);
}

const beyond = (path: readonly string[]) =>
  invalid(
    `the front matter has \`${path.join(".")}\` in a form that cannot be edited here: edit the file where it was written`,
  );

function blockOf(text: string): Block | undefined {
  const found = findFrontMatter(text);
  if (!found) return undefined;
  if ("code" in found) throw invalid(`the front matter cannot be read: ${found.message}`);
  const { form, line, text: inner, bodyAt } = found;
  const start = startOf(text, line, inner, form);
  if (start === undefined) throw beyond(["front matter"]);
  try {
    const editor = form === "toml" ? tomlEditor(inner, start) : yamlEditor(inner, start);
    const isInBraces = form === "json" || form === "hexo-json";
    if (editor) return { editor, form: form === "toml" ? "toml" : isInBraces ? "json" : "yaml", text: inner, bodyAt };
  } catch {
    // It is too large, or has errors.
  }
  throw invalid("the front matter cannot be read: correct it where it was written");
}

/** Where what was found begins: at its line, or behind the fence there. Hexo's JSON may be read with a brace that it does not have. */
function startOf(text: string, line: number, inner: string, form: string): number | undefined {
  let at = 0;
  for (let passed = 1; passed < line; passed++) at = text.indexOf("\n", at) + 1;
  const below = text.indexOf("\n", at);
  if (form === "hexo-json") {
    const members = inner.slice(1, -2);
    const start = [at, below].find((each) => each >= 0 && text.startsWith(members, each));
    if (start !== undefined && !text.startsWith(inner, start)) return start - 1;
  }
  const start = inner === "" || inner.startsWith("\n") ? below : at;
  return start >= 0 && text.startsWith(inner, start) ? start : undefined;
}

/** Between the blank lines above it and at its end, which stay. */
function bodySplice(text: string, bodyAt: number, body: string): Splice {
  const written = text.slice(bodyAt);
  const above = /^(?:[ \t]*\n)*/.exec(written)?.[0].length ?? 0;
  const below = written.trimEnd().length;
  if (below <= above) {
    const gap = bodyAt === 0 ? "" : "\n";
    return {
      start: bodyAt,
      end: text.length,
      text: `${text.charAt(bodyAt - 1) === "\n" || bodyAt === 0 ? gap : "\n\n"}${body}\n`,
    };
  }
  return { start: bodyAt + above, end: bodyAt + below, text: body };
}

/** Without what stays the same at both ends, whose bytes are left alone. */
function narrowed(whole: string, { start, end, text }: Splice): Splice {
  const most = Math.min(end - start, text.length);
  let same = 0;
  while (same < most && whole[start + same] === text[same]) same += 1;
  let after = 0;
  while (after < most - same && whole[end - 1 - after] === text[text.length - 1 - after]) after += 1;
  return { start: start + same, end: end - after, text: text.slice(same, text.length - after) };
}

/** The last resort: whatever the editor did, all other fields read as they did. */
function assertOnly(before: Uint8Array, after: Uint8Array, changes: readonly FieldChange[]): void {
  const [old, next] = [before, after].map((bytes) => readSource("", bytes).source);
  const changed = new Set(changes.map(({ path }) => path[0]));
  const names = new Set([...(old?.fields.keys() ?? []), ...(next?.fields.keys() ?? [])]);
  for (const name of names) {
    if (!changed.has(name) && !isSame(old?.fields.get(name), next?.fields.get(name))) throw beyond([name]);
  }
  for (const { path, value } of changes) {
    const field = next?.fields.get(path[0] ?? "");
    const found = path.length > 1 ? memberOf(field?.value ?? null, path[1] ?? "") : field;
    if ((found === undefined) !== (value === undefined)) throw beyond(path);
  }
}

function memberOf(value: Value, name: string): Value | undefined {
  if (!isMapValue(value)) return undefined;
  return [...value.members].find(([each]) => each.toLowerCase() === name)?.[1];
}

function isSame(one: Field | undefined, other: Field | undefined): boolean {
  return JSON.stringify(plain(one?.value ?? null)) === JSON.stringify(plain(other?.value ?? null));
}

function plain(value: Value): unknown {
  if (value === null || typeof value === "string") return value;
  return isMapValue(value) ? [...value.members].map(([name, each]) => [name, plain(each)]) : value.map(plain);
}
