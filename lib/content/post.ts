/** File → Post: what the author says of a post, in whatever words, and every problem with it. */

import { digest, digestOf } from "../base/digest.ts";
import { isError, problem, type ReportProblem } from "../base/problems.ts";
import { foldName, oneLine, withoutMarkup } from "../base/text.ts";
import type { Content, HeldBack, Post, Problem, Site } from "../model.ts";
import { canonicalLanguage, languageAmong } from "../site/language.ts";
import { fitsPath, isExcluded } from "../site/rules.ts";
import { inputHashOf } from "./entry.ts";
import { readExternal, readImage, readUrl } from "./facts/address.ts";
import { parseDate } from "./facts/dates.ts";
import { DIALECTS, detectDialect, KEYS } from "./facts/dialects.ts";
import { readEpisode } from "./facts/episode.ts";
import { readLive } from "./facts/live.ts";
import { mediaFields, readMedia } from "./facts/media.ts";
import { type Borrowed, readMoments } from "./facts/moments.ts";
import { readAuthors } from "./facts/people.ts";
import { type Place, placeOf } from "./facts/place.ts";
import { linkResolver } from "./facts/references.ts";
import { heldBackBy } from "./facts/visibility.ts";
import { readSource, type SourceFile } from "./frontmatter/frontmatter.ts";
import { type Fields, flagOf, given, namesOf, pathsOf, textOf } from "./frontmatter/values.ts";
import { type Field, isMapValue, type Value } from "./frontmatter/yaml.ts";
import { firstHeading } from "./markdown/markdown.ts";
import { expandTemplates } from "./templates/expand.ts";

export interface PostResult {
  /** Absent when a problem is an error, and of a post that is kept back before it is complete. */
  readonly post?: Post;
  /** Why a post that is absent is kept back; what is wrong with it does not matter yet. */
  readonly heldBack?: HeldBack;
  readonly problems: readonly Problem[];
}

/** What rewrites a post besides its title and text. */
const MEDIA_KEYS: readonly string[] = [
  ...KEYS.image,
  ...["enclosure", "audio", "video", "podcast", "podcast_file", "live"],
  ...["transcript", "transcripts", "chapters"],
];

/**
 * A pure function of the file, the site, and what is known of a post without a date. Never throws.
 */
export function parsePost(key: string, bytes: Uint8Array, site: Site, borrowed: Borrowed = {}): PostResult {
  if (fitsPath(site.exclude.paths, key)) return { heldBack: "excluded", problems: [] };
  const place = placeOf(key, site.posts, site.languages);
  const { source, problems: found } = readSource(key, bytes);
  if (source?.form === "none" && /(?:^|\/)readme\.[^/]*$/i.test(key)) return { heldBack: "hidden", problems: [] };
  if (!source) return place.aside ? { heldBack: place.aside, problems: [] } : { problems: found };
  const problems = [...found];
  const report: ReportProblem = (code, message, field) => problems.push(problem(code, key, message, field?.line ?? 1));

  const fields = withTaxonomies(source.fields);
  const isDate = (field: Field) => parseDate(textOf(field) ?? "", site.timezone) !== undefined;
  const heldBack = heldBackBy(fields, place, isDate, report);
  const post = readPost({ key, source: { ...source, fields }, place, site, borrowed, heldBack }, report, problems);
  if (post && !problems.some(isError)) return { post, problems: place.aside ? [] : problems };
  if (place.aside) return { heldBack: place.aside, problems: [] };
  // A draft need not have a date.
  return heldBack ? { heldBack, problems: problems.filter(({ code }) => code !== "date-missing") } : { problems };
}

/** Of templates, in one post. */
const MAX_WARNINGS = 20;

interface Setting {
  readonly key: string;
  readonly source: SourceFile;
  readonly place: Place;
  readonly site: Site;
  readonly borrowed: Borrowed;
  readonly heldBack: HeldBack | undefined;
}

/** Nothing when there is no date or no address. */
function readPost(setting: Setting, report: ReportProblem, problems: Problem[]): Post | undefined {
  const { key, source, place, site, borrowed } = setting;
  const { fields, body, bodyLine } = source;
  const dialect = site.dialect ?? detectDialect(key, source);
  const { separator, categories: list, ignoredTags } = DIALECTS[dialect];

  const { markdown, warnings } = expandTemplates(body, {
    ...{ dialect, isMdx: /\.mdx$/i.test(key), siteUrl: site.url },
    ...{ values: scalarsOf(fields, site), linkTo: linkResolver(key, site) },
  });
  // Nobody reads a post that is kept back yet.
  const told = setting.heldBack ? [] : warnings;
  for (const { code, line, message, fix } of told.slice(0, MAX_WARNINGS)) {
    problems.push(problem(code, key, message, bodyLine + line - 1, fix));
  }
  const [next] = told.slice(MAX_WARNINGS);
  if (next) {
    const more = `${told.length - MAX_WARNINGS} more templates like these follow`;
    problems.push(problem(next.code, key, more, bodyLine + next.line - 1));
  }

  const writtenTitle = textOf(given(fields, ...KEYS.title));
  const title = writtenTitle ?? untitled(fields, markdown, place);
  const { published, dated, updated, expires, undated } = readMoments(fields, place, site, borrowed, report);
  const language = readLanguage(fields, place, site, report);
  const partedBy = ([plural]: readonly string[]) =>
    given(fields, plural ?? "") ? separator.plural : separator.singular;
  const named = pathsOf(given(fields, ...KEYS.categories), partedBy(KEYS.categories), list);
  const categories = dialect === "jekyll" ? [...place.above.map((folder) => [folder]), ...named] : named;
  const written = namesOf(given(fields, ...KEYS.tags), partedBy(KEYS.tags));
  const tags = written.filter((tag) => !ignoredTags.includes(tag));
  const url =
    dated && readUrl(fields, { dated, place, title: title || place.name, language, categories }, site, report);
  if (!published || !url) return undefined;

  const heldBack =
    setting.heldBack ?? (isExcluded({ key, tags: written, categories }, site, foldName) ? "excluded" : undefined);
  const description = readDescription(fields);
  const id = given(fields, ...KEYS.id);
  const address = given(fields, ...KEYS.permalink, ...KEYS.slug, "abbrlink");
  const image = readImage(fields, url);
  const external = readExternal(fields, site);
  const content = readContent(fields, report);
  const translation = translationOf(fields, place);
  const words = digestOf(body);
  const section = sectionOf(place);
  const standing = { key, url, siteUrl: site.url, sizes: borrowed.sizes };
  const tell: ReportProblem = setting.heldBack ? () => undefined : report;
  const { media, deps } = readMedia(fields, standing, tell);
  const live = readLive(fields, { published, timezone: site.timezone, media }, standing, tell);
  const episode = readEpisode(fields, media, site, standing, tell);
  const rendered = {
    ...{ title, url, language, authors: readAuthors(fields, site), markdown },
    ...(description !== undefined && { description }),
    ...(image !== undefined && { image }),
    ...(external !== undefined && { external }),
    ...(DIALECTS[dialect].breaks && { breaks: true }),
    ...(live !== undefined && { live }),
    ...(episode !== undefined && { episode }),
    ...(site.sourceMarkdown && { source: true }),
    media,
  };
  return {
    ...rendered,
    ...{ key, published, tags, categories, deps, size: Buffer.byteLength(markdown) },
    ...(section !== undefined && { section }),
    ...(updated !== undefined && { updated }),
    ...(undated && { undated }),
    ...(expires !== undefined && { expires }),
    ...(heldBack !== undefined && { hidden: heldBack }),
    ...(id && { id: textOf(id) ?? "" }),
    lines: { ...(id && { id: id.line }), ...(address && { url: address.line }) },
    ...(content !== undefined && { content }),
    ...(translation !== undefined && { translation }),
    ...(flagOf(fields.get("minor")) === true && { minor: true }),
    sourceDigest: digest(writtenTitle ?? null, words, mediaAsWritten(fields)),
    inputHash: inputHashOf(rendered, markdown === body ? words : digestOf(markdown)),
  };
}

/** As written, so that rendering it better moves nothing. */
function mediaAsWritten(fields: Fields): readonly (readonly [name: string, source: string])[] {
  const usual = MEDIA_KEYS.flatMap((name) => {
    const field = fields.get(name);
    return field && textOf(field) !== undefined ? [[name, field.source] as const] : [];
  });
  const unusual = mediaFields(fields).filter(([, field]) => !usual.some(([name]) => fields.get(name) === field));
  return [...usual, ...unusual.map(([name, { source }]) => [name, source] as const)];
}

/** An empty title is meant; a date or a number, which is all that some files are called, is no title. */
function untitled(fields: Fields, markdown: string, { name }: Place): string {
  if (fields.has("title")) return "";
  return headingOf(markdown) ?? (/\p{L}/u.test(name) ? name : "");
}

/** The first folder below that of all posts; one that is a part of a date is none. */
function sectionOf({ path }: Place): string | undefined {
  const [first, ...below] = path.split("/");
  return below.length > 0 && first && !/^\d+$/.test(first) ? first : undefined;
}

/** Hugo's and Zola's `[taxonomies]` hold tags and categories as if they stood outside. */
function withTaxonomies(fields: Fields): Fields {
  const field = fields.get("taxonomies");
  if (!field || field.value === null || !isMapValue(field.value)) return fields;
  const inner = [...field.value.members].map(([name, value]) => {
    return [name.toLowerCase(), { value, source: field.source, line: field.line }] as const;
  });
  return new Map([...inner, ...fields]);
}

/** By key in lower case; of what is nested by path, `metadata.youtubeid`. */
function scalarsOf(fields: Fields, { title, description }: Site): ReadonlyMap<string, string> {
  const scalars = new Map([
    ["site.title", title],
    ["site.description", description],
  ]);
  const add = (path: string, value: Value): void => {
    if (typeof value === "string") scalars.set(path, value);
    else if (value !== null && isMapValue(value)) {
      for (const [name, member] of value.members) add(`${path}.${name.toLowerCase()}`, member);
    }
  };
  for (const [key, { value }] of fields) add(key, value);
  return scalars;
}

/** Markdown that is nested beyond reason has no heading either. */
function headingOf(markdown: string): string | undefined {
  try {
    return oneLine(firstHeading(markdown) ?? "") || undefined;
  } catch {
    return undefined;
  }
}

/** The first that is text: a theme's switch (`excerpt: true`) is none. */
function readDescription(fields: Fields): string | undefined {
  for (const key of KEYS.description) {
    const field = fields.get(key);
    const text = typeof field?.value === "string" && typeof flagOf(field) !== "boolean" ? textOf(field) : undefined;
    if (text !== undefined) return oneLine(withoutMarkup(text)) || undefined;
  }
  return undefined;
}

/** Words of their own under this key are the site generator's. */
function readContent(fields: Fields, report: ReportProblem): Content | undefined {
  const field = given(fields, ...KEYS.content);
  const text = textOf(field)?.toLowerCase();
  if (text === "full" || text === "summary") return text;
  if (text && /^[a-z]+$/.test(text)) report("content-unclear", `content: ${text} is neither full nor summary`, field);
  return undefined;
}

function readLanguage(fields: Fields, { language: inPath }: Place, site: Site, report: ReportProblem): string {
  const field = given(fields, ...KEYS.language);
  const written = textOf(field);
  const language = written === undefined ? undefined : canonicalLanguage(written);
  if (written !== undefined && language === undefined) {
    report("language-unknown", `${JSON.stringify(written)} is no language tag`, field);
  }
  const said = language ?? (inPath === undefined ? undefined : canonicalLanguage(inPath));
  return said === undefined ? site.language : languageAmong(site.languages, said);
}

/** `ref` is many things; beside a language it pairs translations (Jekyll's habit). */
function translationOf(fields: Fields, place: Place): string | undefined {
  const hasLanguage = given(fields, ...KEYS.language) !== undefined;
  const key = textOf(given(fields, ...KEYS.translation.filter((name) => name !== "ref" || hasLanguage)));
  if (key !== undefined) return `=${key}`;
  return place.language === undefined ? undefined : place.translation;
}
