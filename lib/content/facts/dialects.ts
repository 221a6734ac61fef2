/** The dialects of front matter, one for each site generator, as tables. */
import type { DialectName } from "../../model.ts";
import * as spelling from "../../site/spelling.ts";
import type { SourceFile } from "../frontmatter/frontmatter.ts";
import { codeFinder } from "../templates/code.ts";
import { type Place, withDate, withIndex, withoutTwin } from "./place.ts";

export interface Dialect {
  /** Is a list of categories one path from parent to child, or several categories? */
  readonly categories: "path" | "several";
  /** What separates tags or categories that are written in one text, under the plural key and under the singular. */
  readonly separator: { readonly plural: RegExp; readonly singular: RegExp };
  /** Tags that only name collections of the generator. */
  readonly ignoredTags: readonly string[];
  /** Is a line break in a paragraph rendered as one, as in Hexo? */
  readonly breaks: boolean;
  /** Do its templates print titles, names and descriptions as HTML? Others escape them. */
  readonly printsHtml: boolean;
  /** Is the date that a file's name begins with left out of the address? */
  readonly dropsDate: boolean;
  /** What a file is called in addresses. */
  readonly located: (place: Place) => Place;
  /** How a URL spells a file's name, a folder's if that is another way, a slug, and a title. */
  readonly name: (written: string) => string;
  readonly folder?: (written: string) => string;
  readonly slug: (written: string) => string;
  readonly title: (written: string) => string;
  /** The same for `:slug` in a pattern, from which Jekyll removes more than from `:title`. */
  readonly slugPart: (written: string) => string;
  /** What `:title` means in a pattern, and `:slug` for a post without a slug. */
  readonly titled: "path" | "slug" | "title";
  readonly slugless: "name" | "title";
  /** What `:slugorfilename` means for a post without a slug: `filename` has its date, whatever `dropsDate` says. */
  readonly slugOr: "name" | "filename";
}

const COMMA = /[,，]/;
const NOTHING = /(?!)/;

const PLAIN: Dialect = {
  categories: "path",
  separator: { plural: COMMA, singular: COMMA },
  ignoredTags: [],
  breaks: false,
  printsHtml: false,
  dropsDate: true,
  located: (place) => place,
  name: spelling.asWritten,
  slug: spelling.asWritten,
  title: spelling.hexoTitle,
  slugPart: spelling.asWritten,
  titled: "path",
  slugless: "name",
  slugOr: "name",
};

export const DIALECTS: { readonly [name in DialectName]: Dialect } = {
  plain: PLAIN,
  hexo: { ...PLAIN, breaks: true, printsHtml: true, dropsDate: false, located: withIndex },
  jekyll: {
    ...PLAIN,
    printsHtml: true,
    categories: "several",
    separator: { plural: /\s+/, singular: NOTHING },
    ignoredTags: [","], // between two with spaces around it
    name: spelling.jekyllName,
    slug: spelling.jekyllName,
    slugPart: spelling.jekyllSlug,
    titled: "slug",
  },
  hugo: {
    ...PLAIN,
    categories: "several",
    dropsDate: false,
    located: withDate,
    name: spelling.hugoName,
    slug: spelling.hugoSlug,
    title: spelling.hugoName,
    titled: "title",
    slugless: "title",
  },
  zola: {
    ...PLAIN,
    categories: "several",
    name: spelling.zolaName,
    folder: spelling.asWritten,
    slug: spelling.zolaName,
    title: spelling.zolaName,
    titled: "slug",
  },
  astro: {
    ...PLAIN,
    categories: "several",
    dropsDate: false,
    located: withDate,
    name: spelling.astroName,
    titled: "slug",
  },
  eleventy: {
    ...PLAIN,
    categories: "several",
    located: withoutTwin,
    titled: "slug",
    slugOr: "filename",
    ignoredTags: ["all", "nav", "post", "posts"],
  },
};

const names = (text: string): readonly string[] => text.trim().split(/\s+/);

/** `like_of`, `likeof` and `like-of`. */
const spelt = (text: string): readonly string[] =>
  names(text).flatMap((name) => [name, name.replaceAll("_", ""), name.replaceAll("_", "-")]);

/** The keys of each fact, in lower case; the first that has a value counts. */
export const KEYS = {
  title: ["title"],
  /** `published` counts where it holds a date; in other places it is a flag. */
  date: names(`
    date pubdate pubdatetime published publisheddate published_date publishedat published_at datepublished
    date_published post_date created created_at createdat createddate creationdate
  `),
  /** Until then the post is not published. */
  publishDate: ["publishdate", "publish_date", "publish"],
  updated: names(`
    updated lastmod modified updateddate last_modified_at last-modified-at moddatetime updated_at updatedat
    updatedon modifieddate modified_at date_modified date_updated lastupdated last_updated lastmodified
    last_modified
  `),
  expires: ["expirydate", "expires", "unpublishdate", "expire", "expiry", "expiry_date"],
  tags: ["tags", "tag"],
  categories: ["categories", "category"],
  authors: ["authors", "author", "hosts"],
  slug: ["slug"],
  permalink: ["permalink", "url", "path"],
  description: ["description", "summary", "excerpt", "intro", "desc", "abstract"],
  language: ["lang", "language", "locale"],
  translation: ["translationkey", "translation_key", "translation_id", "lang-ref", "lang_ref", "page_id", "ref"],
  id: ["id", "guid"],
  image: names(`
    cover banner image thumbnail heroimage hero_image featured_image featuredimage feature_image featureimage
    cover_image coverimage header_image header-img og_image ogimage socialimage social_image preview_image top_img
    index_img banner_img thumb hero header teaser img photo photos images
    featuredimagepreview featured_image_preview featured-image-preview
  `),
  canonical: ["canonical", "canonical_url", "canonicalurl"],
  external: [
    ...names(
      "external_url externalurl external-url external_link externallink external linkurl link_url linked_url link",
    ),
    ...spelt("linked_list_url redirect_to bookmark_of repost_of like_of in_reply_to"),
    ...["redirect", "source", "via"],
  ],
  content: ["content"],
  comments: names(`
    comments comments_url commentsurl comments-url comments_link commentslink comment_url commenturl comments_page
    discussion discussion_url discussionurl discussion-url discussion_link discussionlink discuss discuss_url discussurl
  `),
} as const satisfies { readonly [fact: string]: readonly string[] };

interface Sign {
  readonly dialect: DialectName;
  readonly form?: SourceFile["form"];
  readonly path?: RegExp;
  readonly keys?: readonly string[];
}

/** Signs of a dialect, the surest first. */
const SIGNS: readonly Sign[] = [
  { dialect: "hugo", form: "toml" },
  { dialect: "hexo", form: "hexo-json" },
  { dialect: "eleventy", keys: ["eleventyexcludefromcollections", "eleventycomputed", "templateengineoverride"] },
  { dialect: "hexo", path: /(?:^|\/)source\/_(?:posts|drafts)\// },
  { dialect: "astro", path: /(?:^|\/)src\/content\// },
  { dialect: "hugo", path: /^content\// },
  { dialect: "jekyll", path: /(?:^|\/)_posts\/(?:.*\/)?\d{4}-\d{1,2}-\d{1,2}-[^/]*$/ },
  { dialect: "hexo", path: /(?:^|\/)_posts\// },
  { dialect: "hexo", keys: ["abbrlink"] },
  { dialect: "astro", keys: ["pubdate", "pubdatetime", "heroimage", "updateddate"] },
  { dialect: "hugo", keys: ["lastmod", "publishdate", "expirydate", "iscjklanguage", "translationkey"] },
  { dialect: "astro", path: /\.mdx$/i },
];

/** Of what looks like Hugo's: keys that only Zola has. In YAML, which Zola reads too, themes of Hugo have some of them. */
const ZOLA_KEYS = ["taxonomies", "in_search_index", "insert_anchor_links"];
const ZOLA_TOML_KEYS = [...ZOLA_KEYS, "extra", "path", "render", "template"];
/** A link to a file below `content/`, or a shortcode: Hugo reads neither, and Zola reads none of Hugo's. */
const ZOLA_BODY = /\]\(\s{0,9}<?@\/|\]:[ \t]{0,9}<?@\/|\{[{%]\s{0,9}[A-Za-z_]\w{0,99}\(|\{%\s{0,9}end\s{0,9}%\}/g;
const HUGO_BODY = /\{\{[<%]/g;

/**
 * The body is no sign: an edit of the text must not change how front matter is read. Hugo and Zola alone it may tell apart,
 * where the front matter has no key that they read in two ways.
 */
export function detectDialect(
  key: string,
  { form, fields, body }: Pick<SourceFile, "form" | "fields" | "body">,
): DialectName {
  const sign = SIGNS.find(
    (each) => each.form === form || each.path?.test(key) || each.keys?.some((name) => fields.has(name)),
  );
  if (sign?.dialect !== "hugo") return sign?.dialect ?? "plain";
  const keys = form === "toml" ? ZOLA_TOML_KEYS : ZOLA_KEYS;
  if (keys.some((name) => fields.has(name))) return "zola";
  return isWritten(ZOLA_BODY, body) && !isWritten(HUGO_BODY, body) ? "zola" : "hugo";
}

/** Whether something stands in the text; in code there may be the words of any generator. */
function isWritten(pattern: RegExp, body: string): boolean {
  if (body.search(pattern) < 0) return false;
  const isCode = codeFinder(body, false);
  for (const { index } of body.matchAll(pattern)) if (!isCode(index)) return true;
  return false;
}
