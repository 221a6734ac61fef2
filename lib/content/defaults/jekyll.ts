/** Jekyll: `defaults` in `_config.yml`, read as data. */
import picomatch from "picomatch";
import { isCostlyGlob, withoutSlashes } from "../../site/rules.ts";
import { listOf, membersOf } from "../facts/members.ts";
import { isMapValue, type Value } from "../frontmatter/types.ts";
import type { Fields } from "../frontmatter/values.ts";
import { type FileFields, keeping, readYamlFile } from "./file.ts";
import { memberFields } from "./members.ts";
import type { Defaults, DefaultsInput } from "./types.ts";

const CONFIGURATION = "_config.yml";

interface Scope {
  readonly path: string;
  readonly type: string | undefined;
  readonly fields: Fields;
}

interface Configuration extends Pick<FileFields, "problems"> {
  /** What counts first before what it overrides. */
  readonly scopes: readonly Scope[];
}

/** https://jekyllrb.com/docs/configuration/front-matter-defaults/ */
export function readJekyll({ key, outside }: DefaultsInput): Defaults {
  const text = outside.textOf(CONFIGURATION);
  if (text === undefined || !/^["']?defaults\b/m.test(text)) return { layers: [], problems: [] };
  const { scopes, problems } = readConfiguration(CONFIGURATION, text);
  const type = typeOf(key);
  const meant = scopes.filter((scope) => (scope.type === undefined || scope.type === type) && isBelow(key, scope.path));
  return { layers: meant.map(({ fields }) => fields), problems };
}

const readConfiguration = keeping((key, text): Configuration => {
  const { fields, problems } = readYamlFile(key, text);
  const fieldsOf = memberFields(text);
  const scopes = fields.flatMap(([name, field]) =>
    name !== "defaults"
      ? []
      : listOf(field.value).flatMap((each): readonly Scope[] => {
          const entry = mapOf(each);
          const values = mapOf(entry?.get("values") ?? null, "values");
          const scope = mapOf(entry?.get("scope") ?? null);
          if (!values) return [];
          const [path, type] = [textIn(scope?.get("path")), textIn(scope?.get("type"))];
          const given = fieldsOf({ members: values, source: "" }, field);
          return [{ path: withoutSlashes(path ?? ""), type: type || undefined, fields: given }];
        }),
  );
  return { scopes: scopes.toReversed().sort(byPrecedence), problems };
});

const textIn = (value: Value | undefined): string | undefined => (typeof value === "string" ? value.trim() : undefined);

/** The members of a map; their names as they are written where those are keys of front matter. */
function mapOf(value: Value, written?: "values"): ReadonlyMap<string, Value> | undefined {
  if (value === null || typeof value === "string" || !isMapValue(value)) return undefined;
  return written ? value.members : membersOf(value);
}

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

function isBelow(key: string, path: string): boolean {
  if (path === "" || key === path || key.startsWith(`${path}/`)) return true;
  if (!path.includes("*")) return false;
  return isCostlyGlob(path) || picomatch([path, `${path}/**`], { dot: true })(key);
}
