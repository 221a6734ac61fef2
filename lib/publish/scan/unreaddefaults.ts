/** Files in which a generator says what holds for posts, where no post was recognised as that generator's: told, not passed over. */
import { folderOf } from "../../base/paths.ts";
import { problem } from "../../base/problems.ts";
import type { Problem } from "../../model.ts";
import { fitsPath, withFolders } from "../../site/rules.ts";
import type { Site } from "../../site/types.ts";

interface Kind {
  readonly who: string;
  readonly fix: string;
  /** The place for which a file would count: a folder with its slash, or a post without its extension. */
  readonly placeOf: (key: string) => string | undefined;
}

const KINDS: readonly Kind[] = [
  {
    who: "Hugo or Zola",
    fix: "`dialect: hugo` or `dialect: zola`",
    placeOf: (key) => (/(?:^|\/)_index(?:\.[\w-]+)?\.(?:md|markdown|html)$/i.test(key) ? folderOf(key) : undefined),
  },
  {
    who: "Eleventy",
    fix: "`dialect: eleventy`",
    placeOf(key) {
      if (/\.11tydata\.(?:json|[cm]?js|ts)$/.test(key)) return folderOf(key);
      if (!key.endsWith(".json")) return undefined;
      const base = key.slice(0, -".json".length);
      const folder = folderOf(key);
      return `/${folder}`.endsWith(`/${base.slice(folder.length)}/`) ? folder : base;
    },
  },
  {
    who: "Jekyll",
    fix: "`dialect: jekyll`",
    placeOf: (key) => (/(?:^|\/)_config\.(?:ya?ml|toml)$/.test(key) ? `${folderOf(key)}_posts/` : undefined),
  },
];

export const mayBeDefaults = (key: string): boolean => KINDS.some(({ placeOf }) => placeOf(key) !== undefined);

export interface UnreadDefaultsInput {
  readonly site: Pick<Site, "dialect" | "exclude">;
  /** The files that may be such ones. */
  readonly keys: readonly string[];
  readonly posts: Iterable<string>;
  /** The keys that count for any of the posts. */
  readonly asked: ReadonlySet<string>;
}

/** One warning for each generator. A site that names its own has the others' files for something else. */
export function unreadDefaults({ site, keys, posts, asked }: UnreadDefaultsInput): readonly Problem[] {
  const unread = site.dialect === undefined ? keys.filter((key) => !asked.has(key)) : [];
  if (unread.length === 0) return [];
  const places = new Set<string>();
  for (const key of posts) {
    if (isAside(key) || fitsPath(site.exclude.paths, key)) continue;
    const [, ...folders] = withFolders(key);
    for (const folder of folders) places.add(`${folder}/`);
    places.add(key.replace(/\.[^./]*$/, ""));
  }
  return KINDS.flatMap(({ who, fix, placeOf }) => {
    const [first, ...others] = unread.filter((key) => places.has(placeOf(key) ?? ""));
    if (first === undefined) return [];
    const files = others.length === 0 ? "the file is" : `${others.length + 1} files such as this are`;
    const message = `${files} not read: if ${who} has in it what holds for posts, drafts among them, they are published all the same`;
    return [
      problem("defaults-unread", first, message, undefined, `write ${fix} in site.yaml, or any other \`dialect\``),
    ];
  });
}

/** Of such files nothing is asked. */
const isAside = (key: string): boolean => key.split("/").some((part) => /^[_.]/.test(part) && part !== "_posts");
