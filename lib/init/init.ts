/** A site's folder → its `site.yaml`, and what could not be told. Reads data and source, and runs nothing. */

import { DEFAULT_PERMALINKS, permalinkError } from "../site/permalink.ts";
import { ownKindsIn } from "../site/schema/taxonomies.ts";
import { parseSite } from "../site/site.ts";
import { readAstro } from "./astro.ts";
import { type ChosenPosts, choosePosts } from "./choose.ts";
import { readEleventy } from "./eleventy.ts";
import { type Mapping, mapEarlierFeeds } from "./former.ts";
import { readHexo } from "./hexo.ts";
import { readHugo } from "./hugo.ts";
import { readJekyll } from "./jekyll.ts";
import { readPlain } from "./plain.ts";
import { countPosts } from "./posts.ts";
import type { EarlierFeed, Found, FoundPosts, Said, SaidAuthor, SiteFolder } from "./types.ts";
import { addressOf, isPlaceholder } from "./values.ts";
import { type KeyToWrite, writeSite } from "./write.ts";
import { readZola } from "./zola.ts";

export interface SitePlan {
  readonly generator: string;
  /** The file. */
  readonly text: string;
  /** What is in it, by key. */
  readonly keys: readonly KeyToWrite[];
  readonly posts: number;
  /** Folders with posts, ending in a slash, and how many each has. */
  readonly folders: readonly (readonly [folder: string, posts: number])[];
  readonly feeds: readonly EarlierFeed[];
  /** What could not be told, or is to be looked at. */
  readonly remarks: readonly string[];
}

const UNKNOWN_URL = "https://example.com/";

/** `name` is that of the folder, `year` the present one. */
export async function planSite(folder: SiteFolder, name: string, year: number): Promise<SitePlan> {
  const found = await recognised(folder, name);
  const posts = await countPosts(folder, found);
  const permalink = found.permalinkFor?.(posts) ?? { ...(found.permalink && { said: found.permalink }), remarks: [] };
  const chosen = choosePosts(found, posts);
  const mapping = mapEarlierFeeds(found.feeds);
  const remarks = [...found.remarks, ...permalink.remarks, ...chosen.remarks];
  const url = found.url ?? (await ownDomain(folder));
  if (!url) remarks.push("url: the configuration names no address of the site; write it before you publish");
  else if (isPlaceholder(url.value))
    remarks.push(`url: ${url.value} looks like an example; write the site's own address before you publish`);
  if (!found.title) remarks.push("title: the configuration names none; the folder's name stands there");
  if (!found.timezone)
    remarks.push(
      "timezone: UTC stands there, since the configuration names none; name yours if dates are written without a zone",
    );
  remarks.push(...languageRemarks(found, posts));
  if (!posts.since)
    remarks.push(
      "since: no post has a date, so this year stands there; write a year in which the domain was already yours",
    );
  const keys = keysOf({ found, posts, chosen, permalink: permalink.said, mapping, url, name, year }, remarks);
  const usable = usableKeys(keys, year, remarks);
  return {
    generator: found.generator,
    text: writeSite(
      [
        `Written by \`dripfeed init\` from what ${found.generator} is told.`,
        ...remarks.map((each) => `To look at: ${each}`),
      ],
      usable,
    ),
    keys: usable,
    posts: chosen.number,
    folders: chosen.folders,
    feeds: found.feeds,
    remarks,
  };
}

async function recognised(folder: SiteFolder, name: string): Promise<Found> {
  return (
    (await readAstro(folder)) ??
    (await readEleventy(folder)) ??
    (await readHexo(folder)) ??
    (await readZola(folder)) ??
    (await readHugo(folder)) ??
    (await readJekyll(folder)) ??
    (await readPlain(folder, name))
  );
}

/** What GitHub Pages and others read: a file with a domain. */
async function ownDomain(folder: SiteFolder): Promise<Said | undefined> {
  for (const path of ["CNAME", "source/CNAME", "static/CNAME", "public/CNAME", "src/CNAME", "docs/CNAME"]) {
    const domain = folder.paths.includes(path) ? (await folder.read(path))?.trim() : undefined;
    if (domain && /^[\w.-]{1,200}\.[a-z]{2,20}$/i.test(domain))
      return addressOf({ value: `https://${domain}/`, from: path });
  }
  return undefined;
}

function languageRemarks({ language }: Found, posts: FoundPosts): readonly string[] {
  if (!language) {
    const stands = posts.language
      ? `${posts.language.value} stands there, by ${posts.language.from}`
      : "en stands there";
    return [`language: ${stands}, since the configuration names none`];
  }
  const [spoken] = posts.language?.value.split("-") ?? [];
  return spoken === undefined ||
    language.value.startsWith(spoken) ||
    (spoken === "zh" && language.value.startsWith("ja"))
    ? []
    : [`language: ${language.value} (${language.from}), but most titles are in ${posts.language?.value}`];
}

interface Facts {
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

function keysOf(
  { found, posts, chosen, permalink, mapping, url, name, year }: Facts,
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

/** The one place at which former feeds become keys. */
function formerKeys(feeds: readonly EarlierFeed[], { files, kinds, aliases, replace }: Mapping): readonly KeyToWrite[] {
  const from = feeds[0]?.from;
  const writers = [...new Set(feeds.map(({ writer }) => writer))].join(" and ");
  return [
    ...(Object.keys(files).length > 0 && from !== undefined ? [{ key: "files", value: files, from }] : []),
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

/** Keys that `parseSite` does not know. */
const UNPARSED: ReadonlySet<string> = new Set(["files", "kinds", "replace"]);

/** Without the keys that `site.yaml` cannot have so: each is a remark instead. */
function usableKeys(keys: readonly KeyToWrite[], year: number, remarks: string[]): readonly KeyToWrite[] {
  const left = [...keys];
  for (let attempt = 0; attempt <= keys.length; attempt++) {
    const parsed = left.filter(({ key }) => !UNPARSED.has(key));
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
