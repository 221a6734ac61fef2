/** The feeds that Hugo writes of itself: of the site, of its languages, of sections and of taxonomies. */
import { withoutSlashes } from "../../site/rules.ts";
import type { ConfigValues } from "../config.ts";
import type { EarlierFeed } from "../types.ts";

/** https://gohugo.io/configuration/output-formats/ */
export function hugoFeeds(settings: ConfigValues, languages: readonly string[], main: string): readonly EarlierFeed[] {
  const off = (settings.listAt("disableKinds")?.value ?? []).map((kind) => kind.toLowerCase());
  if (off.includes("rss")) return [];
  const base = settings.textAt("outputFormats", "rss", "baseName") ?? settings.textAt("rssURI");
  const name = withoutSlashes(base?.value ?? "index").replace(/\.xml$/, "");
  const from = base?.from ?? settings.valueAt("outputs")?.from ?? "Hugo's own index.xml";
  const feed = { format: "rss", path: `${name}.xml`, from, writer: "Hugo" } as const;
  const has = (kind: string): boolean => {
    const outputs = settings.listAt("outputs", kind)?.value;
    return !off.includes(kind) && (outputs === undefined || outputs.some((each) => /^rss$/i.test(each)));
  };
  const inFolder = settings.textAt("defaultContentLanguageInSubdir")?.value === "true";
  const home: readonly EarlierFeed[] = has("home") ? homesOf(feed, languages, main, inFolder) : [];
  // A site of several languages has the taxonomies of each below its folder, but for the main one: those are no folders of ours.
  if (languages.length > 1 && inFolder) return home;
  return [...home, ...(has("term") && !off.includes("taxonomy") ? termsOf(settings, feed) : [])];
}

function homesOf(
  feed: EarlierFeed,
  languages: readonly string[],
  main: string,
  inFolder: boolean,
): readonly EarlierFeed[] {
  if (languages.length < 2) return [inFolder ? { ...feed, path: `${main}/${feed.path}` } : feed];
  const others = languages.filter((language) => language !== main);
  const first = inFolder
    ? { ...feed, path: `${main}/${feed.path}`, channel: `languages/${main.toLowerCase()}/` }
    : feed;
  return [
    first,
    ...others.map((language) => ({
      ...feed,
      path: `${language.toLowerCase()}/${feed.path}`,
      channel: `languages/${language.toLowerCase()}/`,
    })),
  ];
}

function termsOf(settings: ConfigValues, feed: EarlierFeed): readonly EarlierFeed[] {
  const named = settings.namesAt("taxonomies").flatMap((name) => settings.textAt("taxonomies", name)?.value ?? []);
  const kinds = named.length > 0 ? named : ["tags", "categories"];
  return kinds
    .filter((kind) => kind === "tags" || kind === "categories")
    .map((kind) => {
      const pattern = settings.textAt("permalinks", "term", kind) ?? settings.textAt("permalinks", kind);
      const folder = `${withoutSlashes(pattern?.value ?? `${kind}/:slug`).replace(/:(?:slug|title)\b/g, "{slug}")}/`;
      return { ...feed, kind, folder: folder.includes(":") ? `${kind}/{slug}/` : folder };
    });
}
