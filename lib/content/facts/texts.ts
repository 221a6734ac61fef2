/** The title and description of a post, and how much of it feeds carry. */

import type { ReportProblem } from "../../base/problems.ts";
import { oneLine, withoutMarkup } from "../../base/text.ts";
import type { Content } from "../../model.ts";
import { type Fields, flagOf, given, textOf } from "../frontmatter/values.ts";
import { isHtmlFile } from "../inputs.ts";
import { firstHeading } from "../markdown/markdown.ts";
import type { Within } from "./bounds.ts";
import { KEYS } from "./dialects.ts";
import type { Place } from "./place.ts";

/** The title in the front matter, which may be empty; else the first heading, or a file name that holds a letter. */
export function readTitle(fields: Fields, markdown: string, key: string, { name }: Place): string {
  const written = textOf(given(fields, ...KEYS.title));
  if (written !== undefined) return written;
  if (fields.has("title")) return "";
  return (isHtmlFile(key) ? undefined : headingOf(markdown)) ?? (/\p{L}/u.test(name) ? name : "");
}

/** `undefined` for Markdown that takes too much work up to its first heading. */
function headingOf(markdown: string): string | undefined {
  try {
    return oneLine(firstHeading(markdown) ?? "") || undefined;
  } catch {
    return undefined;
  }
}

/** The first description that is text; a flag (`excerpt: true`) is an option of the theme. */
export function readDescription(fields: Fields, within: Within): string | undefined {
  for (const key of KEYS.description) {
    const field = fields.get(key);
    const text = typeof field?.value === "string" && typeof flagOf(field) !== "boolean" ? textOf(field) : undefined;
    if (text !== undefined) return oneLine(withoutMarkup(within("description", text, field))) || undefined;
  }
  return undefined;
}

/** Text under this key is for the site generator; a single word may be a mistake. */
export function readContent(fields: Fields, report: ReportProblem): Content | undefined {
  const field = given(fields, ...KEYS.content);
  const text = textOf(field)?.toLowerCase();
  if (text === "full" || text === "summary") return text;
  if (text && /^[a-z]+$/.test(text)) report("content-unclear", `content: ${text} is neither full nor summary`, field);
  return undefined;
}
