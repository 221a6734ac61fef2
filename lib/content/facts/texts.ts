/** The title and description of a post, and how much of it feeds carry. */
import type { ReportProblem } from "../../base/problems.ts";
import { oneLine, withoutMarkup } from "../../base/text.ts";
import type { Content, DialectName, Post } from "../../model.ts";
import type { Field } from "../frontmatter/types.ts";
import { type Fields, flagOf, given, textOf } from "../frontmatter/values.ts";
import { titleIn } from "../html/titles.ts";
import { isHtmlFile } from "../inputs.ts";
import { firstHeading, loneHeading, onlyHeading } from "../markdown/markdown.ts";
import type { Within } from "./bounds.ts";
import { KEYS } from "./dialects.ts";
import type { Place } from "./place.ts";
import { printed } from "./printed.ts";

export interface Untitled {
  readonly key: string;
  readonly place: Place;
  readonly dialect: DialectName;
  readonly emoji: boolean;
}

/**
 * The title in the front matter, which may be empty; else what the generator shows: to Jekyll the file's name, to others the
 * first heading, or a name that holds a letter.
 */
export function readTitle(fields: Fields, markdown: string, untitled: Untitled): string {
  const { key, dialect } = untitled;
  const { name } = untitled.place;
  const field = fields.get("title");
  const written = textOf(given(fields, ...KEYS.title));
  if (written !== undefined) return written;
  const isNamed = /\p{L}/u.test(name);
  if (dialect === "jekyll" && isNamed && !isQuotedEmpty(field)) return titleCase(name);
  if (field) return "";
  return (
    (isHtmlFile(key) ? titleIn(markdown, dialect === "hexo") : headingOf(markdown, untitled, isNamed)) ??
    (isNamed ? oneLine(name) : "")
  );
}

const isQuotedEmpty = (field: Field | undefined): boolean => field !== undefined && /^["']/.test(field.source);

/** Each word of a dashed name with a capital, as Jekyll makes a title of it. */
const titleCase = (name: string): string =>
  name
    .split("-")
    .map((word) => [...word].map((letter, i) => (i === 0 ? letter.toUpperCase() : letter.toLowerCase())).join(""))
    .join(" ");

/** `undefined` for Markdown that takes too much work up to its first heading. */
function headingOf(markdown: string, { dialect, emoji, place }: Untitled, isNamed: boolean): string | undefined {
  // A folder is named for its post, and the first of several headings that are alike is that of a section.
  const ofFolder = isNamed && place.stem === "index" && place.name !== "index" ? loneHeading : firstHeading;
  // Hexo shows a post without a title under none: only a heading that must be its title is taken for it.
  const heading = dialect === "hexo" ? onlyHeading : ofFolder;
  try {
    return oneLine(heading(markdown, { dialect, emoji }) ?? "") || undefined;
  } catch {
    return undefined;
  }
}

/** The first description that is text; a flag (`excerpt: true`) is an option of the theme. */
export function readDescription(fields: Fields, dialect: DialectName, within: Within): string | undefined {
  for (const key of KEYS.description) {
    const field = fields.get(key);
    const text = typeof field?.value === "string" && typeof flagOf(field) !== "boolean" ? textOf(field) : undefined;
    if (text === undefined) continue;
    return printed(oneLine(withoutMarkup(within("description", text, field))), dialect) || undefined;
  }
  return undefined;
}

/** Whether the front matter says what the excerpt is, or with an empty separator that there is none. */
export function readExcerpt(fields: Fields): Post["excerpt"] {
  if (fields.get(SEPARATOR)?.value === "") return "none";
  const field = fields.get("excerpt");
  return textOf(field) !== undefined && typeof flagOf(field) !== "boolean" ? false : undefined;
}

const SEPARATOR = "excerpt_separator";

/** The text with a more mark in the place of its own separator (Jekyll, gray-matter), on as many lines. */
export function withMoreMark(text: string, fields: Fields, codeIn: (text: string) => (at: number) => boolean): string {
  const written = fields.get(SEPARATOR)?.value;
  const separator = typeof written === "string" ? written.trim() || written : "";
  if (separator === "" || !text.includes(separator)) return text;
  const isCode = codeIn(text);
  let at = text.indexOf(separator, text.search(/\S/));
  while (at !== -1 && isCode(at)) at = text.indexOf(separator, at + separator.length);
  if (at === -1) return text;
  const lines = separator.replace(/[^\n]/g, "");
  // Of lines alone all but one stay before the mark, which is a block of its own then.
  const mark = separator.trim() === "" ? `${lines.slice(1)}<!--more-->${lines.slice(0, 1)}` : `<!--more-->${lines}`;
  return text.slice(0, at) + mark + text.slice(at + separator.length);
}

/** Text under this key is for the site generator; a single word may be a mistake. */
export function readContent(fields: Fields, report: ReportProblem): Content | undefined {
  const field = given(fields, ...KEYS.content);
  const text = textOf(field)?.toLowerCase();
  if (text === "full" || text === "summary") return text;
  if (text && /^[a-z]+$/.test(text)) report("content-unclear", `content: ${text} is neither full nor summary`, field);
  return undefined;
}
