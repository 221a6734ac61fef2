/** What was found → the keys of `site.yaml`, of which `parseSite` takes each. */
import { present } from "../base/optional.ts";
import { DEFAULT_PERMALINKS, permalinkError } from "../site/permalink.ts";
import { ownKindsIn } from "../site/schema/taxonomies.ts";
import { unknownKeys } from "../site/schema.ts";
import { parseSite } from "../site/site.ts";
import type { ChosenPosts } from "./choose.ts";
import type { Mapping } from "./former.ts";
import type { EarlierFeed, Found, FoundPosts, Said, SaidAuthor } from "./types.ts";
import { type KeyToWrite, writeSite } from "./write.ts";

const UNKNOWN_URL = "https://example.com/";

interface SiteFacts {
  readonly found: Found;
  readonly posts: FoundPosts;
  readonly chosen: ChosenPosts;
  readonly permalink: Said | undefined;
  readonly mapping: Mapping;
  readonly url: Said | undefined;
  readonly name: string;
  readonly year: number;
}

const keyOf = (key: string, said: Said<unknown> | undefined): readonly KeyToWrite[] =>
  said ? [{ key, value: said.value, from: said.from }] : [];

/** Every key of the file, in its order; `remarks` gets what cannot be written. */
export function keysOf(
  { found, posts, chosen, permalink, mapping, url, name, year }: SiteFacts,
  remarks: string[],
): readonly KeyToWrite[] {
  const since = posts.since && posts.since.value <= year ? Math.max(posts.since.value, 1990) : year;
  const named = found.taxonomies?.value.map((each) => each.toLowerCase()) ?? [];
  const kept = ownKindsIn({ taxonomies: named.filter((each) => posts.keys.has(each)) });
  return [
    ...keyOf("title", found.title ?? { value: name || "Untitled", from: "the folder's name" }),
    ...(url ? keyOf("url", url) : [{ key: "url", value: UNKNOWN_URL, remark: "write the site's own address here" }]),
    { key: "since", value: since, from: posts.since ? `the earliest post is ${posts.since.from}` : "this year" },
    ...keyOf("description", found.description),
    ...keyOf("language", found.language ?? posts.language ?? { value: "en", from: "not told" }),
    ...(found.timezone
      ? keyOf("timezone", found.timezone)
      : [{ key: "timezone", value: "UTC", remark: "which zone are dates in that name none? Such as Asia/Shanghai" }]),
    ...(found.authors ? [{ key: "authors", value: authorsOf(found.authors.value), from: found.authors.from }] : []),
    ...(found.dialect ? [{ key: "dialect", value: found.dialect }] : []),
    ...permalinkKey(found, permalink, remarks),
    ...(chosen.globs ? [{ key: "posts", value: chosen.globs, from: chosen.from }] : []),
    ...keyOf("languages", found.languages),
    ...(kept.length > 0 && found.taxonomies ? [{ key: "taxonomies", value: kept, from: found.taxonomies.from }] : []),
    ...keyOf("fileDates", found.fileDates),
    ...(found.exclude ? [{ key: "exclude", value: { paths: found.exclude.value }, from: found.exclude.from }] : []),
    ...keyOf("limit", found.limit),
    ...(found.dialect ? [filesKey(found.feeds, mapping)] : []),
    ...formerKeys(found.feeds, mapping),
  ];
}

function permalinkKey({ dialect }: Found, permalink: Said | undefined, remarks: string[]): readonly KeyToWrite[] {
  if (!permalink || permalink.value === DEFAULT_PERMALINKS[dialect ?? "plain"]) return [];
  const error = permalinkError(permalink.value);
  if (error === undefined) return keyOf("permalink", permalink);
  const why = error.split(", which is")[0];
  remarks.push(
    `permalink: ${permalink.value} (${permalink.from}) ${why}; the generator's own default counts until you write one`,
  );
  return [];
}

function authorsOf(authors: readonly SaidAuthor[]): { readonly [key: string]: unknown } {
  return Object.fromEntries(
    authors.map(({ key, name, ...rest }, i) => {
      const made = name
        .toLowerCase()
        .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
        .replace(/^-|-$/g, "")
        .slice(0, 100);
      return [key ?? (made === "" || made === "__proto__" ? `author-${i + 1}` : made), { name, ...rest }];
    }),
  );
}

/** Pages of a name that a generator's own have not: `index.html` is the home page of the site, and of each tag. */
function filesKey(feeds: readonly EarlierFeed[], { files }: Mapping): KeyToWrite {
  const isFormer = Object.keys(files).length > 0;
  const remark = `page: where people subscribe, beside each feed${isFormer ? "; the others are those of your feeds now" : ""}`;
  return {
    key: "files",
    value: { ...files, page: "feeds.html" },
    remark,
    ...present({ from: isFormer ? feeds[0]?.from : undefined }),
  };
}

/** The one place at which former feeds become keys. */
function formerKeys(feeds: readonly EarlierFeed[], { kinds, aliases, replace }: Mapping): readonly KeyToWrite[] {
  const writers = [...new Set(feeds.map(({ writer }) => writer))].join(" and ");
  return [
    ...(kinds.size > 0
      ? [{ key: "kinds", value: Object.fromEntries([...kinds].map(([kind, path]) => [kind, { path }])) }]
      : []),
    ...(aliases.size > 0
      ? [
          {
            key: "aliases",
            value: [...aliases].map(([path, target]) => ({ [path]: target })),
            remark: "the feed's former addresses",
          },
          {
            key: "host",
            value: "files",
            remark: "GitHub Pages or the like; write netlify, nginx, caddy or edge for what else serves the site",
          },
        ]
      : []),
    ...(replace.length > 0
      ? [
          {
            key: "replace",
            value: replace,
            remark: `feeds that ${writers} ${writers.includes(" and ") ? "write" : "writes"}; Dripfeed's take their place`,
          },
        ]
      : []),
  ];
}

/** A key that the schema does not know cannot be tried. */
const isKnown = ({ key, value }: KeyToWrite): boolean => unknownKeys({ [key]: value }).length === 0;

/** Without the keys that `site.yaml` cannot have so: each is a remark instead. */
export function usableKeys(keys: readonly KeyToWrite[], year: number, remarks: string[]): readonly KeyToWrite[] {
  const left = [...keys];
  for (let attempt = 0; attempt <= keys.length; attempt++) {
    const parsed = left.filter(isKnown);
    const result = parseSite(
      Buffer.from(
        writeSite(
          [],
          parsed.map(({ key, value }) => ({ key, value })),
        ),
      ),
      "site.yaml",
      year,
    );
    if (result.ok) return left;
    const [problem] = result.problems;
    const key =
      parsed.find((each) => problem?.message.startsWith(each.key)) ?? parsed.find((each) => !REQUIRED.has(each.key));
    if (!key) return left;
    const at = left.indexOf(key);
    const substitute = REQUIRED.get(key.key);
    remarks.push(`${key.key}: ${key.from ?? "its value"} cannot be used: ${problem?.message ?? ""}`);
    left.splice(
      at,
      1,
      ...(substitute === undefined ? [] : [{ key: key.key, value: substitute, remark: "write this" }]),
    );
  }
  return left;
}

/** What stands for a value that cannot be used, of keys that the file must have. */
const REQUIRED: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["title", "Untitled"],
  ["url", UNKNOWN_URL],
]);
