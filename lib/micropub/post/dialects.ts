/** How each site generator has its posts: the form of the front matter, its keys, its dates, and the names of files. */
import type { DialectName } from "../../model.ts";
import { bare, type FieldValue, type Visibility } from "./types.ts";

/** A date in the site's time zone, with its offset; one that is put beside a time; or a time alone, which Hexo wants. */
export type DateForm = "rfc" | "spaced" | "wall";

export interface DialectWriter {
  readonly form: "yaml" | "toml";
  readonly dates: DateForm;
  readonly keys: { readonly [fact in "date" | "updated" | "tags" | "categories"]: string };
  /** Before what the generator has no key for: Zola refuses unknown keys outside of `[extra]`. */
  readonly extra: string;
  /** What keeps a post from being published, for the generator too. */
  readonly draft: readonly [key: string, value: boolean];
  /** What keeps a page from being listed, or written at all, besides `unlisted` and `private`. */
  readonly held: { readonly [visibility in Exclude<Visibility, "public">]: readonly (readonly [string, FieldValue])[] };
  /** Does the name of a file begin with the date? */
  readonly isDated: boolean;
  /** Without one the generator writes a page of the text alone. */
  readonly layout?: string;
}

const DRAFT = ["draft", true] as const;
const OF_DRAFT = { unlisted: [], private: [["draft", bare(true)]] } as const;

const PLAIN: DialectWriter = {
  form: "yaml",
  dates: "rfc",
  keys: { date: "date", updated: "updated", tags: "tags", categories: "categories" },
  extra: "",
  draft: DRAFT,
  held: OF_DRAFT,
  isDated: false,
};

/** Hexo and Jekyll write no page of what has it. */
const UNPUBLISHED = { unlisted: [], private: [["published", bare(false)]] } as const;

/** https://gohugo.io/content-management/build-options/ */
const build = (...options: readonly string[]): readonly [string, FieldValue] => [
  "build",
  new Map(options.map((name) => [name, "never"])),
];

export const WRITERS: { readonly [name in DialectName]: DialectWriter } = {
  plain: PLAIN,
  // https://hexo.io/docs/front-matter: a date is read in the time zone of the configuration, whatever offset it has.
  hexo: { ...PLAIN, dates: "wall", draft: ["published", false], held: UNPUBLISHED },
  // https://jekyllrb.com/docs/front-matter/; posts of `jekyll new` have this layout (lib/site_template/_posts/ of jekyll/jekyll).
  jekyll: {
    ...PLAIN,
    dates: "spaced",
    keys: { ...PLAIN.keys, updated: "last_modified_at" },
    draft: ["published", false],
    held: UNPUBLISHED,
    isDated: true,
    layout: "post",
  },
  // https://gohugo.io/content-management/front-matter/
  hugo: {
    ...PLAIN,
    keys: { ...PLAIN.keys, updated: "lastmod" },
    held: { unlisted: [build("list")], private: [build("render", "list")] },
  },
  // https://www.getzola.org/documentation/content/page/
  zola: {
    ...PLAIN,
    form: "toml",
    keys: { ...PLAIN.keys, tags: "taxonomies.tags", categories: "taxonomies.categories" },
    extra: "extra.",
    held: { unlisted: [], private: [["render", bare(false)]] },
  },
  // The schema of Astro's own template for blogs; https://docs.astro.build/en/guides/content-collections/
  astro: { ...PLAIN, keys: { ...PLAIN.keys, date: "pubDate", updated: "updatedDate" } },
  // https://www.11ty.dev/docs/collections/#how-to-exclude-content-from-collections
  eleventy: {
    ...PLAIN,
    held: {
      unlisted: [["eleventyExcludeFromCollections", bare(true)]],
      // Without a permalink no page would be written, but then the post has no address by which it could be changed.
      private: [
        ["draft", bare(true)],
        ["eleventyExcludeFromCollections", bare(true)],
      ],
    },
  },
};
