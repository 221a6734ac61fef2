/** File → Post: all that the author says about a post, in any dialect, and every problem of it. */
import { digest, digestOf } from "../base/digest.ts";
import { present } from "../base/optional.ts";
import { isError, problem, type ReportProblem } from "../base/problems.ts";
import { MEDIA } from "../base/served.ts";
import { traitsOf } from "../base/traits.ts";
import type { DialectName, HeldBack, Post, Problem, Traits } from "../model.ts";
import { fitsPath } from "../site/rules.ts";
import type { Site } from "../site/types.ts";
import { folderDefaults } from "./defaults/defaults.ts";
import { inputHashOf, LONGEST_LEAD } from "./entry.ts";
import { isCarried } from "./entrylimit.ts";
import { readComments, readExternal, readUrl } from "./facts/address.ts";
import { checkBesides, checkNames, fewProblems, withinBounds } from "./facts/bounds.ts";
import { DIALECTS, detectDialect, KEYS } from "./facts/dialects.ts";
import { locationOf } from "./facts/files.ts";
import { readLanguage, translationOf } from "./facts/language.ts";
import { QUIET } from "./facts/media.ts";
import { holdingAsMeant, misspeltKeys, misspeltProblems } from "./facts/misspelt.ts";
import { readMoments } from "./facts/moments.ts";
import { withNested } from "./facts/nested.ts";
import { pageUrl, sectionUrl } from "./facts/page.ts";
import { readAuthors } from "./facts/people.ts";
import { type Place, placeOf, sectionOf, withoutTwin } from "./facts/place.ts";
import { printed } from "./facts/printed.ts";
import { readShown } from "./facts/shown.ts";
import { readTaxonomy, type Taxonomy } from "./facts/taxonomy.ts";
import { readContent, readDescription, readExcerpt, readTitle } from "./facts/texts.ts";
import { fieldsOfZola } from "./facts/zola.ts";
import { addressesIn, filesOf } from "./files/files.ts";
import { fieldsAtTop, readSource, type SourceFile } from "./frontmatter/frontmatter.ts";
import type { Field } from "./frontmatter/types.ts";
import { type Fields, flagOf, given, textOf, withTaxonomies } from "./frontmatter/values.ts";
import { findMoreMark } from "./html/more.ts";
import { isHtmlFile, mayHaveFrontMatter } from "./inputs.ts";
import { withoutMarks } from "./links/marks.ts";
import { namesOf } from "./links/names.ts";
import { mayNameEmoji } from "./markdown/emoji.ts";
import { type NotedFacts, noted, type OutsideFacts } from "./outside.ts";
import { reasonToHold } from "./standing.ts";
import { readText, templateProblems } from "./text.ts";
import { readUnread, type Unread } from "./unread.ts";
import { fieldsWithAddress } from "./withheld/paid.ts";
import { isTooLong, TooMuchWork, workProblem } from "./work.ts";
import { digestSource, digestWords } from "./written.ts";

export interface PostResult extends Unread {
  /** Absent when a problem is an error, or when the post is held back and incomplete. */
  readonly post?: Post;
  /** The address of a file that is no post but a page of the site. */
  readonly page?: string;
  /** Other content keys that count for the post, there or not. */
  readonly deps: readonly string[];
}

type FileReading = Omit<PostResult, "deps">;

/** A pure function of the file, the site, and what is known besides the file. Never throws. */
export function parsePost(key: string, bytes: Uint8Array, site: Site, outside: OutsideFacts = {}): PostResult {
  const facts = noted(outside);
  const { post, seen, ...found } = parseFile(key, bytes, site, facts);
  const result = { ...found, problems: fewProblems(found.problems), deps: facts.deps() };
  const isOut = fitsPath(site.exclude.paths, key);
  if (post && !isOut) return { post, ...result };
  const known = { ...(post ?? seen), sourceDigest: post?.sourceDigest ?? digestOf(bytes) };
  return { ...(isOut ? { heldBack: "excluded", problems: [], deps: [] } : result), seen: traitsOf(known) };
}

/** What can be known of a file whose text takes too long to read: above all what holds it back, and which post it is. */
export function readUnfinished(
  key: string,
  bytes: Uint8Array,
  site: Site,
  { problem, ...outside }: OutsideFacts & { readonly problem: Problem },
): Omit<PostResult, "post"> {
  const place = placeOf(key, site);
  if (place.aside) return { heldBack: place.aside, problems: [], deps: [] };
  if (fitsPath(site.exclude.paths, key)) return { heldBack: "excluded", problems: [], deps: [] };
  const { source, problems: found, legible, rest } = readSource(key, bytes);
  const fields = source ? [...source.fields, ...(source.repeated ?? [])] : legible;
  const facts = noted(outside);
  const dialect = site.dialect ?? detectDialect(key, source ?? { form: "yaml", fields: new Map(fields), body: rest });
  const defaults = folderDefaults({ key, dialect, place, site, outside: facts });
  if (defaults.partOf.length > 0) return { heldBack: "hidden", problems: [], deps: facts.deps() };
  const problems = [problem, ...found, ...defaults.problems];
  const { complete } = defaults;
  const unread = readUnread({
    key,
    problems,
    legible: fields,
    rest: source?.body ?? rest ?? "",
    place,
    site,
    complete,
  });
  return { ...unread, deps: facts.deps() };
}

function parseFile(key: string, bytes: Uint8Array, site: Site, outside: NotedFacts): FileReading {
  const place = placeOf(key, site);
  // What readers know as a post stays one, with the problem that it has now.
  const mayBePage = isHtmlFile(key) && outside.published === undefined;
  if (mayBePage && !mayHaveFrontMatter(bytes)) return { heldBack: "hidden", problems: [] };
  const { source, problems: found, legible, rest } = readSource(key, bytes);
  const hasNoFields = source?.form === "none" || found.some(({ code }) => code === "empty");
  if (hasNoFields && /(?:^|\/)readme\.[^/]*$/i.test(key)) return { heldBack: "hidden", problems: [] };
  const dialect = site.dialect ?? detectDialect(key, source ?? { form: "yaml", fields: new Map(legible), body: rest });
  const { partOf, complete, ...defaults } = folderDefaults({ key, dialect, place, site, outside });
  if (partOf.length > 0) return { heldBack: "hidden", problems: [] };
  const problems = [...found, ...defaults.problems];
  if (!source) {
    const unread = readUnread({ key, problems, legible, rest, place, site, complete });
    return place.aside ? { heldBack: place.aside, seen: unread.seen, problems: [] } : unread;
  }
  const report: ReportProblem = (code, message, field) =>
    problems.push(problem(code, field?.file ?? key, message, field?.line ?? 1));

  const written = withTaxonomies(source.fields);
  const own = dialect === "zola" ? fieldsOfZola(written) : written;
  const fields = fieldsWithAddress(complete(withNested(own)), site.url);
  const section = dialect === "hugo" || dialect === "zola" ? sectionUrl(key, place, site) : undefined;
  if (section !== undefined) {
    const { aside: _, ...open } = place;
    const taxonomy = readTaxonomy(fields, open, dialect, site);
    const said = { key, fields, repeated: source.repeated, taxonomy, place: open, site, report: () => undefined };
    return { heldBack: "hidden", problems: [], ...present({ page: reasonToHold(said) ? undefined : section }) };
  }
  const taxonomy = readTaxonomy(fields, place, dialect, site);
  const misspelt = misspeltKeys(source.fields, site.taxonomies);
  problems.push(...misspeltProblems(key, misspelt));
  const repeated = [...(source.repeated ?? []), ...holdingAsMeant(misspelt)];
  const heldBack = reasonToHold({ key, fields, repeated, taxonomy, place, site, report });
  const input = { key, bytes, source: { ...source, fields }, own, dialect, taxonomy, place, site, outside, heldBack };
  // Keys without fences are text, unless nothing can be made of the file.
  const readable = () => (source.form === "none" ? fieldsAtTop(source.body) : [...fields]);
  if (isTooLong(source.body)) {
    const tooLong = workProblem(key, new TooMuchWork("size"), source.bodyLine);
    const unread = readUnread({
      key,
      problems: [...problems, tooLong],
      legible: readable(),
      rest: source.body,
      place,
      site,
      complete,
    });
    const holder = place.aside ?? heldBack;
    return holder ? { heldBack: holder, seen: unread.seen, problems: [] } : unread;
  }
  const { post, seen, page } = readPost(input, report, problems);
  // A home page, a list of posts, a search: in HTML what has no date is one of these.
  const isUndated = post?.undated ?? problems.some(({ code }) => code === "date-missing");
  if (mayBePage && isUndated)
    return { heldBack: heldBack ?? "hidden", seen, problems: [], ...present({ page: heldBack ? undefined : page }) };
  if (post && !problems.some(isError)) return { post, problems: place.aside ? [] : problems };
  if (place.aside) return { heldBack: place.aside, seen, problems: [] };
  // A draft need not have a date.
  if (heldBack) return { heldBack, seen, problems: problems.filter(({ code }) => code !== "date-missing") };
  const unread = readUnread({ key, problems, legible: readable(), rest: source.body, place, site, complete });
  const isPage = !unread.heldBack && problems.filter(isError).every(({ code }) => code === "date-missing");
  return { ...unread, seen, ...present({ page: isPage ? page : undefined }) };
}

interface PostInput {
  readonly key: string;
  readonly bytes: Uint8Array;
  /** With what is said of the post elsewhere. */
  readonly source: SourceFile;
  /** Its own fields alone: what others say of many posts is no update of each. */
  readonly own: Fields;
  readonly dialect: DialectName;
  readonly taxonomy: Taxonomy;
  readonly place: Place;
  readonly site: Site;
  readonly outside: NotedFacts;
  readonly heldBack: HeldBack | undefined;
}

/** Without a post where there is no date or no URL. */
function readPost(
  input: PostInput,
  report: ReportProblem,
  problems: Problem[],
): { readonly post?: Post; readonly seen: Traits; readonly page?: string } {
  const { key, source, dialect, place, site, outside } = input;
  const { fields, body, above, bodyLine } = source;
  const { tags, categories, terms, written: asWritten } = input.taxonomy;

  const within = withinBounds(report);
  const content = readContent(fields, report);
  const { wordsDigest, around, bodySize } = digestWords(body, { bytes: input.bytes, above });
  const { markdown, kept, size, warnings, references, tooLong } = readText(input, content, bodySize);
  if (tooLong) problems.push(tooLong);
  // As long as a post is held back, its templates and media do not matter.
  if (!input.heldBack) problems.push(...templateProblems(warnings, key, bodyLine));

  const titled = given(fields, ...KEYS.title);
  const untitled = { key, place, dialect, emoji: site.emoji };
  // Addresses are made of it as it is written.
  const own = within("title", readTitle(fields, withoutMarks(markdown), untitled), titled);
  const title = titled ? printed(own, dialect) : own;
  const { published, dated, updated, expires, undated } = readMoments(fields, place, site, outside, report);
  const language = readLanguage(fields, place, site, report);
  const address = given(fields, ...KEYS.permalink, ...KEYS.slug, "abbrlink");
  const parts = { place, title: own || place.name, language, categories: asWritten.categories };
  const whole = dated && readUrl(fields, { ...parts, dated }, site, report);
  const url = whole && within("address", whole, address);
  const seen = { title, language, wordsDigest, ...present({ published, undated }) };
  if (!published || !url) {
    const page = published ? undefined : pageUrl(fields, parts, site);
    return { seen, ...present({ page }) };
  }

  const description = readDescription(fields, dialect, within);
  const id = given(fields, ...KEYS.id);
  const { external, response } = readExternal(fields, site);
  const translation = translationOf(fields, place, within);
  const section = sectionOf(site.dialect === "eleventy" ? withoutTwin(place) : place);
  const files = filesOf(dialect, { key, url, place, fields, site, urlOf: urlReader(site, outside), ...outside });
  const location = locationOf({ key, url }, site, outside, files.meant);
  const playing = { ...location, meant: (written: string) => files.meant(written, "html") };
  const places = { key, dialect, location, playing, site, published, outside };
  const shown = readShown({ fields, markdown }, places, input.heldBack ? QUIET : report);
  const authors = readAuthors(fields, site, dialect);
  const addresses = input.heldBack ? [] : addressesIn(markdown, { key, url }, files);
  const rendered = {
    title,
    url,
    language,
    authors,
    markdown,
    ...present({
      description,
      external,
      response,
      comments: readComments(fields, url),
      breaks: DIALECTS[dialect].breaks || undefined,
      emoji: site.emoji || !mayNameEmoji(markdown) ? undefined : false,
    }),
    ...shown,
    ...present({ isHtml: isHtmlFile(key) || undefined, excerpt: readExcerpt(fields) }),
    ...present({ dialect: isOfDialect(markdown, dialect) && !isHtmlFile(key) ? dialect : undefined }),
    ...present({ source: (site.sourceMarkdown && !isHtmlFile(key)) || undefined }),
    // Only of texts that may name any, since a change of it renders them anew.
    ...present({ addresses: addresses.length > 0 ? addresses : undefined }),
    ...present({ mediaBase: markdown.includes(MEDIA) ? location.mediaBase : undefined }),
  };
  checkNames({ ...input.taxonomy, authors }, fields, site.guard, isCarried(site, content) ? size : 0, report);
  checkBesides({ ...rendered, markdown: "" }, fields, report);
  const written = markdown === body ? digest(wordsDigest, around) : digestOf(markdown);
  const post = {
    ...rendered,
    key,
    published,
    tags,
    categories,
    size,
    ...present({ leadSize: rendered.excerpt === undefined ? leadSizeOf(markdown) : undefined }),
    ...present({ section, terms, updated, undated, expires, hidden: input.heldBack }),
    ...present({ id: id && within("id", textOf(id) ?? "", id) }),
    lines: present({
      id: id?.line,
      url: ownLine(address),
      updated: ownLine(given(fields, ...KEYS.updated)),
      body: bodyLine,
      kept,
    }),
    ...present({ references: references.length > 0 ? references : undefined, names: namesOf(fields, dialect) }),
    ...present({ content, translation, minor: flagOf(fields.get("minor")) === true || undefined }),
    sourceDigest: digestSource(input.own, wordsDigest),
    wordsDigest,
    inputHash: inputHashOf(rendered, written),
  };
  return { post, seen };
}

/** An estimate, as the mark may be in code. */
function leadSizeOf(markdown: string): number | undefined {
  const at = findMoreMark(markdown);
  return at > 0 && at <= LONGEST_LEAD ? Buffer.byteLength(markdown.slice(0, at)) : undefined;
}

/** Other posts that are read for the addresses of files beside them. */
const MOST_BESIDE = 20;

/** Readers of nothing but the file itself, so that no post is read for another without end. */
function urlReader(site: Site, { textOf: textOfKey }: NotedFacts): (key: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  return (key) => {
    if (!known.has(key) && known.size < MOST_BESIDE) {
      const text = textOfKey(key);
      const { post } = text === undefined ? {} : parsePost(key, new TextEncoder().encode(text), site);
      known.set(key, post?.hidden === undefined ? post?.url : undefined);
    }
    return known.get(key);
  };
}

const ownLine = (field: Field | undefined): number | undefined => (field?.file === undefined ? field?.line : undefined);

/** Whether the text may have notes or emphasis that other dialects read otherwise. */
const isOfDialect = (markdown: string, dialect: DialectName): boolean =>
  dialect !== "plain" && (markdown.includes("[^") || (dialect === "jekyll" && /[*_~]/.test(markdown)));
