/** Names of documents, and the folders in which kinds of channels publish: those of `site.yaml`, or ours. */
import type { Kind } from "../model.ts";
import type { Site } from "./types.ts";

export const DEFAULT_FILES: Site["files"] = { rss: "rss.xml", atom: "atom.xml", json: "feed.json", page: "index.html" };

/** Of the documents that list channels. Programs look for them, so that nobody may name them otherwise. */
export const LIST_FILES = { opml: "feeds.opml", list: "feeds.json", head: "autodiscovery.html" } as const;

/** Stands in a kind's folder for the slug of a channel; of a category, for those of its parents, too. */
export const SLUG = "{slug}";

export const defaultFolder = (kind: Kind): string => `${kind}/${SLUG}/`;

export const folderOf = (pattern: string, slug: string): string => pattern.replace(SLUG, () => slug);

const BY_DEFAULT: ReadonlyMap<string, keyof Site["files"]> = new Map(
  (Object.keys(DEFAULT_FILES) as (keyof Site["files"])[]).map((as) => [DEFAULT_FILES[as], as]),
);

/**
 * Where a document is whose path is written as it would be by default, `*` in it or not: `tags/tea/rss.xml`. Of an owner's own
 * path, what there is under the name that is written counts first.
 */
export function placeOf(written: string, { files, kinds }: Pick<Site, "files" | "kinds">, isOwners: boolean): string {
  const end = written.lastIndexOf("/") + 1;
  const [folder, name] = [written.slice(0, end), written.slice(end)];
  const as = isOwners && Object.values(files).includes(name) ? undefined : BY_DEFAULT.get(name);
  const kind = folder.slice(0, Math.max(folder.indexOf("/"), 0));
  const slug = folder.slice(kind.length + 1, -1);
  const pattern = Object.hasOwn(kinds, kind) ? kinds[kind]?.path : undefined;
  const isTaken = isOwners && Object.values(kinds).some(({ path }) => path.startsWith(`${kind}/`));
  return (pattern && slug && !isTaken ? folderOf(pattern, slug) : folder) + (as ? files[as] : name);
}

/** The kind that may have this folder, and the slug there. */
export function kindAt(
  folder: string,
  { kinds }: Pick<Site, "kinds">,
): readonly [kind: Kind, slug: string] | undefined {
  for (const [kind, { path }] of Object.entries(kinds)) {
    const [before = "", after = ""] = path.split(SLUG);
    const slug = folder.slice(before.length, Math.max(folder.length - after.length, 0));
    const isOne = slug !== "" && (kind === "categories" || !slug.includes("/"));
    if (isOne && before + slug + after === folder) return [kind, slug];
  }
  return undefined;
}

/** Whether a channel of a kind may have a document at this path. */
export function mayBeOfKind(path: string, { files, kinds }: Pick<Site, "files" | "kinds">): boolean {
  const end = path.lastIndexOf("/") + 1;
  return Object.values(files).includes(path.slice(end)) && kindAt(path.slice(0, end), { kinds }) !== undefined;
}
