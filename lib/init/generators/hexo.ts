/** Hexo: `_config.yml`, and the feed plugins that `package.json` names. */
import { present } from "../../base/optional.ts";
import type { Format } from "../../model.ts";
import { withoutSlashes } from "../../site/rules.ts";
import { type ConfigValues, readConfig } from "../config.ts";
import type { EarlierFeed, Found, Said, SiteFolder } from "../types.ts";
import { addressOf, authorOf, languageOf, limitOf, outputOf, pathOf } from "../values.ts";

export async function readHexo(folder: SiteFolder): Promise<Found | undefined> {
  const file = ["_config.yml", "_config.yaml", "_config.json"].find((name) => folder.paths.includes(name));
  const text = file && (await folder.read(file));
  if (file === undefined || text === undefined) return undefined;
  const packages = (await folder.read("package.json")) ?? "";
  const settings = readConfig([{ file, text }]);
  const isNamed = /"hexo"\s*:/.test(packages) || settings.valueAt("source_dir") || settings.valueAt("new_post_name");
  if (!isNamed && !isLaidOut(folder, settings)) return undefined;

  const source = withoutSlashes(settings.textAt("source_dir")?.value ?? "source");
  const author = settings.textAt("author");
  const name = author?.value === "John Doe" ? undefined : authorOf(author?.value, settings.textAt("email")?.value);
  const permalink = permalinkOf(settings);
  const language = languageOf(...saidLanguages(settings));
  return {
    generator: "Hexo",
    dialect: "hexo",
    ...present({
      title: settings.textAt("title"),
      url: addressOf(settings.textAt("url"), settings.textAt("root")),
      description: settings.textAt("description") ?? settings.textAt("subtitle"),
      language,
      timezone: settings.textAt("timezone"),
      authors: author && name && { value: [name], from: author.from },
      permalink: permalink.said,
      limit: limitOf(settings.textAt("feed", "limit")),
      output: outputOf(settings.textAt("public_dir"), "public"),
      roots: { value: [`${source}/_posts/`], from: settings.textAt("source_dir")?.from ?? `Hexo's own ${source}` },
    }),
    feeds: feedsOf(settings, packages),
    remarks: [...settings.remarks, ...permalink.remarks],
  };
}

/** Jekyll has posts there only where its configuration says so, as Octopress's does. */
const isLaidOut = ({ paths }: SiteFolder, settings: ConfigValues): boolean =>
  paths.some((path) => path.startsWith("source/_posts/")) &&
  !settings.valueAt("source") &&
  !["Gemfile", "Rakefile"].some((name) => paths.includes(name));

const saidLanguages = (settings: ConfigValues): readonly Said[] => {
  const said = settings.listAt("language");
  return said?.value.map((value) => ({ value, from: said.from })) ?? [];
};

function permalinkOf(settings: ConfigValues): { readonly said?: Said; readonly remarks: readonly string[] } {
  const said = settings.textAt("permalink");
  if (!said) return { remarks: [] };
  let value = said.value;
  // https://hexo.io/docs/configuration#URL: what links leave out.
  if (settings.textAt("pretty_urls", "trailing_html")?.value === "false") value = value.replace(/\.html$/, "");
  if (settings.textAt("pretty_urls", "trailing_index")?.value === "false") value = value.replace(/index\.html$/, "");
  // The file's name is taken apart by this pattern, and the date is not part of the title.
  const isDated = /:(?:year|month|day|i_month|i_day)/.test(settings.textAt("new_post_name")?.value ?? "");
  if (isDated) value = value.replace(/:title\b/g, ":name");
  const remarks = /:id\b/.test(value)
    ? [`${said.from}: \`:id\` is a number in Hexo's own database: give posts an \`id\`, or another permalink`]
    : [];
  return { said: { ...said, value: value.startsWith("/") ? value : `/${value}` }, remarks };
}

const FORMATS: { readonly [type: string]: readonly [format: Format, path: string] } = {
  atom: ["atom", "atom.xml"],
  rss2: ["rss", "rss2.xml"],
  rss: ["rss", "rss.xml"],
  json: ["json", "feed.json"],
};

/** hexo-generator-feed writes one feed, or two; hexo-feed has `rss`, `atom` and `json` of its own. */
function feedsOf(settings: ConfigValues, packages: string): readonly EarlierFeed[] {
  const said = settings.valueAt("feed");
  const plugin = /"(hexo-generator-feed|hexo-feed)"/.exec(packages)?.[1];
  if (plugin === undefined || settings.textAt("feed", "enable")?.value === "false") return [];
  const from = said?.from ?? "package.json:1";
  const types = settings.listAt("feed", "type")?.value ?? ["atom"];
  const paths = settings.listAt("feed", "path")?.value ?? [];
  return types.flatMap((type, i) => {
    const [format, usual] = (Object.hasOwn(FORMATS, type) && FORMATS[type]) || [];
    const path = pathOf(paths[i] ?? usual ?? "");
    return format && path ? [{ format, path, from, writer: plugin }] : [];
  });
}
