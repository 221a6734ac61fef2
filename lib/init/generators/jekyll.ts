/** Jekyll: `_config.yml`, the plugins of the `Gemfile`, and feeds that are templates of the site's own. */
import { present } from "../../base/optional.ts";
import { printed } from "../../content/facts/printed.ts";
import { isMapValue } from "../../content/frontmatter/types.ts";
import { permalinkPattern } from "../../site/permalink.ts";
import { withoutSlashes } from "../../site/rules.ts";
import { type ConfigValues, plainText, readConfig } from "../config.ts";
import type { EarlierFeed, Found, Said, SaidAuthor, SiteFolder } from "../types.ts";
import { addressOf, authorOf, formatOf, languageOf, limitOf, outputOf, pathOf } from "../values.ts";

export async function readJekyll(folder: SiteFolder): Promise<Found | undefined> {
  const file = ["_config.yml", "_config.yaml", "_config.toml"].find((name) => folder.paths.includes(name));
  const hasPosts = folder.paths.some((path) => /^(?:[^/]+\/)?_posts\//.test(path));
  const text = file === undefined ? "" : await folder.read(file);
  if (text === undefined || (file === undefined && !hasPosts)) return undefined;
  const settings = readConfig(file === undefined ? [] : [{ file, text }]);
  const collections = withoutSlashes(settings.textAt("collections_dir")?.value ?? "");
  const authors = await authorsOf(folder, settings);
  const description = settings.textAt("description") ?? settings.textAt("tagline") ?? settings.textAt("subtitle");
  const permalink = settings.textAt("collections", "posts", "permalink") ?? settings.textAt("permalink");
  const feeds = await feedsOf(folder, settings);
  const inFeed = await templateFacts(folder, feeds);
  return {
    generator: "Jekyll",
    dialect: "jekyll",
    ...present({
      title: settings.textAt("title") ?? settings.textAt("name") ?? inFeed.title,
      url: addressOf(
        settings.textAt("url") ??
          settings.textAt("production_url") ??
          (folder.paths.includes("CNAME") ? undefined : inFeed.url),
        settings.textAt("baseurl"),
      ),
      description,
      language: languageOf(...["lang", "locale", "language"].map((name) => settings.textAt(name))),
      timezone: settings.textAt("timezone"),
      authors,
      permalink: permalink && { ...permalink, value: patternOf(permalink.value) },
      limit: limitOf(settings.textAt("feed", "posts_limit")),
      output: outputOf(settings.textAt("destination"), "_site"),
      roots: collections
        ? { value: [`${collections}/_posts/`], from: settings.textAt("collections_dir")?.from ?? "" }
        : undefined,
    }),
    feeds,
    remarks: [
      ...settings.remarks,
      ...(settings.listAt("exclude")?.value.includes("site.yaml")
        ? []
        : [
            `${file ?? "_config.yml"}: add site.yaml and ids.jsonl to its \`exclude\`, since Jekyll copies what it does not know into the site`,
          ]),
    ],
  };
}

/** `/:title` is as it is; a name of Jekyll's stays, and counts as such where it is written so. */
const patternOf = (written: string): string =>
  permalinkPattern(written) !== written || written.startsWith("/") ? written : `/${written}`;

async function authorsOf(folder: SiteFolder, settings: ConfigValues): Promise<Said<readonly SaidAuthor[]> | undefined> {
  const file = ["_data/authors.yml", "_data/authors.yaml", "_data/authors.json"].find((name) =>
    folder.paths.includes(name),
  );
  const text = file && (await folder.read(file));
  if (file !== undefined && text) {
    const data = readConfig([{ file, text }]);
    const listed = data.namesAt().flatMap((key) => {
      const at = (...names: readonly string[]) =>
        names.map((name) => data.textAt(key, name)?.value).find((each) => each);
      const author = authorOf(at("name", "display_name"), at("email"), at("url", "uri", "web", "site", "website"));
      return author ? [{ ...author, key }] : [];
    });
    if (listed.length > 0) return { value: listed, from: file };
  }
  const said = settings.valueAt("author");
  const name = plainText(said?.value) ?? settings.textAt("author", "name")?.value;
  const isMap = said !== undefined && isMapValue(said.value);
  const email = (isMap ? settings.textAt("author", "email") : settings.textAt("email"))?.value;
  const author = authorOf(name, email, isMap ? settings.textAt("author", "url")?.value : undefined);
  return said && author && { value: [author], from: said.from };
}

interface TemplateFacts {
  readonly title?: Said;
  readonly url?: Said;
}

/** What a feed's template says of the site in so many words. */
async function templateFacts(folder: SiteFolder, feeds: readonly EarlierFeed[]): Promise<TemplateFacts> {
  let facts: TemplateFacts = {};
  for (const { writer, from } of feeds) {
    const file = from.replace(/:1$/, "");
    const text = writer === "Jekyll" ? await folder.read(file) : undefined;
    if (text === undefined) continue;
    const title = /<title(?: type="\w{1,5}")?>([^<{}]{1,200})</.exec(text)?.[1]?.trim();
    const links = text.split("<link").map((part) => part.slice(0, part.indexOf("<")));
    const url = links
      .slice(1)
      .flatMap((link) => /["'>](https?:\/\/[^"'<>{}/]{1,200}\/?)(?:["']|$)/.exec(link)?.[1] ?? [])[0];
    facts = {
      ...(title && { title: { value: printed(title, "jekyll"), from: file } }),
      ...(url && { url: { value: url, from: file } }),
      ...facts,
    };
  }
  return facts;
}

function mayBeFeed(path: string): boolean {
  const folders = path.split("/");
  const name = folders.pop() ?? "";
  if (folders.length > 2 || folders.some((each) => /^[._]/.test(each))) return false;
  return /\.(?:xml|json|html|liquid)$/i.test(name) && (/feed|rss|atom/i.test(name) || /^index\./.test(name));
}

async function feedsOf(folder: SiteFolder, settings: ConfigValues): Promise<readonly EarlierFeed[]> {
  const own: EarlierFeed[] = [];
  for (const path of folder.paths) {
    if (!mayBeFeed(path)) continue;
    const text = await folder.read(path);
    const format = text?.startsWith("---") ? formatOf(text) : undefined;
    if (text === undefined || format === undefined) continue;
    const permalink = /^permalink:[ \t]{0,9}["']?([^\s"']{1,300})/m.exec(text)?.[1];
    own.push({ format, path: pathOf(permalink ?? path), from: `${path}:1`, writer: "Jekyll" });
  }
  const plugins = [...(settings.listAt("plugins")?.value ?? []), ...(settings.listAt("gems")?.value ?? [])];
  const gems = (await folder.read("Gemfile")) ?? "";
  const isNamed = plugins.includes("jekyll-feed") || /^[ \t]{0,20}gem[ \t]{1,9}["']jekyll-feed["']/m.test(gems);
  if (!isNamed) return own;
  const path = settings.textAt("feed", "path");
  const from = path?.from ?? settings.valueAt("plugins")?.from ?? settings.valueAt("gems")?.from ?? "Gemfile";
  const feed: EarlierFeed = { format: "atom", path: pathOf(path?.value ?? "feed.xml"), from, writer: "jekyll-feed" };
  // jekyll-feed leaves a file of the site's own alone.
  return [...own, ...(own.some((each) => each.path === feed.path) ? [] : [feed])];
}
