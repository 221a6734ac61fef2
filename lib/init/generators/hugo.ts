/** Hugo: `hugo.toml` and its other names, the files of `config/_default/`, and the feeds that it writes of itself. */
import { present } from "../../base/optional.ts";
import { withoutSlashes } from "../../site/rules.ts";
import { type ConfigFile, type ConfigValues, readConfig } from "../config.ts";
import { countBelow, foldersBelow } from "../posts.ts";
import type { Found, FoundPermalink, FoundPosts, Said, SaidAuthor, SiteFolder } from "../types.ts";
import { addressOf, authorOf, isZola, languageOf, limitOf, outputOf } from "../values.ts";
import { hugoFeeds } from "./hugofeeds.ts";

const ROOT = /^(?:hugo|config)\.(?:toml|ya?ml|json)$/;
/** `hugo` builds in the environment `production`, whose files come first. */
const SPLIT = /^config\/(?:_default|production)\/([^/]+)\.(?:toml|ya?ml|json)$/;

/** `undefined` for a folder that is none of Hugo's; `config.toml` may be Zola's. */
export async function readHugo(folder: SiteFolder): Promise<Found | undefined> {
  const files: ConfigFile[] = [];
  for (const file of folder.paths.filter((path) => ROOT.test(path) || SPLIT.test(path)).sort(byPrecedence)) {
    const text = await folder.read(file);
    if (text !== undefined) files.push({ file, text, prefix: prefixOf(file) });
  }
  const settings = readConfig(files);
  const isHugo = files.some(({ file }) => !/^config\.(?:ya?ml|json)$/.test(file)) || settings.textAt("baseURL");
  if (!isHugo || files.some(({ file, text }) => isZola(file, text))) return undefined;

  const content = withoutSlashes(settings.textAt("contentDir")?.value ?? "content");
  const tags = settings.namesAt("languages");
  const main = settings.textAt("defaultContentLanguage")?.value ?? tags[0] ?? "en";
  const ofMain = (...path: readonly string[]) =>
    settings.textAt("languages", main, ...path) ?? settings.textAt("languages", main, "params", ...path);
  const languages = tags.filter((tag) => settings.textAt("languages", tag, "disabled")?.value !== "true");
  return {
    generator: "Hugo",
    dialect: "hugo",
    ...present({
      title: ofMain("title") ?? settings.textAt("title"),
      url: addressOf(ofMain("baseURL") ?? settings.textAt("baseURL")),
      description: ofMain("description") ?? settings.textAt("params", "description") ?? settings.textAt("description"),
      language: languageOf(
        ofMain("languageCode"),
        ofMain("locale"),
        settings.textAt("languageCode"),
        settings.textAt("locale"),
        settings.textAt("defaultContentLanguage"),
        tags[0] === undefined ? undefined : { value: tags[0], from: "languages" },
      ),
      timezone: ofMain("timeZone") ??
        settings.textAt("timeZone") ?? {
          value: "UTC",
          from: "where there is no timeZone, Hugo reads dates without a zone as UTC",
        },
      authors: authorsOf(settings),
      output: outputOf(settings.textAt("publishDir"), "public"),
      limit: limitOf(settings.textAt("services", "rss", "limit") ?? settings.textAt("rssLimit")),
      languages:
        languages.length > 1
          ? { value: languages, from: settings.valueAt("languages")?.from ?? "config/_default" }
          : undefined,
      taxonomies: taxonomiesOf(settings),
      sections: sectionsIn(settings, content),
      roots: rootsOf(settings, content, languages),
    }),
    permalinkFor: (posts) => permalinkIn(settings, posts),
    feeds: hugoFeeds(settings, languages, main),
    remarks: settings.remarks,
  };
}

/** Those of the environment, those at the top, those of `_default`; `hugo` before `config`, and both before the rest. */
const byPrecedence = (a: string, b: string): number => rankOf(a) - rankOf(b) || (a < b ? -1 : 1);
const rankOf = (file: string): number =>
  (file.startsWith("config/production/") ? 0 : file.startsWith("config/") ? 20 : 10) +
  (/(?:^|\/)hugo\./.test(file) ? 0 : /(?:^|\/)config\./.test(file) ? 1 : 2);

/** What stands in `params.toml` is below `params`; `languages.en.toml` and `params.en.toml` are for one language. */
function prefixOf(file: string): readonly string[] {
  const [name = "", language] = SPLIT.exec(file)?.[1]?.split(".") ?? [];
  if (name === "" || name === "hugo" || name === "config") return language === undefined ? [] : ["languages", language];
  if (language === undefined) return [name];
  return name === "languages" ? ["languages", language] : ["languages", language, name];
}

function authorsOf(settings: ConfigValues): Said<readonly SaidAuthor[]> | undefined {
  for (const path of [["params", "author"], ["author"]] as const) {
    const said = settings.valueAt(...path);
    const name = settings.listAt(...path)?.value[0] ?? settings.textAt(...path, "name")?.value;
    const author = authorOf(name, settings.textAt(...path, "email")?.value);
    if (said && author) return { value: [author], from: said.from };
  }
  return undefined;
}

/** https://gohugo.io/configuration/taxonomies/: the plural is the key of front matter. */
function taxonomiesOf(settings: ConfigValues): Said<readonly string[]> | undefined {
  const said = settings.valueAt("taxonomies");
  const value = settings
    .namesAt("taxonomies")
    .flatMap((name) => settings.textAt("taxonomies", name)?.value ?? [])
    .filter((name) => !/^(?:tags|categories|authors?)$/.test(name));
  return said && value.length > 0 ? { value, from: said.from } : undefined;
}

/** https://gohugo.io/methods/site/mainsections/ */
function sectionsIn(settings: ConfigValues, content: string): Said<readonly string[]> | undefined {
  const said = settings.listAt("mainSections") ?? settings.listAt("params", "mainSections");
  return said && { value: said.value.map((section) => `${content}/${withoutSlashes(section)}/`), from: said.from };
}

function rootsOf(settings: ConfigValues, content: string, languages: readonly string[]): Said<readonly string[]> {
  const own = languages.flatMap((language) => settings.textAt("languages", language, "contentDir") ?? []);
  if (own.length === 0)
    return { value: [`${content}/`], from: settings.textAt("contentDir")?.from ?? "Hugo's own content" };
  return { value: [...new Set(own.map(({ value }) => `${withoutSlashes(value)}/`))], from: own[0]?.from ?? "" };
}

/** https://gohugo.io/configuration/permalinks/: each section may have its own; that of the most posts counts. */
function permalinkIn(settings: ConfigValues, posts: FoundPosts): FoundPermalink {
  const languages = settings.namesAt("languages");
  const main = settings.textAt("defaultContentLanguage")?.value ?? languages[0];
  const ugly = settings.textAt("uglyURLs");
  const isUgly = ugly?.value === "true";
  const below = settings.textAt("defaultContentLanguageInSubdir");
  const prefix = below?.value === "true" && main !== undefined ? "/:lang" : "";
  const bySize = sectionsBySize(settings, posts, languages);
  const patterns = new Map<string, Said | undefined>(
    bySize.map((section) => [
      section,
      settings.textAt("permalinks", "page", section) ??
        settings.textAt("permalinks", section) ??
        settings.textAt("permalinks", "page", "/") ??
        settings.textAt("permalinks", "/"),
    ]),
  );
  const [first] = bySize;
  const said = first === undefined ? undefined : patterns.get(first);
  const others = bySize.filter((section) => (patterns.get(section)?.value ?? "") !== (said?.value ?? ""));
  const remarks =
    others.length > 0 ? [`permalink: posts in ${others.join(", ")} have other addresses than those in ${first}`] : [];
  if (said) {
    const value = withHugoEnd(`/${withoutSlashes(said.value)}`, isUgly).replace(
      /:sections\[[^\]]{0,20}\]/g,
      ":sections",
    );
    if (/:sections\[/.test(said.value))
      remarks.push(`${said.from}: a part of the sections cannot be named; look at the addresses`);
    return { said: { value: prefix + value, from: said.from }, remarks };
  }
  if (!isUgly && prefix === "") return { remarks };
  const value = `${prefix}${withHugoEnd("/:sections/:slugorfilename", isUgly)}`;
  return { said: { value, from: (isUgly ? ugly : below)?.from ?? "" }, remarks };
}

const withHugoEnd = (pattern: string, isUgly: boolean): string => {
  if (/\.[a-z]{2,5}$/i.test(pattern)) return pattern;
  return isUgly ? `${pattern}.html` : `${pattern}/`;
};

function sectionsBySize(settings: ConfigValues, posts: FoundPosts, languages: readonly string[]): readonly string[] {
  const content = `${withoutSlashes(settings.textAt("contentDir")?.value ?? "content")}/`;
  const own = languages.flatMap((language) => settings.textAt("languages", language, "contentDir")?.value ?? []);
  const roots = own.length > 0 ? own.map((each) => `${withoutSlashes(each)}/`) : [content];
  const sizes = new Map<string, number>();
  for (const root of roots) {
    for (const [name, { dated }] of foldersBelow(posts, root)) {
      const section = name.slice(root.length, -1);
      if (dated > 0) sizes.set(section, (sizes.get(section) ?? 0) + countBelow(posts, name).dated);
    }
  }
  return [...sizes].sort(([, a], [, b]) => b - a).map(([section]) => section);
}
