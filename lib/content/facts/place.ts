/** Content key → what the path says about a post: name, date, language, sections, whether it is held back. */
import { memoisedOf } from "../../base/memoised.ts";
import { present } from "../../base/optional.ts";
import { xmlSafe } from "../../base/text.ts";
import { canonicalLanguage } from "../../site/language.ts";
import type { Site } from "../../site/types.ts";

export interface Place {
  /** The file's name without extension, language and date; for `index.md` that of its folder. */
  readonly name: string;
  /** The same with its date. */
  readonly filename: string;
  /** The folders below the posts folder, and the name. */
  readonly path: string;
  /** Folders below the content folder; that of an `index.md`, which is named for it, is none of them. */
  readonly sections: readonly string[];
  /** The file's name as written, without extension and language. */
  readonly stem: string;
  /** Folders below the content folder, that of an `index.md` among them. */
  readonly folders: readonly string[];
  /** The folders below the posts folder, and `stem`. */
  readonly below: string;
  /** From a name such as `2024-10-15-hello.md`, or folders such as `2024/10/15`. */
  readonly date?: string;
  /**
   * As written in `hello.zh.md`, or in a folder `zh` of a site that names its languages. It is left out of the names
   * and sections, so that translations differ in nothing else.
   */
  readonly language?: string;
  /** Equal for all translations of a post that are stored beside each other. */
  readonly translation: string;
  /** It is in a folder of drafts, or some name in the path begins with `.` or, but for Hugo, with `_`. */
  readonly aside?: "draft" | "hidden";
  /** Folders above `_posts`, which Jekyll reads as categories. */
  readonly above: readonly string[];
}

/** Suffixes that are languages on a site that names none; codes that are also common words are left out. */
const USUAL_LANGUAGES = new Set(
  "ar bn de el en es fa fi fr he hi hu id it ja ko nb nl pl pt ro ru sv th tr uk vi zh".split(" "),
);
const DATED_NAME = /^((?:19|20)\d\d)([-_.])(\d{1,2})\2(\d{1,2})(?:[-_. ][-_ ]*(.+))?$/;
const TIMED_NAME = /^((?:19|20)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d))(?:[-_](.+))?$/;
const COMPACT_NAME = /^((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])[-_]+(.+)$/;
const DATED_FOLDERS = /(?:^|\/)((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/-]|$)/;

/** A folder at the root of the content that holds a site of Jekyll, as hosts have it. */
export const SITE_FOLDER = /^(?:docs|src|site)\//;

export function placeOf(key: string, site: Pick<Site, "posts" | "languages" | "dialect">): Place {
  const { posts: globs, languages, dialect } = site;
  const postsFolder = literalFolder(key, globs);
  const base = postsFolder || (/^[^/]*\//.exec(key)?.[0] ?? "");
  const parts = key.replace(/\.[^./]*$/, "").split("/");
  const last = parts.pop() ?? "";
  const { stem, language: suffix } = withoutLanguage(last, languages);
  const all = [...parts];
  const isBundle = stem === "index" && parts.length > 0;
  const written = isBundle ? (parts.pop() ?? "") : stem;
  const [date, name] = datedName(written);

  const root = rootOf(parts);
  // A folder with the name of a language counts only where the site names its languages.
  const isFolder = (part: string, i: number) =>
    i >= root && i < root + 2 && isLanguage(part, languages) && (suffix === undefined || part === suffix);
  const folder = languages.length > 1 ? parts.findIndex(isFolder) : -1;
  const language = suffix ?? parts[folder];
  // Themes of Astro leave such a folder out of addresses, where they show what is in it.
  const isKept = (part: string, i: number) => i !== folder && !(dialect === "astro" && part.startsWith("_"));
  const dated = date ?? dateInFolders(parts.join("/"));
  const below = base.split("/").length - 1;
  const posts = parts.indexOf("_posts");
  const aside = asideOf(key.slice(postsFolder.length), dialect === "hugo");
  return {
    name: visible(name),
    filename: visible(written),
    path: visible([...parts.filter((part, i) => i >= below && isKept(part, i)), name].join("/")),
    sections: parts.filter((part, i) => i >= root && isKept(part, i)),
    stem: visible(stem),
    folders: all.filter((part, i) => i >= root && isKept(part, i)),
    below: visible([...all.filter((part, i) => i >= below && isKept(part, i)), stem].join("/")),
    above: posts < 0 ? [] : parts.slice(SITE_FOLDER.test(postsFolder) ? 1 : 0, posts),
    ...present({ date: dated, language }),
    translation: [...parts.filter((_, i) => i !== folder), written].join("/"),
    ...present({ aside }),
  };
}

/** The path with the date of the file's name. */
export const withDate = (place: Place): Place => ({
  ...place,
  path: place.path.slice(0, place.path.lastIndexOf("/") + 1) + place.filename,
});

/** As Hexo has it: the path is that of the file, and one named `index` is called so. */
export const withIndex = (place: Place): Place => ({
  ...place,
  path: place.below,
  name: place.stem === "index" ? place.stem : place.name,
});

/** As Eleventy has it: a file that is named as its folder is the index of that folder. */
export function withoutTwin(place: Place): Place {
  if (place.stem === "index" || place.stem !== place.folders.at(-1)) return place;
  const folders = place.below.split("/").slice(0, -2);
  return { ...place, sections: place.folders.slice(0, -1), path: [...folders, place.name].join("/") };
}

/** What the translations of a post have in common: the key without extension and language. */
export const translationKey = (key: string): string => key.replace(/\.[^./]*$/, "").replace(/\/index$/, "");

/** The first folder below that of all posts, unless it is part of a date. */
export function sectionOf({ path }: Place): string | undefined {
  const [first, ...below] = path.split("/");
  return below.length > 0 && first && !/^\d+$/.test(first) ? first : undefined;
}

/** The longest folder of the key that a glob contains without wildcards, such as `source/_posts/`; else empty. */
const literalFolder = (key: string, globs: readonly string[]): string =>
  literalFolders(globs).find((base) => key.startsWith(base)) ?? "";

/** Of a site's globs, the longest first. */
const literalFolders = memoisedOf((globs: readonly string[]): readonly string[] =>
  globs
    .map((glob) => glob.slice(0, Math.max(glob.search(/[*?[{(!]/), 0)))
    .map((plain) => plain.slice(0, plain.lastIndexOf("/") + 1))
    .filter((base) => base !== "")
    .sort((a, b) => b.length - a.length),
);

/** The index of the first section: after the folders in which generators keep content. */
const rootOf = (folders: readonly string[]): number =>
  folders.findLastIndex((part) => /^(?:content|src|source|_posts|_drafts)$/.test(part)) + 1;

/** Whether a suffix such as `fr` or `pt-br` is a language, whatever the site says. */
export const isUsualLanguage = (suffix: string): boolean => USUAL_LANGUAGES.has(suffix.split("-")[0] ?? "");

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

/** The date that a name begins with, zero-padded or not, and with Zola's time. A name that is only a date keeps it. */
function datedName(written: string): readonly [date: string | undefined, name: string] {
  const [, instant, named] = TIMED_NAME.exec(written) ?? [];
  if (instant !== undefined) return [instant, named ?? written];
  const [, year, , month, day, name] = DATED_NAME.exec(written) ?? [];
  if (year !== undefined) return [`${year}-${month}-${day}`, name ?? written];
  const [, y, m, d, rest] = COMPACT_NAME.exec(written) ?? [];
  return y === undefined ? [undefined, written] : [`${y}-${m}-${d}`, rest ?? written];
}

export const withoutDate = (written: string): string => datedName(written)[1];

/** The date in a path of folders such as `2024/10/15`. */
export function dateInFolders(path: string): string | undefined {
  const [, year, month, day] = DATED_FOLDERS.exec(path) ?? [];
  return year === undefined ? undefined : `${year}-${month}-${day}`;
}

/** To Hugo `_` is a letter like any other, but in the name of the page of a section. */
function asideOf(key: string, isHugo: boolean): Place["aside"] {
  if (DRAFTS.test(key)) return "draft";
  return (isHugo ? ASIDE_IN_HUGO : ASIDE).test(key) ? "hidden" : undefined;
}

const DRAFTS = /(?:^|\/)_drafts?(?:\/|$)/i;
const ASIDE = /(?:^|\/)(?:\.|_(?!posts(?:\/|$)))/;
const ASIDE_IN_HUGO = /(?:^|\/)(?:\.|_index\.)/;

/** On one line. Several spaces are several in a name. */
const visible = (name: string): string =>
  PLAIN.test(name)
    ? name
    : xmlSafe(name)
        .replace(/[\t\r\n]+/g, " ")
        .trim();

/** A name of which nothing has to be left out, as nearly all are. */
const PLAIN = /^[!-~](?:[ -~]*[!-~])?$/;
