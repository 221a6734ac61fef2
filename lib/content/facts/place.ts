/** Content key → what the path itself says of a post: name, date, language, sections, whether it is set aside. */

import { oneLine } from "../../base/text.ts";
import { canonicalLanguage } from "../../site/language.ts";

export interface Place {
  /** The file's name without extension, language and date; its folder's for `index.md`. */
  readonly name: string;
  /** The same with its date. */
  readonly filename: string;
  /** The name with the folders below the posts folder before it. */
  readonly path: string;
  /** Folders below the content folder. */
  readonly sections: readonly string[];
  /** From a name such as `2024-10-15-hello.md`, or folders such as `2024/10/15`. */
  readonly date?: string;
  /**
   * From `hello.zh.md`, or a folder `zh` of a site that names its languages: as written there. It is left out of the
   * names and sections, so that translations differ in nothing else.
   */
  readonly language?: string;
  /** The same for all translations of a post that lie beside each other. */
  readonly translation: string;
  /** It lies among drafts, or under a name that starts with `_` or `.`. */
  readonly aside?: "draft" | "hidden";
  /** Folders above `_posts`, which Jekyll takes for categories. */
  readonly above: readonly string[];
}

/** What such a suffix says without the site naming its languages; codes that are also words are not here. */
const USUAL_LANGUAGES = new Set(
  "ar bn de el en es fa fi fr he hi hu id it ja ko nb nl pl pt ro ru sv th tr uk vi zh".split(" "),
);
const DATED_NAME = /^((?:19|20)\d\d)([-_.])(\d{1,2})\2(\d{1,2})(?:[-_. ]+(.+))?$/;
const COMPACT_NAME = /^((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])[-_]+(.+)$/;
const DATED_FOLDERS = /(?:^|\/)((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/-]|$)/;

/** `globs`: of the keys that are posts; `languages`: those that the site names. */
export function placeOf(key: string, globs: readonly string[], languages: readonly string[]): Place {
  const spelt = speltFolder(key, globs);
  const base = spelt || (/^[^/]*\//.exec(key)?.[0] ?? "");
  const parts = key.replace(/\.[^./]*$/, "").split("/");
  const last = parts.pop() ?? "";
  const { stem, language: suffix } = withoutLanguage(last, languages);
  const isBundle = stem === "index" && parts.length > 0;
  const written = isBundle ? (parts.pop() ?? "") : stem;
  const [date, name] = datedName(written);

  const root = rootOf(parts);
  // A folder named after a language is one like any other, unless the site names its languages.
  const isFolder = (part: string, i: number) => i >= root && i < root + 2 && isLanguage(part, languages);
  const folder = suffix === undefined && languages.length > 1 ? parts.findIndex(isFolder) : -1;
  const language = suffix ?? parts[folder];
  const isKept = (_: string, i: number) => i !== folder;
  const dated = date ?? datedFolders(parts);
  const below = base.split("/").length - 1;
  const posts = parts.indexOf("_posts");
  const aside = asideOf(key.slice(spelt.length));
  return {
    name: oneLine(name),
    filename: oneLine(written),
    path: oneLine([...parts.filter((part, i) => i >= below && isKept(part, i)), name].join("/")),
    sections: parts.filter((part, i) => i >= root && isKept(part, i)),
    above: posts < 0 ? [] : parts.slice(spelt.split("/").length - 1, posts),
    ...(dated !== undefined && { date: dated }),
    ...(language !== undefined && { language }),
    translation: [...parts.filter((_, i) => i !== folder), written].join("/"),
    ...(aside && { aside }),
  };
}

/** What the translations of a post have in common: the key without extension and language. */
export const translationKey = (key: string): string => key.replace(/\.[^./]*$/, "").replace(/\/index$/, "");

/** The part of the key that a glob spells out, such as `source/_posts/`, if one does. */
function speltFolder(key: string, globs: readonly string[]): string {
  const bases = globs
    .map((glob) => glob.slice(0, Math.max(glob.search(/[*?[{(!]/), 0)).replace(/[^/]*$/, ""))
    .filter((base) => base !== "" && key.startsWith(base));
  return bases.sort((a, b) => b.length - a.length)[0] ?? "";
}

/** Where the sections begin: after the folders in which generators keep content. */
const rootOf = (folders: readonly string[]): number =>
  folders.findLastIndex((part) => /^(?:content|src|source|_posts|_drafts)$/.test(part)) + 1;

function withoutLanguage(stem: string, languages: readonly string[]): { stem: string; language?: string } {
  const [, bare, code] = /^(.+)\.([a-z]{2,3}(?:[-_][a-z\d]{2,4})*)$/i.exec(stem) ?? [];
  return bare !== undefined && code !== undefined && isLanguage(code, languages)
    ? { stem: bare, language: code }
    : { stem };
}

function isLanguage(written: string, languages: readonly string[]): boolean {
  if (!/^[a-z]{2,3}(?:[-_](?:[a-z]{4}|[a-z]{2}|\d{3}))*$/i.test(written)) return false;
  const code = canonicalLanguage(written);
  if (code === undefined) return false;
  const named = languages.map((tag) => tag.toLowerCase());
  if (named.includes(code.toLowerCase())) return true;
  if (languages.length > 1) return named.some((tag) => tag.split("-")[0] === code.toLowerCase());
  return USUAL_LANGUAGES.has(code.split("-")[0] ?? "");
}

/** Unpadded too. A name that is nothing but a date keeps it. */
function datedName(written: string): readonly [date: string | undefined, name: string] {
  const [, year, , month, day, name] = DATED_NAME.exec(written) ?? [];
  if (year !== undefined) return [`${year}-${month}-${day}`, name ?? written];
  const [, y, m, d, rest] = COMPACT_NAME.exec(written) ?? [];
  return y === undefined ? [undefined, written] : [`${y}-${m}-${d}`, rest ?? written];
}

function datedFolders(folders: readonly string[]): string | undefined {
  const [, year, month, day] = DATED_FOLDERS.exec(folders.join("/")) ?? [];
  return year === undefined ? undefined : `${year}-${month}-${day}`;
}

function asideOf(key: string): Place["aside"] {
  const parts = key.split("/");
  if (parts.some((part) => /^_drafts?$/i.test(part))) return "draft";
  return parts.some((part) => /^[_.]/.test(part) && part !== "_posts") ? "hidden" : undefined;
}
