/** The one table of what `site.yaml` may say. */
import * as v from "valibot";
import { canonicalLanguage } from "./language.ts";
import { permalinkError } from "./permalink.ts";

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

const text = v.pipe(
  v.string("must be text: put it in quotes"),
  v.trim(),
  v.nonEmpty("must not be empty"),
  v.check((value) => value.isWellFormed() && !CONTROL.test(value), "must hold no control characters"),
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

const author = v.strictObject({
  name: text,
  email: v.optional(v.pipe(text, v.email("must be an e-mail address"))),
  url: v.optional(webUrl),
});

const permalink = v.pipe(
  text,
  v.rawCheck(({ dataset, addIssue }) => {
    const error = dataset.typed ? permalinkError(dataset.value) : undefined;
    if (error !== undefined) addIssue({ message: error });
  }),
);

const wholeNumber = (from: number, to: number) =>
  v.pipe(
    v.number("must be a number"),
    v.integer("must be a whole number"),
    v.minValue(from, `must be at least ${from}`),
    v.maxValue(to, `must be at most ${to}`),
  );

export const siteSchema = v.strictObject({
  title: text,
  url: baseUrl,
  feeds: v.optional(baseUrl),
  description: v.optional(text),
  language: v.optional(language, "en"),
  timezone: v.optional(timezone, "UTC"),
  since: wholeNumber(1990, 9999),
  authors: v.optional(v.record(v.string(), author), {}),
  permalink: v.optional(permalink, "/:year/:month/:day/:slug/"),
  limit: v.optional(wholeNumber(1, 1000), 20),
  hubs: v.optional(v.array(webUrl, "must be a list of URLs"), []),
  posts: v.optional(v.pipe(v.array(text, "must be a list of globs"), v.minLength(1, "must name at least one glob")), [
    "posts/**",
    "_posts/**",
  ]),
  cacheControl: v.optional(text, "public, max-age=300"),
});

export const SITE_KEYS = Object.keys(siteSchema.entries);
export const AUTHOR_KEYS = Object.keys(author.entries);

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
