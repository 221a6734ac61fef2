/** The schema of `site.yaml`. */
import * as v from "valibot";
import type { OwnKind } from "../model.ts";
import { told, write } from "./fixes/fix.ts";
import { keysFix } from "./fixes/values.ts";
import { DEFAULT_PERMALINKS, permalinkError } from "./permalink.ts";
import { isCostlyGlob, plainPath } from "./rules.ts";
import { aliases, renamedWith, retired } from "./schema/aliases.ts";
import { content, formats, kindRules, limit, namedChannelsWith } from "./schema/channels.ts";
import { files } from "./schema/files.ts";
import { footer } from "./schema/footer.ts";
import { guard } from "./schema/guard.ts";
import { podcast } from "./schema/podcast.ts";
import { skipDays, skipHours } from "./schema/skips.ts";
import { ownKindsIn, taxonomies } from "./schema/taxonomies.ts";
import { templates, variables } from "./schema/templates.ts";
import { keysIn, type UnknownKey, unknownKeysIn } from "./schema/unknown.ts";
import {
  baseUrl,
  colour,
  email,
  flag,
  iconUrl,
  isMap,
  KEYS_AND_VALUES,
  language,
  listOf,
  mapOf,
  names,
  oneOf,
  text,
  timezone,
  webUrl,
  wholeNumber,
  words,
} from "./schema/values.ts";

const author = v.looseObject(
  { name: words, email: v.optional(email), url: v.optional(webUrl) },
  told(KEYS_AND_VALUES, (given) =>
    typeof given === "string" ? write({ name: given }) : keysFix(["name", "email", "url"]),
  ),
);
/** By the names that posts give them. */
const authors = v.record(
  v.string(),
  author,
  told(KEYS_AND_VALUES, (given) => write({ ada: { name: typeof given === "string" ? given : "Ada Lovelace" } })),
);

const permalink = v.pipe(
  text,
  v.rawCheck(({ dataset, addIssue }) => {
    const error = dataset.typed ? permalinkError(dataset.value) : undefined;
    if (error !== undefined) addIssue({ message: error });
  }),
);

/** Each is asked of each file. */
const MOST_GLOBS = 200;

const glob = v.pipe(
  text,
  v.check((value) => !isCostlyGlob(value), "must be shorter, and have fewer of *, +( and *( in it"),
  v.check((value) => !value.startsWith("!"), "must not begin with !: name what fits, not what does not"),
);
const globs = v.pipe(
  listOf(glob, "must be a list of globs"),
  v.check(
    (paths) => paths.filter((path) => !plainPath(path)).length <= MOST_GLOBS,
    `must have at most ${MOST_GLOBS} globs`,
  ),
);
const rules = mapOf(
  { paths: v.optional(globs, []), tags: v.optional(names, []), categories: v.optional(names, []) },
  "must hold paths, tags or categories",
);
const defaults = v.array(
  mapOf(
    {
      paths: v.pipe(globs, v.minLength(1, "must name at least one folder or glob")),
      values: v.pipe(
        v.custom<{ readonly [key: string]: unknown }>((value) => isMap(value), KEYS_AND_VALUES),
        v.check(
          (values) => !Object.keys(values).some((name) => /^(?:id|guid)$/i.test(name)),
          "must hold no id: two posts cannot have one",
        ),
      ),
    },
    "must hold paths and values",
  ),
  "must be a list of paths and values: [{ paths: [posts/notes], values: { author: Ada } }]",
);
const dialects = Object.keys(DEFAULT_PERMALINKS) as (keyof typeof DEFAULT_PERMALINKS)[];

/** `since` is not after `year`; `own` are the taxonomies that the file names. Unknown keys are accepted here, since `unknownKeys` reports all of them at once. */
export const siteSchema = (year: number, own: readonly OwnKind[]) =>
  v.looseObject({
    title: words,
    url: baseUrl,
    feeds: v.optional(baseUrl),
    media: v.optional(baseUrl),
    description: v.optional(words),
    language: v.optional(language, "en"),
    timezone: v.optional(timezone, "UTC"),
    since: wholeNumber(1990, year),
    authors: v.optional(authors, {}),
    dialect: v.optional(oneOf(...dialects)),
    permalink: v.optional(permalink),
    languages: v.optional(listOf(language, "must be a list of language tags"), []),
    fileDates: v.optional(flag, false),
    include: v.optional(rules, {}),
    exclude: v.optional(rules, {}),
    defaults: v.optional(defaults, []),
    posts: v.optional(v.pipe(globs, v.minLength(1, "must name at least one glob"))),
    templates: v.optional(templates, {}),
    variables: v.optional(variables, {}),

    content: v.optional(content, "full"),
    limit: v.optional(limit),
    formats: v.optional(formats, ["rss", "atom", "json"]),
    files: v.optional(files, {}),
    taxonomies: v.optional(taxonomies, []),
    kinds: v.optional(kindRules(own), {}),
    channels: v.optional(namedChannelsWith(own), []),
    archives: v.optional(
      v.lazy((value) => (value === false ? v.literal(false) : oneOf("year", "month", "week", "day"))),
      "month",
    ),
    tombstones: v.optional(wholeNumber(0, 3650), 30),
    pages: v.optional(flag),
    aliases: v.optional(aliases, []),
    retired: v.optional(retired, {}),
    renamed: v.optional(renamedWith(own), []),

    host: v.optional(oneOf("edge", "files", "netlify", "nginx", "caddy"), "edge"),
    replace: v.optional(globs, []),
    hubs: v.optional(listOf(webUrl, "must be a list of URLs"), []),
    ttl: v.optional(wholeNumber(1, 525_600)),
    updates: v.optional(
      mapOf({
        period: v.optional(oneOf("hourly", "daily", "weekly", "monthly", "yearly"), "daily"),
        frequency: v.optional(wholeNumber(1, 1000), 1),
      }),
    ),
    skipHours: v.optional(skipHours),
    skipDays: v.optional(skipDays),
    image: v.optional(webUrl),
    icon: v.optional(iconUrl),
    favicon: v.optional(iconUrl),
    accent: v.optional(colour),
    color: v.optional(colour),
    rights: v.optional(words),
    footer: v.optional(footer),
    sourceMarkdown: v.optional(flag, false),
    emoji: v.optional(flag, true),
    enclosurePrefix: v.optional(baseUrl),
    podcast: v.optional(podcast),
    guard: v.optional(guard, {}),
    cacheControl: v.optional(
      v.pipe(text, v.regex(/^[\x20-\x7e]+$/, "must be one line of ASCII")),
      "public, max-age=300",
    ),
  });

export const siteKeys = () => Object.keys(siteSchema(9999, []).entries);

/** Keys that nothing reads, wherever they stand. */
export const unknownKeys = (given: unknown): readonly UnknownKey[] =>
  unknownKeysIn(siteSchema(9999, ownKindsIn(given)), given, []);

/** The keys that each key of the file may hold, as far as they are the same in every file. */
export const keysBelow = (): ReadonlyMap<string, readonly string[]> =>
  new Map(Object.entries(siteSchema(9999, []).entries).map(([key, part]) => [key, keysIn(part)]));
