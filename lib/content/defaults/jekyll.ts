/** Jekyll: `defaults` in `_config.yml`, read as data. */
import picomatch from "picomatch";
import { isCostlyGlob, withoutSlashes } from "../../site/rules.ts";
import { listOf, membersOf } from "../facts/members.ts";
import { SITE_FOLDER } from "../facts/place.ts";
import { isMapValue, type Value } from "../frontmatter/types.ts";
import type { Fields } from "../frontmatter/values.ts";
import { type FileFields, keeping, readTomlFile, readYamlFile } from "./file.ts";
import { memberFields } from "./members.ts";
import type { Defaults, DefaultsInput } from "./types.ts";

/** Of several the first counts. */
const CONFIGURATIONS = ["_config.yml", "_config.yaml", "_config.toml"];

interface Scope {
  readonly path: string;
  readonly type: string | undefined;
  readonly fields: Fields;
}

interface Configuration extends Pick<FileFields, "problems"> {
  /** What counts first before what it overrides. */
  readonly scopes: readonly Scope[];
  /** The folder of all collections, with its slash; paths do without it. */
  readonly collections: string;
}

/** https://jekyllrb.com/docs/configuration/front-matter-defaults/ */
export function readJekyll({ key, outside }: DefaultsInput): Defaults {
  const roots = [...new Set([SITE_FOLDER.exec(key)?.[0] ?? "", ""])];
  const read = roots.map((root) => readSite(key.slice(root.length), root, outside));
  return { layers: read.flatMap(({ layers }) => layers), problems: read.flatMap(({ problems }) => problems) };
}

function readSite(path: string, root: string, { textOf }: DefaultsInput["outside"]): Defaults {
  for (const name of CONFIGURATIONS) {
    const text = textOf(root + name);
    if (text === undefined) continue;
    if (!/^[ \t["']*defaults\b/m.test(text)) break;
    const { scopes, collections, problems } = readConfiguration(root + name, text);
    const inside = path.startsWith(collections) ? path.slice(collections.length) : path;
    const type = typeOf(inside);
    const meant = scopes.filter((scope) => (scope.type ?? type) === type && isBelow(inside, scope.path, collections));
    return { layers: meant.map(({ fields }) => fields), problems };
  }
  return { layers: [], problems: [] };
}

const readConfiguration = keeping((key, text): Configuration => {
  const { fields, problems } = (key.endsWith(".toml") ? readTomlFile : readYamlFile)(key, text);
  const fieldsOf = memberFields(text);
  const scopes = fields.flatMap(([name, field]) =>
    name !== "defaults"
      ? []
      : listOf(field.value).flatMap((each): readonly Scope[] => {
          const entry = membersOf(each);
          const values = entry.get("values") ?? null;
          const scope = membersOf(entry.get("scope") ?? null);
          if (!isMapValue(values)) return [];
          const [path, type] = [textIn(scope.get("path")), textIn(scope.get("type"))];
          const given = fieldsOf(values, field);
          return [{ path: (path ?? "").replace(/^\/{1,9}/, ""), type: type || undefined, fields: given }];
        }),
  );
  const folder = withoutSlashes(fields.findLast(([name]) => name === "collections_dir")?.[1].source ?? "");
  return { scopes: scopes.toReversed().sort(byPrecedence), collections: folder && `${folder}/`, problems };
});

const textIn = (value: Value | undefined): string | undefined => (typeof value === "string" ? value.trim() : undefined);

/** The longer path, then the one with a type, then the later one. */
const byPrecedence = (a: Scope, b: Scope): number =>
  b.path.length - a.path.length || Number(b.type !== undefined) - Number(a.type !== undefined);

/** `posts`, `drafts`, or the name of a collection. */
function typeOf(key: string): string {
  const folders = key.split("/").slice(0, -1);
  if (folders.includes("_posts")) return "posts";
  if (folders.includes("_drafts")) return "drafts";
  return folders[0]?.startsWith("_") ? folders[0].slice(1) : "pages";
}

/** A path is the beginning of others, whether or not a folder ends there. */
function isBelow(key: string, written: string, collections: string): boolean {
  const path = written.startsWith(collections) ? written.slice(collections.length) : written;
  if (key.startsWith(path)) return true;
  if (!path.includes("*")) return false;
  return isCostlyGlob(path) || picomatch([path, `${withoutSlashes(path)}/**`], { dot: true })(key);
}
