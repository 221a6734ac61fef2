/** File → Post: what the author says of a post, in whatever words, and every problem with it. */
import type { Author, Instant, Post, Problem, Site } from "../model.ts";
import { canonicalLanguage } from "../site/language.ts";
import { permalinkOf } from "../site/permalink.ts";
import { dayOf, parseDate } from "./dates.ts";
import { digest } from "./digest.ts";
import { inputHashOf } from "./entry.ts";
import { readSource } from "./frontmatter.ts";
import { firstHeading } from "./markdown.ts";
import { isError, type ProblemCode, problem } from "./problems.ts";
import { oneLine } from "./text.ts";
import { flagOf, namesOf, pathsOf, textOf } from "./values.ts";
import { type Field, isMapValue, type Value } from "./yaml.ts";

/** Moves when the same file comes to be read differently, so that every post is read anew. */
export const READER_VERSION = 1;

export interface PostResult {
  /** Absent when a problem is an error. */
  readonly post?: Post;
  readonly problems: readonly Problem[];
}

type Fields = ReadonlyMap<string, Field>;

/** What rewrites a post besides its title and text. As written, so that rendering it better moves nothing. */
const MEDIA_KEYS = [
  ...["cover", "banner", "image", "thumbnail"],
  ...["enclosure", "audio", "video", "podcast", "podcast_file", "live"],
];

/** A pure function of the file and the site. Never throws. */
export function parsePost(key: string, bytes: Uint8Array, site: Site): PostResult {
  const { source, problems: found } = readSource(key, bytes);
  if (!source) return { problems: found };
  const problems = [...found];
  const { fields, body } = source;
  const report = (code: ProblemCode, message: string, field?: Field) =>
    problems.push(problem(code, key, message, field?.line ?? 1));

  const parts = pathParts(key);
  const writtenTitle = textOf(fields.get("title"));
  const title = writtenTitle ?? headingOf(body) ?? parts.name;
  const dateField = fields.get("date");
  const updatedField = fields.get("updated");
  const expiryField = given(fields, "expirydate", "expires", "unpublishdate");
  const date = textOf(dateField) ?? parts.date;
  if (date === undefined) report("date-missing", "the post has no date");
  const published = readMoment(date, "the date", dateField, site, report);
  const updated = readMoment(textOf(updatedField), "updated", updatedField, site, report, "updated-unreadable");
  const expires = readMoment(textOf(expiryField), "the expiry", expiryField, site, report);
  const hidden = hiddenReason(fields, report);
  const language = readLanguage(fields, site, report);
  const description = textOf(fields.get("description"));
  const id = textOf(given(fields, "id", "guid"));
  const url = published && readUrl(fields, { published, parts, site }, report);
  if (!published || !url || problems.some(isError)) return { problems };

  const authors = readAuthors(fields, site);
  const media = MEDIA_KEYS.flatMap((name) => {
    const field = given(fields, name);
    return field ? [[name, field.source]] : [];
  });
  const rendered = { title, url, language, authors, markdown: body, ...(description !== undefined && { description }) };
  const post: Post = {
    ...rendered,
    key,
    published,
    ...(updated !== undefined && { updated }),
    ...(expires !== undefined && { expires }),
    ...(hidden !== undefined && { hidden }),
    ...(id !== undefined && { id }),
    tags: namesOf(given(fields, "tags", "tag")),
    categories: pathsOf(given(fields, "categories", "category")),
    sourceDigest: digest(writtenTitle ?? null, body, media),
    inputHash: inputHashOf(rendered),
  };
  return { post, problems };
}

/** The field of the first of these keys that has a value. */
function given(fields: Fields, ...keys: readonly string[]): Field | undefined {
  return keys.map((key) => fields.get(key)).find((field) => textOf(field) !== undefined);
}

/** Markdown that is nested beyond reason has no heading either. */
function headingOf(body: string): string | undefined {
  try {
    return oneLine(firstHeading(body) ?? "") || undefined;
  } catch {
    return undefined;
  }
}

type Report = (code: ProblemCode, message: string, field?: Field) => void;

interface PathParts {
  /** The file's name, or its folder's for `index.md`; without extension and date. */
  readonly name: string;
  /** The same with the folders below the posts folder before it. */
  readonly title: string;
  /** From a name such as `2024-10-15-hello.md`. */
  readonly date?: string;
}

function pathParts(key: string): PathParts {
  const parts = key.replace(/\.[^./]*$/, "").split("/");
  if (parts.length > 1 && parts.at(-1) === "index") parts.pop();
  const [, date, bare] = /^(\d{4}-\d{1,2}-\d{1,2})-(.+)$/.exec(parts.at(-1) ?? "") ?? [];
  const name = oneLine(bare ?? parts.at(-1) ?? "");
  const folders = parts.slice(1, -1);
  return { name, title: [...folders, name].join("/"), ...(date !== undefined && { date }) };
}

/** A moment that the author may have written, on the site's clock; `what` names it in the problem. */
function readMoment(
  written: string | undefined,
  what: string,
  field: Field | undefined,
  site: Site,
  report: Report,
  code: ProblemCode = "date-unreadable",
): Instant | undefined {
  if (written === undefined) return undefined;
  const instant = parseDate(written, site.timezone);
  if (instant === undefined) report(code, `${what} ${JSON.stringify(written)} cannot be read`, field);
  return instant;
}

/** Each key with the value that keeps a post back. What is unclear keeps it back too: a leak cannot be undone. */
const KEEPING_BACK: readonly (readonly [key: string, keepsBack: boolean, reason: NonNullable<Post["hidden"]>])[] = [
  ["draft", true, "draft"],
  ["published", false, "draft"],
  ["hidden", true, "hidden"],
  ["unlisted", true, "hidden"],
  ["private", true, "hidden"],
  ["feed", false, "hidden"],
];

function hiddenReason(fields: Fields, report: Report): Post["hidden"] {
  for (const [key, keepsBack, reason] of KEEPING_BACK) {
    const field = fields.get(key);
    const flag = flagOf(field);
    if (flag === "unclear") report("flag-unclear", `${key}: ${field?.source} is neither true nor false`, field);
    if (flag === keepsBack || flag === "unclear") return reason;
  }
  if (/^(?:draft|private|pending|hidden)$/i.test(textOf(fields.get("status")) ?? "")) return "draft";
  const locked = ["password", "encrypted"].some((key) => {
    const field = fields.get(key);
    return textOf(field) !== undefined && flagOf(field) !== false;
  });
  return locked ? "password" : undefined;
}

function readLanguage(fields: Fields, site: Site, report: Report): string {
  const field = given(fields, "lang", "language", "locale");
  const written = textOf(field);
  if (written === undefined) return site.language;
  const language = canonicalLanguage(written);
  if (language === undefined) report("language-unknown", `${JSON.stringify(written)} is no language tag`, field);
  return language ?? site.language;
}

function readUrl(
  fields: Fields,
  { published, parts, site }: { published: Instant; parts: PathParts; site: Site },
  report: Report,
): string | undefined {
  const permalink = textOf(fields.get("permalink"));
  const slug = textOf(fields.get("slug"));
  const abbrlink = textOf(fields.get("abbrlink"));
  if (permalink !== undefined && /^https?:/i.test(permalink)) {
    if (URL.canParse(permalink)) return new URL(permalink).href;
    report("permalink-unusable", `the permalink ${JSON.stringify(permalink)} is no URL`, fields.get("permalink"));
    return undefined;
  }
  const path = permalinkOf(permalink ?? site.permalink, {
    date: dayOf(published, site.timezone),
    slug: slug ?? parts.name,
    title: parts.title,
    ...(abbrlink !== undefined && { abbrlink }),
  });
  // A path hangs under the site's URL, with or without its leading slash; `./` keeps a colon in it from being a scheme.
  return new URL(`./${path}`, site.url).href;
}

function readAuthors(fields: Fields, site: Site): readonly Author[] {
  const field = given(fields, "authors", "author");
  const values: readonly Value[] =
    field === undefined ? [] : Array.isArray(field.value) ? field.value : [field.value as Value];
  const authors = values.flatMap((value) => authorsOf(value, site));
  const [only, ...others] = Object.values(site.authors);
  if (authors.length === 0 && only && others.length === 0) return [only];
  return authors.filter(({ name }, i) => authors.findIndex((other) => other.name === name) === i);
}

function authorsOf(value: Value, site: Site): readonly Author[] {
  if (typeof value === "string") {
    const [, name, email] = /^(.+?)\s*<([^<>\s]+@[^<>\s]+)>$/.exec(oneLine(value)) ?? [];
    const written = name ?? oneLine(value);
    if (written === "") return [];
    const byKey = Object.hasOwn(site.authors, written) ? site.authors[written] : undefined;
    const known = byKey ?? Object.values(site.authors).find((author) => author.name === written);
    return [known ?? { name: written, ...(email !== undefined && { email }) }];
  }
  if (value === null || !isMapValue(value)) return [];
  const member = (key: string) => {
    const text = value.members.get(key);
    return typeof text === "string" ? oneLine(text) || undefined : undefined;
  };
  const name = member("name");
  const email = member("email");
  const url = member("url");
  if (name === undefined) return [];
  return [
    {
      name,
      ...(email && { email }),
      ...(url && /^https?:/i.test(url) && URL.canParse(url) && { url: new URL(url).href }),
    },
  ];
}
