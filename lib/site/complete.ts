/** The valid values of `site.yaml` → Site: defaults filled in, shorthands written out. */
import type * as v from "valibot";
import { present } from "../base/optional.ts";
import type { DialectName, Kind, OwnKind } from "../model.ts";
import { aliasesOf } from "./aliases.ts";
import { kindsWith } from "./kinds.ts";
import { DEFAULT_FILES, defaultFolder, placeOf } from "./names.ts";
import { DEFAULT_PERMALINKS } from "./permalink.ts";
import { renamingOf } from "./renamed.ts";
import { GONE, type Pairs, renamedIn } from "./schema/aliases.ts";
import type { Variables } from "./schema/templates.ts";
import type { siteSchema } from "./schema.ts";
import type { ChannelRule, Guard, KindRule, Limit, NamedChannel, Podcast, Renamed, Rules, Site } from "./types.ts";

export type GivenSite = v.InferOutput<ReturnType<typeof siteSchema>>;

/** Where each generator keeps posts. */
export const DEFAULT_POSTS: { readonly [dialect in DialectName]: readonly string[] } = {
  plain: ["posts/**", "_posts/**"],
  hexo: ["source/_posts/**", "_posts/**"],
  jekyll: ["_posts/**", "**/_posts/**"],
  hugo: ["content/**"],
  zola: ["content/**"],
  astro: ["src/content/blog/**", "src/content/posts/**"],
  eleventy: ["posts/**", "src/posts/**", "content/**"],
};

/** Where the file has a key, if it has one. */
type LineOf = (path: readonly string[]) => number | undefined;

/** The site, with every default filled in. */
export function completeSite(given: GivenSite, lineOf: LineOf = () => undefined): Site {
  const { url, title, feeds = url, media = url, description = title, language, timezone, since, dialect } = given;
  const { hubs, cacheControl, fileDates, include, exclude, content, formats, tombstones, sourceMarkdown, emoji } =
    given;
  const { templates, host, replace } = given;
  const { permalink = DEFAULT_PERMALINKS[dialect ?? "plain"] } = given;
  const { posts = DEFAULT_POSTS[dialect ?? "plain"] } = given;
  const files: Site["files"] = { ...DEFAULT_FILES, ...present(given.files) };
  // At the root of the site, our index.html would take the place of the site's own home page.
  const { pages = feeds !== url || files.page !== DEFAULT_FILES.page } = given;
  const { ttl, updates, skipHours, skipDays, image, icon, favicon, accent, color = accent, rights, footer } = given;
  const authors = Object.fromEntries(Object.entries(given.authors).map(([key, author]) => [key, present(author)]));
  const defaults: ChannelRule = { limit: limitOf(given.limit ?? DEFAULT_LIMIT), content, formats };
  const kinds = kindsOf(given, defaults);
  return {
    title,
    url,
    feeds,
    media,
    description,
    language,
    timezone,
    since,
    authors,
    permalink,
    hubs,
    posts,
    cacheControl,
    fileDates,
    tombstones,
    pages,
    sourceMarkdown,
    emoji,
    templates,
    host,
    replace,
    variables: flattened(given.variables),
    enclosurePrefix: given.enclosurePrefix,
    ...defaults,
    languages: [...new Set([language, ...given.languages])],
    include: rulesOf(include),
    exclude: rulesOf(exclude),
    defaults: defaultsOf(given.defaults, lineOf),
    taxonomies: given.taxonomies,
    files,
    kinds,
    channels: given.channels.map((channel) => namedChannelOf(channel, given.taxonomies, defaults)),
    retired: Object.entries(given.retired).map(([from, to]) => ({
      from,
      to: to === GONE ? undefined : isElsewhere(to) ? to : placeOf(to, { files, kinds }, true),
    })),
    renamed: renamedOf(given),
    aliases: aliasesOf(given.aliases as Parameters<typeof aliasesOf>[0], given.taxonomies, { files, kinds }),
    ...present({ archives: given.archives || undefined, dialect, ttl, updates }),
    ...present({
      ...{ image, icon, favicon, accent, color, rights, footer },
      skipHours: skipHours?.length ? skipHours : undefined,
      skipDays: skipDays?.length ? skipDays : undefined,
    }),
    guard: guardOf(given.guard),
    ...present({ podcast: given.podcast && podcastOf(given.podcast, given) }),
  };
}

const isElsewhere = (to: string): boolean => /^https?:/i.test(to);

/** Each with its last name, so that a redirect takes one step. */
function renamedOf({ renamed, taxonomies }: GivenSite): Site["renamed"] {
  const all = renamedIn(renamed as readonly Pairs[], taxonomies).map(
    ({ kind, from, to }): Renamed => ({ kind, from, to }),
  );
  const { present } = renamingOf(all);
  return all.map((each) => ({ ...each, to: present(each) ?? each.to }));
}

function defaultsOf(given: GivenSite["defaults"], lineOf: LineOf): Site["defaults"] {
  return given.map(({ paths, values }, i) => {
    const names = Object.keys(values);
    const lines = names.map((name) => [name, lineOf(["defaults", String(i), "values", name]) ?? 1] as const);
    return { paths, values, lines: Object.fromEntries(lines) };
  });
}

/** What the file says of kinds; which there are it says itself, so that the schema has no type for them. */
type GivenKinds = { readonly [kind in Kind]?: (GivenRule & { readonly path?: string }) | boolean };

function kindsOf({ kinds, taxonomies }: GivenSite, defaults: ChannelRule): Site["kinds"] {
  const rules = kinds as GivenKinds;
  return Object.fromEntries(
    kindsWith(taxonomies).flatMap((kind) => {
      const rule = rules[kind] ?? true;
      if (rule === false) return [];
      const { path = defaultFolder(kind), ...given } = rule === true ? {} : rule;
      return [[kind, { ...ruleOf(given, defaults), path } satisfies KindRule]];
    }),
  );
}

type GivenRule = Partial<
  Pick<GivenSite["channels"][number], "limit" | "content" | "formats" | "title" | "description">
>;

function ruleOf({ limit, content, formats, title, description }: GivenRule, defaults: ChannelRule): ChannelRule {
  const given = { limit: limit === undefined ? undefined : limitOf(limit), content, formats, title, description };
  return { ...defaults, ...present(given) };
}

function namedChannelOf(
  given: GivenSite["channels"][number],
  own: readonly OwnKind[],
  defaults: ChannelRule,
): NamedChannel {
  const { path, match, language } = given;
  const names = given as Partial<NamedChannel["of"]>;
  return {
    ...ruleOf(given, defaults),
    path,
    match,
    of: Object.fromEntries(kindsWith(own).flatMap((kind) => (names[kind] ? [[kind, names[kind]]] : []))),
    ...present({ language }),
  };
}

/** Entries. */
const DEFAULT_LIMIT = 20;

const limitOf = (given: NonNullable<GivenSite["limit"]>): Limit =>
  typeof given === "number"
    ? { entries: given }
    : present({ entries: given.entries, days: given.days, bytes: given.bytes });

function podcastOf(given: NonNullable<GivenSite["podcast"]>, site: GivenSite): Podcast {
  const { channel, guid, medium, categories, explicit, type, image, author, owner, locked, newFeedUrl, complete } =
    given;
  return {
    channel,
    isLimited: hasOwnLimit(channel, site),
    medium,
    categories,
    explicit,
    type,
    funding: given.funding.map(({ url, text = url }) => ({ url, text })),
    persons: given.persons.map(({ name, role, group, image, url }) => ({
      name,
      ...present({ role, group, image, url }),
    })),
    ...present({ guid: guid?.toLowerCase(), image, author, locked, newFeedUrl, complete }),
    ...present({ owner: owner && { email: owner.email, ...present({ name: owner.name }) } }),
  };
}

/** Whether the owner limits this very channel. What it would have from the site is meant for feeds that are read as news. */
function hasOwnLimit(channel: string, { limit, kinds, taxonomies, channels }: GivenSite): boolean {
  if (channel === "site") return limit !== undefined;
  const [folder = ""] = channel.split("/");
  const isKind = kindsWith(taxonomies).includes(folder);
  const rule = isKind ? (kinds as GivenKinds)[folder] : channels.find(({ path }) => `channels/${path}` === channel);
  return typeof rule === "object" && rule.limit !== undefined;
}

/** By lower-case path; the last of two that differ in case alone. */
function flattened(variables: Variables): Site["variables"] {
  const flat: [path: string, value: string][] = [];
  const add = (map: Variables, above: string): void => {
    for (const [name, value] of Object.entries(map)) {
      const path = `${above}${name.toLowerCase()}`;
      if (typeof value === "object") add(value, `${path}.`);
      else flat.push([path, String(value)]);
    }
  };
  add(variables, "");
  return Object.fromEntries(flat);
}

/** Without the limits that are `false`. */
function guardOf(given: GivenSite["guard"]): Guard {
  const { gone, ids, updated, published, bytes, tags, channels, documents, written } = given;
  return present({
    gone: gone || undefined,
    ids: ids || undefined,
    updated: updated || undefined,
    published: published || undefined,
    bytes: bytes || undefined,
    tags: tags || undefined,
    channels: channels || undefined,
    documents: documents || undefined,
    written: written || undefined,
  });
}

const rulesOf = ({ paths = [], tags = [], categories = [] }: Partial<Rules>): Rules => ({ paths, tags, categories });
