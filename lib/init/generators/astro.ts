/** Astro: `astro.config.*`, collections, routes and endpoints of feeds, all read as source. */
import { present } from "../../base/optional.ts";
import { languageOfPages } from "../pages.ts";
import { isLiteralMap, memberAt, said } from "../source/literal.ts";
import { readScript, type Script } from "../source/script.ts";
import type { EarlierFeed, Found, Said, SiteFolder } from "../types.ts";
import { addressOf, authorOf, firstSaid, formatOf, formatOfName, languageOf, outputOf } from "../values.ts";
import {
  astroPermalink,
  codedIds,
  collectionsNamed,
  collectionsOf,
  rootsOf,
  routesOf,
  underscoredBelow,
} from "./astropages.ts";

const CONFIG = /^astro\.config\.(?:mjs|ts|js|mts|cjs)$/;
/** A language that may be empty is not in the address of the main one. */
const ENDPOINT = /^src\/pages\/(?:\[\.\.\.(?:lang|locale)\]\/)?([^[\]]{1,300}\.(?:xml|json))\.[jt]s$/;
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
    made
      .filter(({ name }) => /^(?:rss|atom|getRssString)$/.test(name))
      .map(({ values }) => ({ from, given: values[0] })),
  );
  const inFeeds = (name: string) =>
    firstSaid(
      ...calls.map(
        ({ from, given }) => said(memberAt(given, name), from) ?? said(memberAt(given, name, "value"), from),
      ),
    );
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
      underscored: underscoredBelow(folder, collections),
      output: outputOf(inConfig("outDir"), "dist"),
    }),
    permalinkFor: (posts) =>
      astroPermalink(
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
  const scripts: Script[] = [];
  for (const path of folder.paths.filter(isWanted)) {
    const script = await readScript(folder, path);
    if (script) scripts.push(script);
  }
  return scripts;
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
