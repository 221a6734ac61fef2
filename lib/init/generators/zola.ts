/** Zola: `config.toml` or `zola.toml`. */
import { present } from "../../base/optional.ts";
import { listOf, membersOf } from "../../content/facts/members.ts";
import { type ConfigValues, plainText, readConfig } from "../config.ts";
import type { EarlierFeed, Found, SiteFolder } from "../types.ts";
import { addressOf, authorOf, formatOfName, isZola, languageOf, limitOf, outputOf } from "../values.ts";

export async function readZola(folder: SiteFolder): Promise<Found | undefined> {
  const file = ["zola.toml", "config.toml"].find((name) => folder.paths.includes(name));
  const text = file && (await folder.read(file));
  if (file === undefined || text === undefined) return undefined;
  const settings = readConfig([{ file, text }]);
  if (file !== "zola.toml" && !isZola(file, text)) return undefined;
  const author = settings.textAt("author") ?? settings.textAt("extra", "author");
  const name = authorOf(author?.value);
  const main = settings.textAt("default_language");
  const languages = [main?.value ?? "en", ...settings.namesAt("languages")];
  return {
    generator: "Zola",
    dialect: "zola",
    ...present({
      title: settings.textAt("title"),
      url: addressOf(settings.textAt("base_url")),
      description: settings.textAt("description"),
      language: languageOf(main, { value: "en", from: "Zola's own default_language" }),
      timezone: { value: "UTC", from: "Zola reads dates without a zone as UTC" },
      authors: author && name && { value: [name], from: author.from },
      limit: limitOf(settings.textAt("feed_limit")),
      output: outputOf(settings.textAt("output_dir"), "public"),
      languages:
        languages.length > 1 ? { value: languages, from: settings.valueAt("languages")?.from ?? file } : undefined,
      taxonomies: taxonomiesOf(settings),
      roots: { value: ["content/"], from: "Zola's own content" },
    }),
    feeds: feedsOf(settings, file),
    remarks: settings.remarks,
  };
}

const namedTaxonomies = (settings: ConfigValues) =>
  listOf(settings.valueAt("taxonomies")?.value ?? null).flatMap((each) => {
    const members = membersOf(each, "name");
    const name = plainText(members.get("name"));
    return name === undefined ? [] : [{ name, hasFeed: plainText(members.get("feed")) === "true" }];
  });

function taxonomiesOf(settings: ConfigValues) {
  const value = namedTaxonomies(settings).flatMap(({ name }) =>
    /^(?:tags|categories|authors?)$/.test(name) ? [] : [name],
  );
  const said = settings.valueAt("taxonomies");
  return said && value.length > 0 ? { value, from: said.from } : undefined;
}

/** https://www.getzola.org/documentation/templates/feeds/ */
function feedsOf(settings: ConfigValues, file: string): readonly EarlierFeed[] {
  const said = settings.textAt("generate_feeds") ?? settings.textAt("generate_feed") ?? settings.textAt("generate_rss");
  const names = settings.listAt("feed_filenames") ?? settings.listAt("feed_filename");
  const feeds = (names?.value ?? ["atom.xml"]).map((path) => ({
    format: formatOfName(path),
    path,
    from: names?.from ?? said?.from ?? file,
    writer: "Zola",
  }));
  const kinds = namedTaxonomies(settings).filter(({ name, hasFeed }) => hasFeed && /^(?:tags|categories)$/.test(name));
  return [
    ...(said?.value === "true" ? feeds : []),
    ...kinds.flatMap(({ name }) => feeds.map((feed) => ({ ...feed, kind: name, folder: `${name}/{slug}/` }))),
  ];
}
