/** The permalink of a post: a pattern such as `/:year/:month/:slug/`, filled in. */
import { createHash } from "node:crypto";
import type { DialectName } from "../model.ts";
import * as spelling from "./spelling.ts";

/** A moment in a time zone; `week` and `weekYear` by ISO 8601, `dayOfWeek` 1 for Monday, `seconds` since 1970. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly dayOfYear: number;
  readonly dayOfWeek: number;
  readonly week: number;
  readonly weekYear: number;
  readonly seconds: number;
}

export interface PermalinkParts {
  /** In the site's time zone. */
  readonly date: WallTime;
  /** The front matter's `slug`, or the file's name; in Hugo the title. */
  readonly slug: string;
  /** The front matter's `slug`, or the file's name. */
  readonly slugOrName: string;
  /** The file's name without extension and date; its folder's for `index.md`. */
  readonly name: string;
  /** The same with the date that it begins with. */
  readonly filename: string;
  /** The key without its extension and without the posts folder. */
  readonly path: string;
  /** The post's title, as the dialect spells it in URLs. */
  readonly title: string;
  /** What `:title` means in the dialect: a path, a slug or a title. */
  readonly titled: string;
  /** Folders below the content folder. */
  readonly sections: readonly string[];
  /** The names in the first category's path; of all categories where the dialect reads a list as several. */
  readonly categories: readonly string[];
  /** As written in the path or the front matter. */
  readonly language: string;
  /** Front matter values that a pattern may name; empty ones count as missing. */
  readonly abbrlink?: string;
  readonly id?: string;
}

type Part = (parts: PermalinkParts) => string;

const two = (value: number) => String(value).padStart(2, "0");
const three = (value: number) => String(value).padStart(3, "0");
const four = (value: number) => String(value).padStart(4, "0");

const MONTHS = "January February March April May June July August September October November December".split(" ");
const DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(" ");
const monthName: Part = ({ date }) => MONTHS[date.month - 1] ?? "";
const dayName: Part = ({ date }) => DAYS[date.dayOfWeek - 1] ?? "";

const PARTS: { readonly [name: string]: Part | undefined } = {
  year: ({ date }) => four(date.year),
  short_year: ({ date }) => two(date.year % 100),
  month: ({ date }) => two(date.month),
  i_month: ({ date }) => String(date.month),
  short_month: (parts) => monthName(parts).slice(0, 3),
  long_month: monthName,
  monthname: (parts) => monthName(parts).toLowerCase(),
  day: ({ date }) => two(date.day),
  i_day: ({ date }) => String(date.day),
  short_day: (parts) => dayName(parts).slice(0, 3),
  long_day: dayName,
  weekday: ({ date }) => String(date.dayOfWeek % 7),
  weekdayname: (parts) => dayName(parts).toLowerCase(),
  y_day: ({ date }) => three(date.dayOfYear),
  yearday: ({ date }) => String(date.dayOfYear),
  w_year: ({ date }) => four(date.weekYear),
  week: ({ date }) => two(date.week),
  w_day: ({ date }) => String(date.dayOfWeek),
  hour: ({ date }) => two(date.hour),
  minute: ({ date }) => two(date.minute),
  second: ({ date }) => two(date.second),
  timestamp: ({ date }) => String(date.seconds),
  slug: ({ slug }) => slug,
  name: ({ name }) => name,
  filename: ({ filename }) => filename,
  contentbasename: ({ filename }) => filename,
  slugorfilename: ({ slugOrName }) => slugOrName,
  slugorcontentbasename: ({ slugOrName }) => slugOrName,
  title: ({ titled }) => titled,
  path: ({ path }) => path,
  post_title: ({ title }) => title,
  abbrlink: ({ abbrlink, slug }) => abbrlink ?? slug,
  id: ({ id, slug }) => id ?? slug,
  // Hexo: the first twelve digits of the SHA-1 of path and date.
  hash: ({ path, date }) => createHash("sha1").update(`${path}${date.seconds}`).digest("hex").slice(0, 12),
  category: ({ categories }) => categories.map(spelling.hexoCategory).join("/") || "uncategorized",
  categories: ({ categories }) => categories.map((name) => name.toLowerCase()).join("/"),
  slugified_categories: ({ categories }) => categories.map(spelling.jekyllSlug).join("/"),
  section: ({ sections }) => sections[0] ?? "",
  sections: ({ sections }) => sections.join("/"),
  lang: ({ language }) => language,
  output_ext: () => ".html",
};

/** The patterns that Jekyll has names for. */
const STYLES: { readonly [name: string]: string } = {
  date: "/:categories/:year/:month/:day/:title.html",
  pretty: "/:categories/:year/:month/:day/:title/",
  ordinal: "/:categories/:year/:y_day/:title.html",
  weekdate: "/:categories/:year/W:week/:short_day/:title.html",
  none: "/:categories/:title.html",
};

/** The pattern of a site that names a dialect and no pattern of its own. */
export const DEFAULT_PERMALINKS: { readonly [dialect in DialectName]: string } = {
  plain: "/:year/:month/:day/:slug/",
  hexo: "/:year/:month/:day/:title/",
  jekyll: "date",
  hugo: "/:sections/:slugorfilename/",
  zola: "/:sections/:slug/",
  astro: "/:sections/:slug/",
  eleventy: "/:sections/:slugorfilename/",
};

const NAMED = /:([a-z_]+)/g;
/** A pattern has to name one of these: without any, the posts of one day would share a URL. */
const DISTINGUISHING = `slug title name filename contentbasename slugorfilename slugorcontentbasename path post_title
  abbrlink id hash timestamp`.split(/\s+/);

/** The pattern that a name of Jekyll stands for; any other text is the pattern itself. */
export const permalinkPattern = (written: string): string =>
  Object.hasOwn(STYLES, written) ? (STYLES[written] ?? written) : written;

const partsOf = (pattern: string) => [...pattern.matchAll(NAMED)].map((match) => match[1] ?? "");

export const namesLanguage = (pattern: string): boolean => partsOf(pattern).includes("lang");
export const namesDate = (pattern: string): boolean => {
  return partsOf(pattern).some((name) =>
    /^(?:y_day|hash|timestamp)$|year|month|day|week|hour|minute|second/.test(name),
  );
};

/** What is wrong with a pattern, as the message of a problem. */
export function permalinkError(written: string): string | undefined {
  if (written.length > LONGEST_PATTERN) return `must have at most ${LONGEST_PATTERN} characters`;
  const pattern = permalinkPattern(written);
  const names = partsOf(pattern);
  const unknown = names.filter((name) => !Object.hasOwn(PARTS, name));
  if (unknown.length > 0) {
    return `names :${unknown.join(", :")}, which is none of :${Object.keys(PARTS).join(", :")}`;
  }
  if (!names.some((name) => DISTINGUISHING.includes(name))) {
    return "must name :slug, :title, :name or :abbrlink, or every post of a day has one URL";
  }
  if (/[?#\\\s]/.test(pattern)) return "must hold no ?, #, \\ or space";
  if (/^[a-z]+:\/\//i.test(pattern)) return "must be a path below the site's url";
  return undefined;
}

/** The most characters of the site's pattern, which is filled in for each post. */
const LONGEST_PATTERN = 1_000;

/** The most characters of a pattern in front matter, and of what takes the place of a name: a pattern may repeat it. */
export const LONGEST_PART = 8_000;

const LONE_PERCENT = /%(?![0-9a-f]{2})/gi;

/** Fills in a pattern. The result is a path without its leading slash, which a URL parser has yet to encode. */
export function permalinkOf(pattern: string, parts: PermalinkParts): string {
  const filled = new Map<string, string>();
  const fill = (whole: string, name: string): string => {
    const part = Object.hasOwn(PARTS, name) ? PARTS[name] : undefined;
    if (!part) return whole;
    const known = filled.get(name);
    if (known !== undefined) return known;
    const text = inPath(part(parts).slice(0, LONGEST_PART));
    filled.set(name, text);
    return text;
  };
  return plainPath(pattern.replace(LONE_PERCENT, "%25").replace(NAMED, fill).toWellFormed());
}

const inPath = (text: string): string =>
  /[%?#\\]/.test(text) ? text.replace(LONE_PERCENT, "%25").replace(/[?#\\]/g, encodeURIComponent) : text;

/** In every path, below its leading slash, of which something may have to be removed. */
const NOT_PLAIN = /^[/\\]|\/\/|(?:^|\/)(?:\.|%2e)/i;

function plainPath(path: string): string {
  const below = path.startsWith("/") ? path.slice(1) : path;
  if (!NOT_PLAIN.test(below)) return below;
  return path
    .split("/")
    .filter((part) => !/^(?:\.|%2e){1,2}$/i.test(part)) // a URL parser would remove these, or the segment before them
    .join("/")
    .replace(/^[/\\]+/, "")
    .replace(/\/{2,}/g, "/");
}
