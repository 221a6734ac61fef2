/** Where a post lives on the site: a pattern such as `/:year/:month/:slug/`, filled in. */

export interface PermalinkParts {
  /** The date as the site's clock shows it. */
  readonly date: { readonly year: number; readonly month: number; readonly day: number };
  /** The front matter's `slug`, or the file's name. */
  readonly slug: string;
  /** The key without its extension and without the posts folder: Hexo's `:title`. */
  readonly title: string;
  /** Front matter values a pattern may name; empty ones count as missing. */
  readonly abbrlink?: string;
}

type Part = "year" | "month" | "day" | "i_month" | "i_day" | "slug" | "title" | "abbrlink";

const two = (value: number) => String(value).padStart(2, "0");

const PARTS: { readonly [name in Part]: (parts: PermalinkParts) => string } = {
  year: ({ date }) => String(date.year).padStart(4, "0"),
  month: ({ date }) => two(date.month),
  day: ({ date }) => two(date.day),
  i_month: ({ date }) => String(date.month),
  i_day: ({ date }) => String(date.day),
  slug: ({ slug }) => slug,
  title: ({ title }) => title,
  abbrlink: ({ abbrlink, slug }) => abbrlink ?? slug,
};

const NAMED = /:([a-z_]+)/g;

/** What is wrong with a pattern, in the words of a problem. */
export function permalinkError(pattern: string): string | undefined {
  const names = [...pattern.matchAll(NAMED)].map((match) => match[1] ?? "");
  const unknown = names.filter((name) => !Object.hasOwn(PARTS, name));
  if (unknown.length > 0) {
    return `names :${unknown.join(", :")}, which is none of :${Object.keys(PARTS).join(", :")}`;
  }
  if (!names.some((name) => name === "slug" || name === "title" || name === "abbrlink")) {
    return "must name :slug, :title or :abbrlink, or every post of a day has one URL";
  }
  if (/[?#\s]/.test(pattern)) return "must hold no ?, # or space";
  return undefined;
}

/** A pattern filled in: a path without its leading slash, in which only a URL parser's work is left to do. */
export function permalinkOf(pattern: string, parts: PermalinkParts): string {
  const encoded = (name: string) =>
    PARTS[name as Part](parts)
      .replace(/%(?![0-9a-f]{2})/gi, "%25")
      .replace(/[?#\\]/g, encodeURIComponent);
  return pattern
    .replace(NAMED, (whole, name: string) => (Object.hasOwn(PARTS, name) ? encoded(name) : whole))
    .toWellFormed()
    .split("/")
    .filter((part) => !/^(?:\.|%2e){1,2}$/i.test(part)) // to a URL parser these lead up
    .join("/")
    .replace(/^[/\\]+/, "")
    .replace(/\/{2,}/g, "/");
}
