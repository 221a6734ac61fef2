/** The URLs of a post: its own, that of the page elsewhere that it is about, that at which it is discussed. */
import { encodedHref } from "../../base/href.ts";
import { type Present, present } from "../../base/optional.ts";
import type { ReportProblem } from "../../base/problems.ts";
import { beyond } from "../../base/text.ts";
import type { Answering, Instant, Post } from "../../model.ts";
import { LONGEST_PART, namesLanguage, permalinkOf, permalinkPattern } from "../../site/permalink.ts";
import { astroName } from "../../site/spelling.ts";
import type { Site } from "../../site/types.ts";
import { type Fields, firstText, given, textOf } from "../frontmatter/values.ts";
import { wallTimeOf } from "./dates.ts";
import { DIALECTS, KEYS } from "./dialects.ts";
import { quoted } from "./members.ts";
import { type Place, withoutDate } from "./place.ts";

/** What the URL of a post is made from, besides its front matter. */
export interface AddressParts {
  readonly dated: Instant;
  readonly place: Place;
  readonly title: string;
  readonly language: string;
  readonly categories: readonly (readonly string[])[];
}

/** `undefined` when the permalink cannot be used, which is reported. */
export function readUrl(fields: Fields, post: AddressParts, site: Site, report: ReportProblem): string | undefined {
  const field = given(fields, ...KEYS.permalink);
  const written = textOf(field);
  if (written !== undefined && written.length > LONGEST_PART) {
    report("too-long", `the permalink has ${beyond(written.length, "characters", LONGEST_PART)}`, field);
    return undefined;
  }
  const whole = written === undefined ? undefined : expanded(written, fields, post);
  const isFolder =
    site.dialect === "hugo" && field === fields.get("url") && whole !== undefined && isFolderOfHugo(whole);
  const permalink = isFolder ? `${whole}/` : whole;
  if (written !== undefined && permalink === undefined) {
    report("permalink-template", `the permalink ${quoted(written)} is a template that cannot be expanded here`, field);
  }
  if (permalink !== undefined && /^https?:/i.test(permalink)) {
    if (URL.canParse(permalink)) return encodedHref(new URL(permalink));
    report("permalink-unusable", `the permalink ${quoted(permalink)} is no URL`, field);
    return undefined;
  }
  const canonical = permalink === undefined ? canonicalOnSite(fields, site) : undefined;
  const address = canonical ?? addressOf(permalink ?? site.permalink, fields, post, site, permalink === undefined);
  if (address === undefined) {
    const pattern = quoted(permalink ?? site.permalink);
    report("permalink-unusable", `the permalink ${pattern} leads out of ${site.url}`, field);
  }
  return address;
}

/**
 * Expands a permalink that is a template of Eleventy with the post's file, title or date; `undefined` for any other.
 */
function expanded(written: string, fields: Fields, { place, title, dated }: AddressParts): string | undefined {
  const text = written.replace(/\{\{\s*([\w.]+)\s*(?:\|[^{}]*)?\}\}/g, (whole, name: string) => {
    if (name === "page.fileSlug") return fileSlug(place);
    if (name === "page.filePathStem") return [...place.folders, withoutDate(place.stem)].join("/");
    if (name === "title") return astroName(title);
    if (name === "page.date" && /%Y\/%m\/%d/.test(whole)) return dated.slice(0, 10).replaceAll("-", "/");
    return textOf(fields.get(name.toLowerCase()))?.slice(0, LONGEST_PART) ?? whole;
  });
  return /\{\{|\{%|\$\{/.test(text) ? undefined : text.replace(/(^|\/)index\.html$/, "$1");
}

/** Hugo writes a folder for what names no file, and its link ends with a slash. */
const isFolderOfHugo = (url: string): boolean => !/^[a-z][a-z\d+-]*:|[.?#]|\/$/i.test(url);

/** Eleventy's: without a date; that of an index is the name of its folder. */
function fileSlug({ name, folders }: Place): string {
  return name === "index" ? withoutDate(folders.at(-1) ?? "") : name;
}

/** Fills in a pattern and resolves it against the site's URL; `undefined` when that leads out of the site. */
function addressOf(
  pattern: string,
  fields: Fields,
  post: AddressParts,
  site: Site,
  isSitePattern: boolean,
): string | undefined {
  const { title, dated, categories } = post;
  const dialect = DIALECTS[site.dialect ?? "plain"];
  const place = dialect.located(post.place);
  const plainName = dialect.dropsDate ? place.name : place.filename;
  const written = textOf(fields.get("slug"));
  const slug = written === undefined ? undefined : dialect.slug(written);
  const whole = isSitePattern ? permalinkPattern(pattern) : pattern;
  // Spelt only where it is asked for, since most titles are no part of an address.
  const isTitled = whole.includes("title") || dialect.slugless === "title";
  const spelt = {
    path: place.path,
    title: isTitled ? dialect.title(title) : "",
    slug: slug ?? dialect.name(plainName),
  };
  const abbrlink = textOf(fields.get("abbrlink"));
  const id = textOf(fields.get("id"));
  const language = place.language ?? textOf(given(fields, ...KEYS.language)) ?? site.language;
  const filled = permalinkOf(whole, {
    ...spelt,
    date: wallTimeOf(dated, site.timezone),
    slug: dialect.slugPart(slug ?? (dialect.slugless === "title" ? spelt.title : spelt.slug)),
    slugOrName: slug ?? dialect.name(dialect.slugOr === "name" ? plainName : place.filename),
    titled: spelt[dialect.titled],
    name: dialect.name(place.name),
    filename: dialect.name(place.filename),
    sections: place.sections.map(dialect.folder ?? dialect.name),
    categories: dialect.categories === "path" ? (categories[0] ?? []) : categories.flat(),
    language,
    ...present({ abbrlink, id }),
  });
  // A translation has the same name as the post, so its URL needs the language.
  const isApart =
    isSitePattern && place.language !== undefined && post.language !== site.language && !namesLanguage(pattern);
  // A path is below the site's URL, with or without its leading slash; after `./` a colon in it does not end a scheme.
  const url = new URL(`./${isApart ? `${place.language}/` : ""}${filled}`, site.url);
  // A `..` that only a URL parser sees, such as that of `..\` and `..#x`, leads up.
  return url.href.startsWith(site.url) ? encodedHref(url) : undefined;
}

/** A canonical URL on the site is the post's own; one elsewhere is not. */
function canonicalOnSite(fields: Fields, site: Site): string | undefined {
  const url = webUrl(textOf(given(fields, ...KEYS.canonical)), site.url);
  return url?.startsWith(site.url) ? url : undefined;
}

/** The page elsewhere that a link post is about, and what the post does to it. */
export function readExternal(fields: Fields, site: Site): Present<Pick<Partial<Post>, "external" | "response">> {
  for (const key of KEYS.external) {
    const value = fields.get(key)?.value ?? null;
    // A text may name who wrote what the post is taken from, or is a translation of.
    if (value === null || (typeof value === "string" && CREDITS.has(key))) continue;
    // `{ title, href, status: reprinted }` is where the post itself stands, too.
    if (key === "external" && typeof value !== "string") continue;
    const written = firstText(value, LINK_MEMBERS);
    const url = written && /^https?:\/\//i.test(written) ? webUrl(written, site.url) : undefined;
    if (url === undefined || url.startsWith(site.url)) continue;
    return present({ external: url, response: RESPONSES[key.replace(/[_-]/g, "")] });
  }
  return {};
}

const CREDITS: ReadonlySet<string> = new Set(["source", "via"]);
const RESPONSES: { readonly [key: string]: Answering } = { likeof: "like", repostof: "repost", inreplyto: "reply" };

/** `properties` is where microformats have theirs. */
const LINK_MEMBERS = ["url", "href", "link", "properties"];

/** Where readers discuss the post: a URL, or a path. Themes take flags, and names of services, under the same keys. */
export function readComments(fields: Fields, url: string): string | undefined {
  for (const key of KEYS.comments) {
    const written = firstText(fields.get(key)?.value ?? null, LINK_MEMBERS);
    const comments = written && /^(?:https?:\/\/|[/#]).*\S/i.test(written) ? webUrl(written, url) : undefined;
    if (comments !== undefined) return comments;
  }
  return undefined;
}

/** An absolute http(s) URL, or `undefined`. */
export function webUrl(written: string | undefined, base: string): string | undefined {
  if (written === undefined || !URL.canParse(written, base)) return undefined;
  const url = new URL(written, base);
  return /^https?:$/.test(url.protocol) ? encodedHref(url) : undefined;
}
