/** The fields of a file → its bytes with some of them changed, and every other byte as it was. */
import { invalid } from "../../base/http/error.ts";
import { findFrontMatter } from "../../content/frontmatter/fences.ts";
import type { FieldValue } from "../post/types.ts";
import { keyText, valueText } from "../post/values.ts";
import { blockOf, cannotEdit } from "./block.ts";
import { bodySplice, narrowed } from "./body.ts";
import { type OpenedFile, openFile } from "./bytes.ts";
import { assertOnly } from "./only.ts";

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
  if (!splices) throw cannotEdit(path);
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
