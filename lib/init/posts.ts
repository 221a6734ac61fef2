/** The posts of a folder: how many Markdown files of each folder have a date, since when, and with which keys. */
import pMap from "p-map";
import { present } from "../base/optional.ts";
import { parseDate } from "../content/facts/dates.ts";
import { KEYS } from "../content/facts/dialects.ts";
import { placeOf } from "../content/facts/place.ts";
import { readSource, type SourceFile } from "../content/frontmatter/frontmatter.ts";
import { textOf } from "../content/frontmatter/values.ts";
import { isHtmlFile, isPostFile } from "../content/inputs.ts";
import type { Instant } from "../model.ts";
import { DEFAULT_POSTS } from "../site/complete.ts";
import { fitsPath } from "../site/rules.ts";
import { languageOfTitle, languageOfTitles } from "./titles.ts";
import type { Found, FoundPosts, SiteFolder } from "./types.ts";

const AT_ONCE = 16;

/** What is no post to any generator: pages of a folder itself, and what is said about the repository. */
const NO_POST =
  /(?:^|\/)(?:_index(?:\.[\w-]{1,20})?|readme|license|contributing|changelog|code_of_conduct|agents|claude)\.[^/.]+$/i;
const ASIDE = /(?:^|\/)_drafts?\//;

/** Whether a file lies where the site's posts do. */
export const isWithin = ({ dialect, roots }: Where, path: string): boolean =>
  roots ? roots.value.some((root) => path.startsWith(root)) : fitsPath(DEFAULT_POSTS[dialect ?? "plain"], path);

type Where = Pick<Found, "dialect" | "roots">;

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);

export async function countPosts(
  folder: SiteFolder,
  { dialect, roots, fileDates, exclude }: Where & Pick<Found, "fileDates" | "exclude">,
): Promise<FoundPosts> {
  const folders = new Map<string, { dated: number; undated: number }>();
  const keys = new Map<string, number>();
  const languages = new Map<string, number>();
  let posts = 0;
  let earliest: { readonly date: Instant; readonly path: string } | undefined;
  const where = { ...(dialect && { dialect }), ...(roots && { roots }) };
  const files = folder.paths.filter(
    (path) => (isPostFile(path) || isHtmlFile(path)) && !NO_POST.test(path) && !ASIDE.test(path),
  );
  const others = new Set(files.flatMap((path) => (isPostFile(path) && !isWithin(where, path) ? [folderOf(path)] : [])));
  const candidates = files.filter((path) => isWithin(where, path) && !fitsPath(exclude?.value ?? NONE, path));
  await pMap(
    candidates,
    async (path) => {
      const text = await folder.read(path);
      if (text === undefined) return;
      const source = readSource(path, Buffer.from(text)).source;
      const date = dateOf(path, source, dialect);
      if (isHtmlFile(path) && (date === undefined || source?.form === "none")) return;
      const name = folderOf(path);
      const count = folders.get(name) ?? { dated: 0, undated: 0 };
      folders.set(name, count);
      if (date === undefined) count.undated += 1;
      else count.dated += 1;
      if (date === undefined && !fileDates?.value) return;
      posts += 1;
      const spoken = languageOfTitle(textOf(source?.fields.get("title")) ?? path);
      if (spoken !== undefined) languages.set(spoken, (languages.get(spoken) ?? 0) + 1);
      for (const key of source?.fields.keys() ?? []) keys.set(key, (keys.get(key) ?? 0) + 1);
      if (date === undefined) return;
      if (!earliest || date < earliest.date || (date === earliest.date && path < earliest.path))
        earliest = { date, path };
    },
    { concurrency: AT_ONCE },
  );
  return {
    others: [...others],
    folders: new Map([...folders].sort(([a], [b]) => (a < b ? -1 : 1))),
    keys,
    ...present({ language: languageOfTitles(languages, posts) }),
    ...(earliest && { since: { value: Number(earliest.date.slice(0, 4)), from: earliest.path } }),
  };
}

const NONE: readonly string[] = [];

const NO_SITE = { posts: [], languages: [] };

/** When it was published, as in Universal Time: a day more or less is no matter here. */
function dateOf(path: string, source: SourceFile | undefined, dialect: Found["dialect"]): Instant | undefined {
  const texts = [
    ...[...KEYS.date, ...KEYS.publishDate].flatMap((key) => textOf(source?.fields.get(key)) ?? []),
    ...[placeOf(path, { ...NO_SITE, ...(dialect && { dialect }) }).date ?? []].flat(),
  ];
  for (const text of texts) {
    const date = parseDate(text, "UTC");
    if (date !== undefined) return date;
  }
  return undefined;
}

export interface Counted {
  readonly dated: number;
  readonly undated: number;
}

/** What a folder and all below it have. */
export function countBelow({ folders }: FoundPosts, root: string): Counted {
  let [dated, undated] = [0, 0];
  for (const [name, count] of folders) {
    if (!name.startsWith(root)) continue;
    dated += count.dated;
    undated += count.undated;
  }
  return { dated, undated };
}

/** The folders right below `root` that have files, and how many. */
export function foldersBelow({ folders }: FoundPosts, root: string): ReadonlyMap<string, Counted> {
  const below = new Map<string, { dated: number; undated: number }>();
  for (const [name, { dated, undated }] of folders) {
    const first = name.startsWith(root) ? /^[^/]+\//.exec(name.slice(root.length))?.[0] : undefined;
    if (first === undefined) continue;
    const count = below.get(root + first) ?? { dated: 0, undated: 0 };
    below.set(root + first, { dated: count.dated + dated, undated: count.undated + undated });
  }
  return below;
}
