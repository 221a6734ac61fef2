/** Hugo: `cascade` in the `_index.md` of folders, and the files of a leaf bundle, which are no pages. */
import picomatch from "picomatch";
import { isCostlyGlob } from "../../site/rules.ts";
import { listOf } from "../facts/members.ts";
import type { Place } from "../facts/place.ts";
import { type Field, isMapValue, type MapValue } from "../frontmatter/types.ts";
import { type Fields, flagOf } from "../frontmatter/values.ts";
import { type FileFields, keeping, readFrontMatterOf, readTomlFile, readYamlFile } from "./file.ts";
import { memberFields } from "./members.ts";
import type { Defaults, DefaultsInput } from "./types.ts";

/** A page to which values may be handed down. */
interface CascadePage {
  /** Its path in the spellings of all versions, in lower case. */
  readonly paths: readonly string[];
  readonly language: string;
}

interface Cascade {
  readonly fields: Fields;
  readonly isFor: (page: CascadePage) => boolean;
}

interface Section extends Pick<FileFields, "problems"> {
  readonly cascades: readonly Cascade[];
}

/** https://gohugo.io/content-management/front-matter/#cascade-1: of two values the one nearer to the page counts. */
export function readHugo(input: DefaultsInput): Defaults {
  const { key, place, site, outside } = input;
  const folders = foldersOf(key);
  const partOf = bundlesOf(input, folders);
  if (partOf.length > 0) return { layers: [], problems: [], partOf };
  const page: CascadePage = {
    paths: pathsOf(key, place),
    language: (place.language ?? site.language).toLowerCase(),
  };
  const sections = folders.flatMap((folder) => {
    for (const name of indexesOf(folder, input)) {
      const text = outside.textOf(name);
      if (text !== undefined) return cascadesIn(name, text, readSection);
    }
    return [];
  });
  for (const name of configurationsOf(key)) {
    const text = outside.textOf(name);
    if (text === undefined) continue;
    sections.push(...cascadesIn(name, text, readConfiguration));
    break;
  }
  return {
    layers: sections.flatMap(({ cascades }) => cascades.filter(({ isFor }) => isFor(page)).map(({ fields }) => fields)),
    problems: sections.flatMap(({ problems }) => problems),
  };
}

/** The page of a folder in the post's language; where there is none, that of the default language counts. */
function indexesOf(folder: string, { place, site }: DefaultsInput): readonly string[] {
  const general = ["md", "html", "markdown"].map((ending) => `${folder}_index.${ending}`);
  const own = (language: string) => `${folder}_index.${language}.md`;
  const named = place.language ?? (site.languages.length > 1 ? site.language : undefined);
  // A site need not name its one language here.
  return named === undefined ? [...general, own(site.language)] : [own(named), ...general];
}

const cascadesIn = (name: string, text: string, read: (name: string, text: string) => Section): readonly Section[] =>
  /cascade/i.test(text) ? [read(name, text)] : [];

/** https://gohugo.io/configuration/cascade/: beside `content`, and only for posts below such a folder. */
function configurationsOf(key: string): readonly string[] {
  const root = /^(.*?\/)?content\//.exec(key);
  return root ? CONFIGURATIONS.map((name) => (root[1] ?? "") + name) : [];
}

const CONFIGURATIONS = ["hugo.toml", "hugo.yaml", "config.toml", "config.yaml"];

/** With their slashes, from that of the post to that of all content. What belongs to a bundle is no page of its folder. */
function foldersOf(key: string): readonly string[] {
  const parts = key.split("/");
  const root = Math.max(parts.slice(0, -1).indexOf("content") + 1, 0);
  const last = BUNDLE.test(parts.at(-1) ?? "") ? parts.length - 2 : parts.length - 1;
  const folders: string[] = [];
  for (let end = last; end >= root && end >= 0; end--) {
    folders.push(end === 0 ? "" : `${parts.slice(0, end).join("/")}/`);
  }
  return folders;
}

const BUNDLE = /^index(?:\.[\w-]+)?\.(?:md|markdown|mdx)$/i;

/** More than any site has; each is a key to be looked up. */
const MOST_LANGUAGES = 10;

/** https://gohugo.io/content-management/page-bundles/: whatever lies in or below the folder of an `index.md` belongs to it. */
function bundlesOf({ site, outside }: DefaultsInput, folders: readonly string[]): readonly string[] {
  const languages = site.languages.length > 1 ? site.languages.slice(0, MOST_LANGUAGES) : [];
  const names = ["index.md", ...languages.map((language) => `index.${language.toLowerCase()}.md`)];
  // The outermost folder is no bundle, whatever is in it.
  const indexes = folders.slice(0, -1).flatMap((folder) => names.map((name) => folder + name));
  if (site.dialect === "hugo") return indexes.filter((key) => outside.sizeOf(key) !== undefined);
  // Other generators that keep their posts in `content/` have an `index.md` for a list of them: no page with a date.
  return indexes.filter((key) => isPost(key, outside.textOf(key) ?? ""));
}

const isPost = keeping((key, text): boolean => {
  const fields = new Map(readFrontMatterOf(key, text).fields);
  return fields.has("date") || flagOf(fields.get("headless")) === true;
});

const readSection = keeping((key, text) => sectionOf(text, readFrontMatterOf(key, text)));
const readConfiguration = keeping((key, text) =>
  sectionOf(text, (key.endsWith(".toml") ? readTomlFile : readYamlFile)(key, text)),
);

function sectionOf(text: string, { fields, problems }: FileFields): Section {
  const membersOf = memberFields(text);
  const cascades = fields.flatMap(([name, field]) =>
    name === "cascade"
      ? listOf(field.value).flatMap((each) => (isMapValue(each) ? [cascadeOf(each, field, membersOf)] : []))
      : [],
  );
  return { cascades, problems };
}

function cascadeOf(map: MapValue, field: Field, membersOf: ReturnType<typeof memberFields>): Cascade {
  const fields = new Map(membersOf(map, field));
  const { value: target = null } = fields.get("_target") ?? fields.get("target") ?? {};
  fields.delete("_target");
  fields.delete("target");
  if (!isMapValue(target)) return { fields, isFor: () => true };
  const wanted = (name: string): ((text: string) => boolean) => {
    const glob = [...target.members].find(([each]) => each.toLowerCase() === name)?.[1];
    // What is no glob, or one that takes too long to try, may be meant for the page.
    if (typeof glob !== "string" || glob.trim() === "" || isCostlyGlob(glob)) return () => true;
    // Braces around one alternative are none to picomatch.
    const matches = picomatch(
      glob
        .trim()
        .toLowerCase()
        .replace(/\{([^{},]*)\}/g, "$1"),
      { dot: true },
    );
    return (text) => matches(text);
  };
  const [path, kind, language, environment] = [wanted("path"), wanted("kind"), wanted("lang"), wanted("environment")];
  const isMeant = kind("page") && environment("production");
  return { fields, isFor: (page) => isMeant && language(page.language) && page.paths.some(path) };
}

/** As Hugo 0.123 and later have it, and as those before it; with and without the folder of a language. */
function pathsOf(key: string, { sections, name }: Place): readonly string[] {
  const written = key.replace(/^(?:.*?\/)?content\//, "").toLowerCase();
  const bare = written.replace(/\.[^./]*$/, "").replace(/\/index$/, "");
  const plain = [...sections, name].join("/").toLowerCase();
  return [...new Set([`/${bare}`, `/${plain}`, `/${written}`])];
}
