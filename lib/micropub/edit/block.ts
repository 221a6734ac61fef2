/** The front matter of a file: where it lies, in which language it is, and what edits its fields. */
import { type HttpError, invalid } from "../../base/http/error.ts";
import { findFrontMatter } from "../../content/frontmatter/fences.ts";
import type { ValueForm } from "../post/values.ts";
import { tomlEditor } from "./toml.ts";
import type { FieldEditor } from "./types.ts";
import { yamlEditor } from "./yaml.ts";

export interface EditableBlock {
  readonly editor: FieldEditor;
  readonly form: ValueForm;
  readonly bodyAt: number;
}

export const cannotEdit = (path: readonly string[]): HttpError =>
  invalid(
    `the front matter has \`${path.join(".")}\` in a form that cannot be edited here: edit the file where it was written`,
  );

/** `undefined`: the file has none. */
export function blockOf(text: string): EditableBlock | undefined {
  const found = findFrontMatter(text);
  if (!found) return undefined;
  if ("code" in found) throw invalid(`the front matter cannot be read: ${found.message}`);
  const { form, line, text: inner, bodyAt } = found;
  const start = startOf(text, line, inner, form);
  if (start === undefined) throw cannotEdit(["front matter"]);
  try {
    const editor = form === "toml" ? tomlEditor(inner, start) : yamlEditor(inner, start);
    const isInBraces = form === "json" || form === "hexo-json";
    if (editor) return { editor, form: form === "toml" ? "toml" : isInBraces ? "json" : "yaml", bodyAt };
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
