/** Eleventy: its configuration and data files, read as source or as data, and the feeds that plugin or templates make. */
import { present } from "../base/optional.ts";
import { isPostFile } from "../content/inputs.ts";
import { withoutSlashes } from "../site/rules.ts";
import { readConfig } from "./config.ts";
import { languageOfPages } from "./pages.ts";
import { type LiteralMember, memberAt, readScript, type Script, said } from "./script.ts";
import type { EarlierFeed, Found, FoundPermalink, FoundPosts, Said, SiteFolder } from "./types.ts";
import { addressOf, authorOf, firstSaid, formatOf, languageOf, limitOf, pathOf } from "./values.ts";

const CONFIG = /^(?:\.eleventy\.c?js|eleventy\.config\.[mc]?[jt]s)$/;
const METADATA = /(?:^|\/)_?data\/(?:metadata|meta|site|siteConfig|config)\.(?:[mc]?js|json|ya?ml|11tydata\.js)$/;

/** Looks a value up by a path of names. */
type Lookup = (...path: readonly string[]) => Said | undefined;

export async function readEleventy(folder: SiteFolder): Promise<Found | undefined> {
  const file = folder.paths.find((path) => CONFIG.test(path));
  const packages = (await folder.read("package.json")) ?? "";
  if (file === undefined && !packages.includes('"@11ty/eleventy"')) return undefined;
  const script = file === undefined ? undefined : await readScript(folder, file);
  const input = inputOf(script);
  const root = input.value === "" || input.value === "." ? "" : `${input.value}/`;
  const lookups = await metadataOf(folder);
  const plugin = script?.calls.find(({ name, values }) => name === "addPlugin" && memberAt(values[1], "outputPath"));
  const inPlugin: Lookup = (...path) => said(memberAt(plugin?.values[1], ...path), file ?? "");
  const at = (...names: readonly (readonly string[])[]) =>
    firstSaid(...names.flatMap((path) => lookups.map((lookup) => lookup(...path))));
  const permalinks = await permalinksOf(folder);
  const all = [...pluginFeeds(script), ...(await templateFeeds(folder, root))];
  const main =
    all.find(({ collection }) => collection !== undefined && MAIN.test(collection))?.collection ?? all[0]?.collection;
  const feeds = all.filter(({ collection }) => collection === undefined || collection === main);
  const roots = await rootsOfPosts(folder, script, main, root);
  const author = at(["author", "name"], ["author"]) ?? inPlugin("metadata", "author", "name");
  const name = authorOf(author?.value, at(["author", "email"])?.value, at(["author", "url"])?.value);
  return {
    generator: "Eleventy",
    dialect: "eleventy",
    ...present({
      title: at(["title"], ["name"], ["siteTitle"]) ?? inPlugin("metadata", "title"),
      url: addressOf(
        at(["url"], ["baseUrl"], ["siteUrl"], ["base"], ["domain"]) ?? inPlugin("metadata", "base"),
        said(memberAt(script?.exported.get("default")?.value, "pathPrefix"), file ?? ""),
      ),
      description: at(["description"], ["subtitle"], ["siteDescription"]) ?? inPlugin("metadata", "subtitle"),
      language: languageOf(
        at(["language"], ["lang"], ["locale"]),
        inPlugin("metadata", "language"),
        await languageOfPages(folder, isLayout),
      ),
      timezone: { value: "UTC", from: "Eleventy reads dates without a zone as UTC" },
      authors: author && name && { value: [name], from: author.from },
      limit: limitOf(
        inPlugin("collection", "limit") ?? number(memberAt(plugin?.values[1], "collection", "limit"), file ?? ""),
      ),
      roots:
        roots.length > 0
          ? { value: roots, from: `the collection ${main ?? "posts"}` }
          : { value: [root], from: input.from },
    }),
    permalinkFor: (posts) => permalinkIn(posts, permalinks),
    feeds,
    remarks: [
      ...(script || file === undefined ? [] : [`${file} cannot be read as source`]),
      ...all.flatMap((each) =>
        feeds.includes(each) ? [] : [`${each.from} is a feed of other pages, which stays as it is`],
      ),
    ],
  };
}

/** The collection of a blog's posts, as most name it. */
const MAIN = /^(?:posts?|blog|articles?)$/i;

/**
 * Folders whose data files give their pages the tag of the feed's collection; else those that the configuration collects;
 * else one that is called as folders of posts are.
 */
async function rootsOfPosts(
  folder: SiteFolder,
  script: Script | undefined,
  collection: string | undefined,
  root: string,
): Promise<readonly string[]> {
  const given = (call: string): readonly string[] =>
    (script?.calls ?? []).flatMap(({ name, values: [value] }) =>
      name === call ? [value].flat().filter((each) => typeof each === "string") : [],
    );
  const tags = [
    ...(collection === undefined ? [] : [collection]),
    ...given("getFilteredByTag").filter((tag) => MAIN.test(tag)),
  ];
  const roots: string[] = [];
  for (const path of folder.paths) {
    const above = folderOfDataFile(path);
    if (above === undefined) continue;
    if ((await tagsOf(folder, path)).some((tag) => tags.includes(String(tag)))) roots.push(above);
  }
  if (roots.length > 0) return roots;
  const folders = given("getFilteredByGlob")
    .map((glob) => glob.replace(/^\.?\//, "").split(/[*{[]/)[0] ?? "")
    .map((glob) => glob.slice(0, glob.lastIndexOf("/") + 1))
    .filter((each) => MAIN.test(each.split("/").at(-2) ?? ""));
  const usual = folder.paths.flatMap((path) => {
    const first = path.startsWith(root) ? path.slice(root.length).split("/")[0] : undefined;
    return first !== undefined && MAIN.test(first) && isPostFile(path) ? [`${root}${first}/`] : [];
  });
  return [...folders, ...usual].slice(0, 1);
}

/** A data file of a folder is named as the folder: `posts/posts.11tydata.js`, `posts/posts.json`. */
function folderOfDataFile(path: string): string | undefined {
  const above = path.slice(0, path.lastIndexOf("/") + 1);
  const name = path
    .slice(above.length)
    .replace(/\.(?:[mc]?js|json)$/, "")
    .replace(/\.11tydata$/, "");
  return name !== path.slice(above.length) && above.endsWith(`${name}/`) ? above : undefined;
}

async function tagsOf(folder: SiteFolder, path: string): Promise<readonly unknown[]> {
  if (!path.endsWith("js"))
    return readConfig([{ file: path, text: (await folder.read(path)) ?? "" }]).listAt("tags")?.value ?? [];
  const script = await readScript(folder, path);
  return [memberAt(script?.exported.get("default")?.value, "tags")?.value].flat();
}

const isLayout = (path: string): boolean =>
  /(?:^|\/)_(?:includes|layouts)\//.test(path) && /\.(?:njk|liquid|html|webc)$/.test(path);

const number = (member: LiteralMember | undefined, file: string): Said | undefined =>
  typeof member?.value === "number" ? { value: String(member.value), from: `${file}:${member.line}` } : undefined;

/** https://www.11ty.dev/docs/config/#input-directory */
function inputOf(script: Script | undefined): Said {
  const file = script?.file ?? "";
  const call = script?.calls.find(({ name }) => name === "setInputDirectory");
  const found =
    said(memberAt(script?.exported.get("config")?.value, "dir", "input"), file) ??
    said(memberAt(script?.exported.get("default")?.value, "dir", "input"), file) ??
    said(call && { value: call.values[0], line: call.line }, file);
  return found
    ? { ...found, value: withoutSlashes(found.value.replace(/^\.\/?/, "")) }
    : { value: "", from: "Eleventy's own input" };
}

async function metadataOf(folder: SiteFolder): Promise<readonly Lookup[]> {
  const lookups: Lookup[] = [];
  for (const path of folder.paths.filter((each) => METADATA.test(each))) {
    if (/js$/.test(path)) {
      const script = await readScript(folder, path);
      if (script)
        lookups.push(
          (...names) =>
            said(memberAt(script.exported.get("default")?.value, ...names), path) ??
            said(memberAt({ members: script.exported }, ...names), path),
        );
    } else {
      const text = await folder.read(path);
      if (text !== undefined) lookups.push(readConfig([{ file: path, text }]).textAt);
    }
  }
  return lookups;
}

interface FolderPermalink {
  /** Ends with a slash. */
  readonly folder: string;
  readonly said: Said;
}

/** Of data files that are code; those in JSON are defaults of posts, which are read with them. */
async function permalinksOf(folder: SiteFolder): Promise<readonly FolderPermalink[]> {
  const permalinks: FolderPermalink[] = [];
  for (const path of folder.paths) {
    const above = /\.11tydata\.[mc]?js$/.test(path) ? folderOfDataFile(path) : undefined;
    if (above === undefined) continue;
    const script = await readScript(folder, path);
    const member = memberAt(script?.exported.get("default")?.value, "permalink");
    const found = said(member, path);
    if (found) permalinks.push({ folder: above, said: found });
    else if (script?.text.includes("permalink")) permalinks.push({ folder: above, said: { value: "", from: path } });
  }
  return permalinks;
}

function permalinkIn({ folders }: FoundPosts, permalinks: readonly FolderPermalink[]): FoundPermalink {
  const [largest] = [...folders].filter(([, { dated }]) => dated > 0).sort(([, a], [, b]) => b.dated - a.dated);
  const near = permalinks
    .filter(({ folder }) => largest?.[0].startsWith(folder))
    .sort((a, b) => b.folder.length - a.folder.length)[0]?.said;
  if (!near) return { remarks: [] };
  const value = patternOf(near.value);
  if (value !== undefined) return { said: { value, from: near.from }, remarks: [] };
  return { remarks: [`${near.from}: the permalink is made by code; look at the addresses`] };
}

const LONGEST_TEMPLATE = 1_000;

/** A template with the post's file, title or date, as a pattern. */
function patternOf(template: string): string | undefined {
  const pattern = template
    .slice(0, LONGEST_TEMPLATE)
    .replace(/\{\{([^{}]{1,200})\}\}/g, (whole, expression: string) => {
      const [, name = ""] = /^-?[ \t]{0,9}([\w.]{1,50})/.exec(expression) ?? [];
      if (name === "page.fileSlug" || name === "slug") return ":slug";
      if (name === "title") return ":post_title";
      if (name !== "page.date") return whole;
      return expression.includes("%Y/%m/%d") ? ":year/:month/:day" : /%Y["']/.test(expression) ? ":year" : whole;
    })
    .replace(/(?:^|\/)index\.html$/, "/");
  return pattern === "" || /[{}]/.test(pattern)
    ? undefined
    : `/${withoutSlashes(pattern)}${pattern.endsWith("/") ? "/" : ""}`;
}

/** https://www.11ty.dev/docs/plugins/rss/#virtual-template */
const pluginFeeds = (script: Script | undefined): readonly EarlierFeed[] =>
  (script?.calls ?? []).flatMap(({ name, values: [, given], line }) => {
    const [path, type] = [memberAt(given, "outputPath")?.value, memberAt(given, "type")?.value ?? "atom"];
    if (name !== "addPlugin" || typeof path !== "string" || !isFormat(type) || !script) return [];
    const collection = memberAt(given, "collection", "name")?.value;
    const from = `${script.file}:${line}`;
    const named = typeof collection === "string" && { collection };
    return [{ format: type, path: pathOf(path), ...named, from, writer: "@11ty/eleventy-plugin-rss" }];
  });

const isFormat = (type: unknown): type is EarlierFeed["format"] => type === "rss" || type === "atom" || type === "json";

async function templateFeeds(folder: SiteFolder, root: string): Promise<readonly EarlierFeed[]> {
  const feeds: EarlierFeed[] = [];
  for (const path of folder.paths) {
    if (!path.startsWith(root) || !/\.(?:njk|liquid|hbs|xml|html)$/.test(path) || /(?:^|\/)_/.test(path)) continue;
    const text = await folder.read(path);
    const format = text === undefined ? undefined : formatOf(text);
    if (text === undefined || format === undefined) continue;
    const below = path.slice(root.length).replace(/\.(?:njk|liquid|hbs)$/, "");
    const written =
      /^[ \t]{0,9}["']?permalink["']?[ \t]{0,9}:[ \t]{0,9}["']?([^\s"',]{1,300})/m.exec(text)?.[1] ?? below;
    // A template for each tag, or one whose address a data file says.
    if (/[{}]/.test(written)) continue;
    const collection =
      /\bcollections\.(\w{1,50})/.exec(text)?.[1] ?? /\bcollections\[["'](\w{1,50})["']\]/.exec(text)?.[1];
    const named = collection !== undefined && { collection };
    feeds.push({ format, path: pathOf(written), ...named, from: `${path}:1`, writer: "Eleventy" });
  }
  return feeds;
}
