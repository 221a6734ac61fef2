/** The one table of what `site.yaml` may say. */
import * as v from "valibot";
import { ALIAS_LISTS, type AliasList } from "./aliases.ts";
import { DEFAULT_PERMALINKS, permalinkError } from "./permalink.ts";
import { categoryPath, isItunesCategory, PODCAST_MEDIUMS } from "./podcast.ts";
import {
  baseUrl,
  email,
  flag,
  isMap,
  KEYS_AND_VALUES,
  language,
  mapOf,
  mapOr,
  names,
  namesOrOne,
  oneOf,
  text,
  timezone,
  webUrl,
  wholeNumber,
  words,
} from "./values.ts";

const author = v.looseObject({ name: words, email: v.optional(email), url: v.optional(webUrl) }, KEYS_AND_VALUES);

const permalink = v.pipe(
  text,
  v.rawCheck(({ dataset, addIssue }) => {
    const error = dataset.typed ? permalinkError(dataset.value) : undefined;
    if (error !== undefined) addIssue({ message: error });
  }),
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
const dialects = Object.keys(DEFAULT_PERMALINKS) as (keyof typeof DEFAULT_PERMALINKS)[];

const entries = wholeNumber(1, 1000);
const limit = mapOr(
  {
    entries: v.optional(entries),
    days: v.optional(wholeNumber(1, 36_500)),
    bytes: v.optional(wholeNumber(1, 100_000_000)),
  },
  entries,
);
const formats = v.pipe(
  v.array(oneOf("rss", "atom", "json"), "must be a list of rss, atom and json"),
  v.minLength(1, "must name at least one of rss, atom and json"),
  v.transform((given) => [...new Set(given)]),
);

// ── Channels ───────────────────────────────────────────────────────────────────────────────────────────────────────

const ruleEntries = {
  limit: v.optional(limit),
  content: v.optional(content),
  formats: v.optional(formats),
  title: v.optional(words),
  description: v.optional(words),
};
/** `false`: there are no channels of this kind. */
const kind = v.optional(mapOr(ruleEntries, v.boolean("must be true, false, or hold keys and values")));
const kinds = mapOf({ tags: kind, categories: kind, authors: kind, languages: kind, sections: kind });

const RESERVED = /^(?:tags|categories|authors|languages|sections|archive|site)(?:\/|$)/i;
/** Without dots no folder can have a document's name. */
const PATH = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]*(?:\/[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]*)*$/u;
const channelPath = v.pipe(
  text,
  v.transform((value) => value.replace(/^\/+|\/+$/g, "").normalize("NFC")),
  v.check((value) => PATH.test(value), "must be a path of letters, digits, - and _, such as rural-video"),
  v.check((value) => !RESERVED.test(value), "must not begin with the folder of a kind, such as tags/"),
  v.check((value) => Buffer.byteLength(value) <= 200, "must be shorter"),
);
const namedChannel = mapOf({
  path: channelPath,
  ...ruleEntries,
  language: v.optional(language),
  match: v.optional(oneOf("all", "any"), "any"),
  ...{ tags: v.optional(namesOrOne), categories: v.optional(namesOrOne), authors: v.optional(namesOrOne) },
  ...{ languages: v.optional(namesOrOne), sections: v.optional(namesOrOne) },
});

const namedChannels = v.pipe(
  v.array(namedChannel, "must be a list of channels"),
  v.checkItems(
    // Some file systems do not tell cases apart.
    ({ path }, i, all) => all.findIndex((other) => other.path.toLowerCase() === path.toLowerCase()) === i,
    "must have a path of its own",
  ),
);

// ── Podcasts ───────────────────────────────────────────────────────────────────────────────────────────────────────

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const itunesCategory = v.pipe(
  words,
  v.check(isItunesCategory, "must be a category of Apple's, such as `Technology` or `Arts > Books`"),
  v.transform(categoryPath),
);
const person = mapOf({
  name: words,
  ...{ role: v.optional(words), group: v.optional(words), image: v.optional(webUrl), url: v.optional(webUrl) },
});
const podcast = mapOf({
  channel: v.optional(text, "site"),
  guid: v.optional(v.pipe(text, v.regex(UUID, "must be a UUID"))),
  medium: v.optional(oneOf(...PODCAST_MEDIUMS), "podcast"),
  categories: v.pipe(v.array(itunesCategory, "must be a list of categories"), v.minLength(1, "must name a category")),
  explicit: v.optional(flag, false),
  type: v.optional(oneOf("episodic", "serial"), "episodic"),
  image: v.optional(webUrl),
  author: v.optional(words),
  owner: v.optional(mapOf({ name: v.optional(words), email })),
  locked: v.optional(flag),
  funding: v.optional(v.array(mapOf({ url: webUrl, text: v.optional(words) }), "must be a list"), []),
  persons: v.optional(v.array(person, "must be a list of people"), []),
  newFeedUrl: v.optional(webUrl),
  complete: v.optional(flag),
});

// ── Guard ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Of posts that change at once, what looks like an accident; `false`: nothing does. */
const allowance = (posts: number, percent: number) =>
  v.optional(
    mapOr(
      { posts: v.optional(wholeNumber(0, 1_000_000), posts), percent: v.optional(wholeNumber(0, 100), percent) },
      v.literal(false, "must be false, or hold posts and percent"),
    ),
    {},
  );
const guard = mapOf({
  gone: allowance(10, 10),
  ids: allowance(5, 1),
  updated: allowance(20, 20),
  published: allowance(20, 20),
  // What CloudFront compresses at most.
  bytes: v.optional(
    v.lazy((value) =>
      typeof value === "number" ? wholeNumber(1000, 1_000_000_000) : v.literal(false, "must be false or a number"),
    ),
    10_000_000,
  ),
});

// ── Aliases ────────────────────────────────────────────────────────────────────────────────────────────────────────

const NO_ALIAS = /[#\s\\]|\/\/|(?:^|\/)\.\.?(?:[/?]|$)/;
const aliasPath = v.pipe(
  text,
  v.check((value) => !NO_ALIAS.test(value), "must be a path such as feed/ or old/atom.xml"),
  v.transform((value) => value.replace(/^\/+/, "")),
);
const pairs = v.pipe(
  v.custom<{ readonly [from: string]: unknown }>(
    (value) => isMap(value),
    `must be one of ${ALIAS_LISTS.join(", ")}, or a path and its target, such as old/feed.xml: rss.xml`,
  ),
  v.record(aliasPath, aliasPath),
);
const aliases = v.array(
  v.lazy((value) => (typeof value === "string" ? oneOf(...(ALIAS_LISTS as readonly [AliasList])) : pairs)),
  "must be a list",
);

/** Of a retired feed: it is nowhere any more. */
export const GONE = "gone";

const retired = v.pipe(
  v.custom<{ readonly [from: string]: unknown }>(
    (value) => isMap(value),
    "must be paths and what became of them, such as old/feed.xml: rss.xml, or old/feed.xml: gone",
  ),
  v.record(
    aliasPath,
    v.lazy((value) => (typeof value === "string" && /^https?:/i.test(value) ? webUrl : aliasPath)),
  ),
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
    posts: v.optional(v.pipe(globs, v.minLength(1, "must name at least one glob"))),

    content: v.optional(content, "full"),
    limit: v.optional(limit, 20),
    formats: v.optional(formats, ["rss", "atom", "json"]),
    kinds: v.optional(kinds, {}),
    channels: v.optional(namedChannels, []),
    archives: v.optional(
      v.lazy((value) => (value === false ? v.literal(false) : oneOf("year", "month", "week", "day"))),
      "month",
    ),
    tombstones: v.optional(wholeNumber(0, 3650), 30),
    pages: v.optional(flag),
    aliases: v.optional(aliases, []),
    retired: v.optional(retired, {}),

    hubs: v.optional(v.array(webUrl, "must be a list of URLs"), []),
    ttl: v.optional(wholeNumber(1, 525_600)),
    updates: v.optional(
      mapOf({
        period: v.optional(oneOf("hourly", "daily", "weekly", "monthly", "yearly"), "daily"),
        frequency: v.optional(wholeNumber(1, 1000), 1),
      }),
    ),
    ...{ image: v.optional(webUrl), icon: v.optional(webUrl), favicon: v.optional(webUrl), rights: v.optional(words) },
    sourceMarkdown: v.optional(flag, false),
    podcast: v.optional(podcast),
    guard: v.optional(guard, {}),
    cacheControl: v.optional(
      v.pipe(text, v.regex(/^[\x20-\x7e]+$/, "must be one line of ASCII")),
      "public, max-age=300",
    ),
  });

export const siteKeys = () => Object.keys(siteSchema(9999).entries);

interface UnknownKey {
  readonly path: readonly string[];
  /** The keys there are in its place. */
  readonly known: readonly string[];
}

/** Keys that nothing reads, wherever they stand. */
export const unknownKeys = (given: unknown): readonly UnknownKey[] => unknownIn(siteSchema(9999), given, []);

/** What valibot's schemas are made of, as far as a key can lie in them. */
interface Part {
  readonly type?: string;
  readonly pipe?: readonly Part[];
  readonly wrapped?: Part;
  readonly item?: Part;
  readonly value?: Part;
  readonly entries?: { readonly [key: string]: Part };
  readonly getter?: (value: unknown) => Part;
}

function unknownIn(part: unknown, value: unknown, path: readonly string[]): readonly UnknownKey[] {
  const { type, pipe, wrapped, item, value: member, entries, getter } = part as Part;
  if (pipe) return pipe.flatMap((step) => (step === part ? [] : unknownIn({ ...step, pipe: undefined }, value, path)));
  if (wrapped) return unknownIn(wrapped, value, path);
  if (type === "lazy" && getter) return unknownIn(getter(value), value, path);
  if (type === "array" && item && Array.isArray(value)) {
    return value.flatMap((each, i) => unknownIn(item, each, [...path, String(i)]));
  }
  if (!isMap(value)) return [];
  if (type === "record" && member) {
    return Object.entries(value).flatMap(([key, each]) => unknownIn(member, each, [...path, key]));
  }
  if (type !== "loose_object" || !entries) return [];
  const known = Object.keys(entries);
  return Object.entries(value).flatMap(([key, each]) => {
    const inner = Object.hasOwn(entries, key) ? entries[key] : undefined;
    return inner ? unknownIn(inner, each, [...path, key]) : [{ path: [...path, key], known }];
  });
}
