/** Eleventy: its configuration and data files, read as source or as data, and the feeds that plugin or templates make. */
import { present } from "../../base/optional.ts";
import { withoutSlashes } from "../../site/rules.ts";
import { readConfig } from "../config.ts";
import { languageOfPages } from "../pages.ts";
import { type LiteralMember, memberAt, said } from "../source/literal.ts";
import { readScript, type Script } from "../source/script.ts";
import type { EarlierFeed, Found, Said, SiteFolder } from "../types.ts";
import { addressOf, authorOf, firstSaid, formatOf, languageOf, limitOf, outputOf, pathOf } from "../values.ts";
import { eleventyPermalink, MAIN, permalinksOf, rootsOfPosts } from "./eleventyposts.ts";

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
  const all = [...pluginFeeds(script), ...(await templateFeeds(folder, root, lookups))];
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
      output: outputOf(folderIn(script, "output", "setOutputDirectory"), "_site"),
    }),
    permalinkFor: (posts) => eleventyPermalink(posts, permalinks),
    feeds,
    remarks: [
      ...(script || file === undefined ? [] : [`${file} cannot be read as source`]),
      ...all.flatMap((each) =>
        feeds.includes(each) ? [] : [`${each.from} is a feed of other pages, which stays as it is`],
      ),
    ],
  };
}

const isLayout = (path: string): boolean =>
  /(?:^|\/)_(?:includes|layouts)\//.test(path) && /\.(?:njk|liquid|html|webc)$/.test(path);

const number = (member: LiteralMember | undefined, file: string): Said | undefined =>
  typeof member?.value === "number" ? { value: String(member.value), from: `${file}:${member.line}` } : undefined;

/** https://www.11ty.dev/docs/config/#input-directory */
function inputOf(script: Script | undefined): Said {
  const found = folderIn(script, "input", "setInputDirectory");
  return found
    ? { ...found, value: withoutSlashes(found.value.replace(/^\.\/?/, "")) }
    : { value: "", from: "Eleventy's own input" };
}

function folderIn(script: Script | undefined, name: string, setter: string): Said | undefined {
  const file = script?.file ?? "";
  const call = script?.calls.find((each) => each.name === setter);
  return (
    said(memberAt(script?.exported.get("config")?.value, "dir", name), file) ??
    said(memberAt(script?.exported.get("default")?.value, "dir", name), file) ??
    said(call && { value: call.values[0], line: call.line }, file)
  );
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

/** `{{ metadata.feed.path }}` is a value of a data file. */
function fromData(template: string, lookups: readonly Lookup[]): string {
  const names = /^\{\{-?[ \t]{0,9}\w{1,50}\.([\w.]{1,100})[ \t]{0,9}-?\}\}$/.exec(template)?.[1]?.split(".");
  return (names && firstSaid(...lookups.map((lookup) => lookup(...names)))?.value) ?? template;
}

const isFormat = (type: unknown): type is EarlierFeed["format"] => type === "rss" || type === "atom" || type === "json";

async function templateFeeds(
  folder: SiteFolder,
  root: string,
  lookups: readonly Lookup[],
): Promise<readonly EarlierFeed[]> {
  const feeds: EarlierFeed[] = [];
  for (const path of folder.paths) {
    if (!path.startsWith(root) || !/\.(?:njk|liquid|hbs|xml|html)$/.test(path) || /(?:^|\/)_/.test(path)) continue;
    const text = await folder.read(path);
    const format = text === undefined ? undefined : formatOf(text);
    if (text === undefined || format === undefined) continue;
    const below = path.slice(root.length).replace(/\.(?:njk|liquid|hbs)$/, "");
    const permalink = /^[ \t]{0,9}["']?permalink["']?[ \t]{0,9}:[ \t]{0,9}["']?([^\r\n"',]{1,300})/m.exec(text)?.[1];
    const written = fromData(permalink?.trim() ?? below, lookups);
    // A template for each tag, or one whose address a data file says.
    if (/[{}]/.test(written)) continue;
    const collection =
      /\bcollections\.(\w{1,50})/.exec(text)?.[1] ?? /\bcollections\[["'](\w{1,50})["']\]/.exec(text)?.[1];
    const named = collection !== undefined && { collection };
    feeds.push({ format, path: pathOf(written), ...named, from: `${path}:1`, writer: "Eleventy" });
  }
  return feeds;
}
