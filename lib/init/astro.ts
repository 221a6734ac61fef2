/** Astro: `astro.config.*`, collections, routes and endpoints of feeds, all read as source. */
import { present } from "../base/optional.ts";
import { withoutSlashes } from "../site/rules.ts";
import { languageOfPages } from "./pages.ts";
import { countBelow } from "./posts.ts";
import { isLiteralMap, memberAt, readScript, type Script, said } from "./script.ts";
import type { EarlierFeed, Found, FoundPermalink, FoundPosts, Said, SiteFolder } from "./types.ts";
import { addressOf, authorOf, firstSaid, formatOf, formatOfName, languageOf, sectionsOf } from "./values.ts";

const CONFIG = /^astro\.config\.(?:mjs|ts|js|mts|cjs)$/;
const ENDPOINT = /^src\/pages\/([^[\]]{1,300}\.(?:xml|json))\.[jt]s$/;
const CONSTANTS = /^src\/(?:[\w-]+\/)?(?:consts?|constants|config|site[-_.]?config|siteConfig|site|index)\.[mc]?[jt]s$/;

export async function readAstro(folder: SiteFolder): Promise<Found | undefined> {
  const file = folder.paths.find((path) => CONFIG.test(path));
  if (file === undefined) return undefined;
  const config = await readScript(folder, file);
  const settings = config?.exported.get("default")?.value;
  const inConfig = (...path: readonly string[]): Said | undefined => said(memberAt(settings, ...path), file);
  const endpoints = [...(await scriptsOf(folder, isFeed))].sort((a, b) => depthOf(a.file) - depthOf(b.file));
  const constants = await scriptsOf(folder, (path) => CONSTANTS.test(path));
  const calls = endpoints.flatMap(({ file: from, calls: made }) =>
    made.filter(({ name }) => name === "rss").map(({ values }) => ({ from, given: values[0] })),
  );
  const inFeeds = (name: string) => firstSaid(...calls.map(({ from, given }) => said(memberAt(given, name), from)));
  const inConstants = (...names: readonly string[]) =>
    firstSaid(...names.flatMap((name) => constants.map((script) => constantIn(script, name))));
  const author = inConstants("author", "site_author", "authorName");
  const name = authorOf(author?.value);
  const site =
    inConfig("site") ?? inConstants("site_url", "website", "site", "url", "siteUrl", "domain") ?? inFeeds("site");
  const collections = await collectionsOf(folder);
  const routes = await routesOf(folder);
  // The site's feed is the one nearest to its root; the others carry a part of it, or something else.
  const [main] = endpoints;
  const listed = new Set(main ? collectionsNamed(main) : []);
  return {
    generator: "Astro",
    dialect: "astro",
    ...present({
      title: inFeeds("title") ?? inConstants("site_title", "title", "siteTitle", "site_name", "name"),
      url: addressOf(site, inConfig("base")),
      description: inFeeds("description") ?? inConstants("site_description", "description", "desc", "siteDescription"),
      language: languageOf(
        inConfig("i18n", "defaultLocale"),
        inConstants("lang", "language", "locale", "site_language", "site_lang", "defaultLanguage"),
        await languageOfPages(folder, isLayout),
      ),
      timezone: { value: "UTC", from: "Astro reads dates without a zone as UTC" },
      authors: author && name && { value: [name], from: author.from },
      roots: rootsOf(collections, listed),
    }),
    permalinkFor: (posts) =>
      permalinkIn(
        posts,
        { collections, routes, listed },
        { slash: inConfig("trailingSlash"), format: inConfig("build", "format") },
      ),
    feeds: endpoints.flatMap((endpoint): readonly EarlierFeed[] => {
      const path = ENDPOINT.exec(endpoint.file)?.[1];
      const format = formatOf(endpoint.text) ?? formatOfName(path ?? "");
      if (path === undefined || !carriesAll(endpoint, main, listed)) return [];
      return [{ format, path, from: `${endpoint.file}:1`, writer: "Astro" }];
    }),
    remarks: [
      ...(config ? [] : [`${file} cannot be read as source`]),
      ...(await codedIds(folder)),
      ...endpoints.flatMap((each) =>
        carriesAll(each, main, listed) ? [] : [`${each.file} is a feed of other pages, which stays as it is`],
      ),
    ],
  };
}

const depthOf = (path: string): number => path.split("/").length;

/** Whether it carries the posts of the site's feed: in another format, or at another address. */
function carriesAll(endpoint: Script, main: Script | undefined, listed: ReadonlySet<string>): boolean {
  if (!main || depthOf(endpoint.file) === depthOf(main.file)) return true;
  const own = collectionsNamed(endpoint);
  return listed.size > 0 && own.length > 0 && [...listed].every((name) => own.includes(name));
}

const isFeed = (path: string): boolean =>
  /rss|feed|atom|index\.xml/i.test(path.slice(path.lastIndexOf("/"))) && ENDPOINT.test(path);

async function scriptsOf(folder: SiteFolder, isWanted: (path: string) => boolean): Promise<readonly Script[]> {
  const read = await Promise.all(folder.paths.filter(isWanted).map((path) => readScript(folder, path)));
  return read.flatMap((script) => script ?? []);
}

const isLayout = (path: string): boolean =>
  /^src\/(?:layouts|components|pages)\//.test(path) && path.endsWith(".astro");

const folded = (name: string): string => name.toLowerCase().replaceAll("_", "");

/** A constant of that name, or the member of one that is about the site. */
function constantIn({ exported, file }: Script, name: string): Said | undefined {
  for (const [each, member] of exported) {
    if (folded(each) === folded(name) && typeof member.value === "string") return said(member, file);
  }
  for (const [each, { value }] of exported) {
    if (!/site|config|default|meta|info|locale|lang|i18n|blog|theme/i.test(each) || !isLiteralMap(value)) continue;
    for (const inner of [value, ...["site", "locale", "i18n"].map((part) => memberAt(value, part)?.value)]) {
      if (inner === undefined || !isLiteralMap(inner)) continue;
      const found = [...inner.members].find(
        ([key, member]) => folded(key) === folded(name) && typeof member.value === "string",
      );
      const text = found && said(found[1], file);
      if (text) return text;
    }
  }
  return undefined;
}

const COLLECTIONS = /^src\/content(?:\/config|\.config)\.[mc]?[jt]s$/;

/** Ids of entries, of which routes make addresses, may be made by code. */
async function codedIds(folder: SiteFolder): Promise<readonly string[]> {
  const file = folder.paths.find((path) => COLLECTIONS.test(path));
  const text = file === undefined ? undefined : await folder.read(file);
  return text?.includes("generateId")
    ? [`${file}: ids of posts are made by code (generateId); look at the addresses`]
    : [];
}

interface Collection {
  readonly name: string;
  /** Ends with a slash. */
  readonly root: string;
  readonly from: string;
}

/** The folders that a glob begins with. */
function literalFolder(glob: string): string {
  const first = glob.search(/[*{}()[\]]/);
  return glob.slice(0, glob.slice(0, first < 0 ? glob.length : first).lastIndexOf("/") + 1);
}

async function collectionsOf(folder: SiteFolder): Promise<readonly Collection[]> {
  const file = folder.paths.find((path) => COLLECTIONS.test(path));
  const script = file === undefined ? undefined : await readScript(folder, file);
  const defined = script?.exported.get("collections")?.value;
  const named: readonly Collection[] =
    script && defined !== undefined && isLiteralMap(defined)
      ? [...defined.members].map(([name, { value, line }]) => {
          const [base, pattern] = [
            memberAt(value, "loader", "base")?.value,
            memberAt(value, "loader", "pattern")?.value,
          ];
          const above = typeof base === "string" ? withoutSlashes(base.replace(/^\.\//, "")) : "";
          const literal = typeof pattern === "string" ? literalFolder(pattern) : "";
          const below = withoutSlashes(literal.replace(/^\.\//, ""));
          const root = [above, below].filter((part) => part !== "").join("/") || `src/content/${name}`;
          return { name, root: `${root}/`, from: `${script.file}:${line}` };
        })
      : [];
  if (named.length > 0) return named;
  const names = new Set(folder.paths.flatMap((path) => /^src\/content\/([^/]+)\//.exec(path)?.[1] ?? []));
  const found = [...names].map((name) => ({ name, root: `src/content/${name}/`, from: `src/content/${name}` }));
  // Before there were collections, posts were pages.
  return found.length > 0 ? found : [{ name: "", root: "src/pages/", from: "src/pages" }];
}

/** Those that it asks for itself, else those that the files ask for that it imports. */
function collectionsNamed({ calls, imported }: Script): readonly string[] {
  const own = calls.flatMap(({ name, values: [given] }) =>
    name === "getCollection" && typeof given === "string" ? [given] : [],
  );
  return own.length > 0 ? own : imported.flatMap(collectionsNamed);
}

function rootsOf(collections: readonly Collection[], listed: ReadonlySet<string>): Said<readonly string[]> {
  const those = collections.filter(({ name }) => listed.size === 0 || listed.has(name));
  const used = those.length > 0 ? those : collections;
  return { value: used.map(({ root }) => root), from: used[0]?.from ?? "src/content" };
}

interface Route {
  /** Without slashes at its ends; empty for the site's root. */
  readonly folder: string;
  readonly collections: readonly string[];
  readonly from: string;
}

/** Pages that are made for each entry of something: `src/pages/blog/[...slug].astro`. */
async function routesOf(folder: SiteFolder): Promise<readonly Route[]> {
  const routes: Route[] = [];
  for (const path of folder.paths) {
    const [, above = "", name] =
      /^src\/pages\/((?:.{0,300}\/)?)\[(?:\.\.\.)?([\w-]{1,50})\](?:\/index)?\.astro$/.exec(path) ?? [];
    if (name === undefined || /^(?:page|tag|category|lang|locale|year|author)s?$/i.test(name)) continue;
    const script = await readScript(folder, path);
    routes.push({
      folder: withoutSlashes(above.replace(/\[(?:\.\.\.)?(?:lang|locale)\]\//g, "")),
      collections: script ? collectionsNamed(script) : [],
      from: path,
    });
  }
  return routes.filter((route) => !/[[\]]|(?:^|\/)(?:tags?|categor(?:y|ies)|authors?|series)$/.test(route.folder));
}

const BLOG = /^(?:blog|blogs|posts?|articles?|writing|notes?)$/;

function routeOf({ name, root }: Collection, routes: readonly Route[]): Route | undefined {
  const last = root.split("/").at(-2) ?? "";
  return (
    routes.find(({ collections }) => collections.includes(name)) ??
    routes.find(({ folder }) => [name, last, `${name}s`].includes(folder.split("/").at(-1) ?? "")) ??
    routes.find(({ folder, collections }) => collections.length === 0 && BLOG.test(folder.split("/").at(-1) ?? "")) ??
    routes.find(({ folder, collections }) => collections.length === 0 && folder === "")
  );
}

interface Pages {
  readonly collections: readonly Collection[];
  readonly routes: readonly Route[];
  readonly listed: ReadonlySet<string>;
}

function permalinkIn(
  posts: FoundPosts,
  { collections, routes, listed }: Pages,
  { slash, format }: { readonly slash: Said | undefined; readonly format: Said | undefined },
): FoundPermalink {
  const dated = collections
    .filter(({ name }) => listed.size === 0 || listed.has(name))
    .map((collection) => ({
      ...collection,
      count: countBelow(posts, collection.root).dated,
      route: routeOf(collection, routes),
    }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  const [first] = dated;
  if (!first) return { remarks: [] };
  const bare = slash?.value === "never" ? slash : format?.value === "file" ? format : undefined;
  const end = bare ? "" : "/";
  if (first.root === "src/pages/") {
    return { said: { value: `/:path${end}`, from: bare?.from ?? "src/pages" }, remarks: [] };
  }
  if (!first.route)
    return { remarks: [`permalink: no page under src/pages shows ${first.root}; look at the addresses`] };
  // The dialect's own pattern has the folders below `content` or `src`.
  if (dated.every(({ route, root }) => route && route.folder === sectionsOf(root))) {
    return bare ? { said: { value: "/:sections/:slug", from: bare.from }, remarks: [] } : { remarks: [] };
  }
  const isNested = [...posts.folders].some(
    ([name, count]) => count.dated > 0 && name.startsWith(first.root) && hasDeeper(name, first.root),
  );
  const folder = first.route.folder;
  const others = dated.filter(({ route }) => route && route.folder !== folder);
  return {
    said: { value: `${folder && `/${folder}`}/${isNested ? ":path" : ":slug"}${end}`, from: first.route.from },
    remarks: others.map(({ root, route }) => `permalink: ${root} is at /${route?.folder}/, not at /${folder}/`),
  };
}

/** Whether a file there may be more than `index.md` of a post's own folder. */
const hasDeeper = (name: string, root: string): boolean => name.slice(root.length).split("/").length > 2;
