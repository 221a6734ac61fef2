/** The one table of what `site.yaml` may say. */
import * as v from "valibot";
import { canonicalLanguage } from "./language.ts";
import { DEFAULT_PERMALINKS, permalinkError } from "./permalink.ts";

const KEYS_AND_VALUES = "must hold keys and values";
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

const text = v.pipe(
  v.string("must be text: put it in quotes"),
  v.trim(),
  v.nonEmpty("must not be empty"),
  v.check((value) => value.isWellFormed() && !CONTROL.test(value), "must hold no control characters"),
);

const words = v.pipe(
  text,
  v.transform((value) => value.replace(/[ \t\r\n]+/g, " ")),
);

const webUrl = v.pipe(
  text,
  v.check((value) => /^https?:\/\//i.test(value) && URL.canParse(value), "must be a URL that starts with https://"),
  v.transform((value) => new URL(value).href),
);

const baseUrl = v.pipe(
  webUrl,
  v.check((value) => !/[?#]/.test(value), "must have no ? and no #"),
  v.transform((value) => (value.endsWith("/") ? value : `${value}/`)),
);

const language = v.pipe(
  text,
  v.check((value) => canonicalLanguage(value) !== undefined, "must be a language tag such as en or zh-CN (BCP 47)"),
  v.transform((value) => canonicalLanguage(value) ?? value),
);

const timezone = v.pipe(text, v.check(isTimezone, "must be an IANA time zone such as Asia/Shanghai or Europe/Paris"));

const author = v.looseObject(
  {
    name: words,
    email: v.optional(v.pipe(text, v.email("must be an e-mail address"))),
    url: v.optional(webUrl),
  },
  KEYS_AND_VALUES,
);

const permalink = v.pipe(
  text,
  v.rawCheck(({ dataset, addIssue }) => {
    const error = dataset.typed ? permalinkError(dataset.value) : undefined;
    if (error !== undefined) addIssue({ message: error });
  }),
);

const oneOf = <const Names extends readonly string[]>(...names: Names) =>
  v.picklist(names, `must be ${names.slice(0, -1).join(", ")} or ${names.at(-1)}`);

const flag = v.boolean("must be true or false");
const names = v.array(words, "must be a list of names");
/** An object of the schema; a list, which valibot takes for one, is none. */
const mapOf = <const Entries extends v.ObjectEntries>(entries: Entries, message: string) =>
  v.pipe(
    v.custom<{ readonly [key: string]: unknown }>((value) => isMap(value), message),
    v.looseObject(entries, message),
  );
const glob = v.pipe(
  text,
  v.check((value) => !value.startsWith("!"), "must not begin with !: name what fits, not what does not"),
);
const globs = v.array(glob, "must be a list of globs");
const rules = mapOf(
  { paths: v.optional(globs, []), tags: v.optional(names, []), categories: v.optional(names, []) },
  "must hold paths, tags or categories",
);
const content = oneOf("full", "summary");
const tags = mapOf({ content: v.optional(content) }, KEYS_AND_VALUES);
const dialects = Object.keys(DEFAULT_PERMALINKS) as (keyof typeof DEFAULT_PERMALINKS)[];

const wholeNumber = (from: number, to: number) =>
  v.pipe(
    v.number("must be a number"),
    v.integer("must be a whole number"),
    v.minValue(from, `must be at least ${from}`),
    v.maxValue(to, `must be at most ${to}`),
  );

/** `since` is a year that has begun. Loose: unknown keys are told all at once, by `unknownKeys`. */
export const siteSchema = (year: number) =>
  v.looseObject({
    title: words,
    url: baseUrl,
    feeds: v.optional(baseUrl),
    description: v.optional(words),
    language: v.optional(language, "en"),
    timezone: v.optional(timezone, "UTC"),
    since: wholeNumber(1990, year),
    authors: v.optional(v.record(v.string(), author, KEYS_AND_VALUES), {}),
    dialect: v.optional(oneOf(...dialects)),
    permalink: v.optional(permalink),
    languages: v.optional(v.array(language, "must be a list of language tags"), []),
    fileDates: v.optional(flag, false),
    include: v.optional(rules, {}),
    exclude: v.optional(rules, {}),
    content: v.optional(content, "full"),
    tags: v.optional(tags, {}),
    limit: v.optional(wholeNumber(1, 1000), 20),
    hubs: v.optional(v.array(webUrl, "must be a list of URLs"), []),
    posts: v.optional(v.pipe(globs, v.minLength(1, "must name at least one glob"))),
    cacheControl: v.optional(
      v.pipe(text, v.regex(/^[\x20-\x7e]+$/, "must be one line of ASCII")),
      "public, max-age=300",
    ),
  });

export const siteKeys = Object.keys(siteSchema(9999).entries);
const AUTHOR_KEYS = Object.keys(author.entries);
const RULE_KEYS = ["paths", "tags", "categories"];
const TAGS_KEYS = ["content"];

/** Paths of the keys that nothing reads, each with the keys there are in its place. */
export function unknownKeys(
  given: unknown,
): readonly { readonly path: readonly string[]; readonly known: readonly string[] }[] {
  const among = (value: unknown, path: readonly string[], known: readonly string[]) =>
    isMap(value)
      ? Object.keys(value).flatMap((key) => (known.includes(key) ? [] : [{ path: [...path, key], known }]))
      : [];
  const inner = (name: string, known: readonly string[]) => (isMap(given) ? among(given[name], [name], known) : []);
  const authors = isMap(given) && isMap(given["authors"]) ? Object.entries(given["authors"]) : [];
  return [
    ...among(given, [], siteKeys),
    ...authors.flatMap(([key, value]) => among(value, ["authors", key], AUTHOR_KEYS)),
    ...inner("include", RULE_KEYS),
    ...inner("exclude", RULE_KEYS),
    ...inner("tags", TAGS_KEYS),
  ];
}

function isMap(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
