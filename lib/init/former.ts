/** The feeds that a site has had so far → the keys of `site.yaml` by which their subscribers need not move. */
import type { Format } from "../model.ts";
import { DEFAULT_FILES, SLUG } from "../site/names.ts";
import type { EarlierFeed } from "./types.ts";

export interface Mapping {
  /** Names of the documents of every channel, where they are not ours. */
  readonly files: { readonly [format in Format]?: string };
  /** Folders of the channels of a kind, where they are not ours. */
  readonly kinds: ReadonlyMap<string, string>;
  /** Former addresses of documents, and the path of each document. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Paths of ours at which the generator's own feeds lie. */
  readonly replace: readonly string[];
}

/** Those of the site, and of its languages. */
export const mainFeeds = (feeds: readonly EarlierFeed[]): readonly EarlierFeed[] =>
  feeds.filter(({ kind }) => kind === undefined);

const FORMATS: readonly Format[] = ["rss", "atom", "json"];

/** A name that a document may have in every channel. */
const NAME = /^[\w-][\w.-]{0,99}\.(?:xml|json|rss|atom)$/;
const PATH = /^(?:[\w.*~-]{1,100}\/){0,9}[\w.~-]{1,100}\/?$/;

export function mapEarlierFeeds(feeds: readonly EarlierFeed[]): Mapping {
  const files: { [format in Format]?: string } = {};
  const nameOf = (format: Format): string => files[format] ?? DEFAULT_FILES[format];
  const names = (): readonly string[] => FORMATS.map(nameOf);
  for (const { format, path, kind, channel } of feeds) {
    if (kind !== undefined || channel !== undefined || files[format] !== undefined || !NAME.test(path)) continue;
    if (path === DEFAULT_FILES[format]) files[format] = path;
    else if (!names().includes(path)) files[format] = path;
  }

  const kinds = new Map<string, string>();
  const aliases = new Map<string, string>();
  const replace = new Set<string>();
  for (const { format, path, kind, folder = "", channel = "" } of feeds) {
    const isKind = kind !== undefined;
    if (isKind && folder !== `${kind}/${SLUG}/`) kinds.set(kind, folder);
    const here = isKind ? `${folder.replace(SLUG, "*")}${path}` : path;
    const ours = `${isKind ? folder.replace(SLUG, "*") : channel}${nameOf(format)}`;
    if (!PATH.test(here)) continue;
    const isOurs = names().some((name) => here === ours.slice(0, ours.lastIndexOf("/") + 1) + name);
    if (!isOurs) aliases.set(here, ours);
    replace.add(here);
  }
  const named = Object.entries(files).filter(([format, name]) => DEFAULT_FILES[format as Format] !== name);
  return { files: Object.fromEntries(named), kinds, aliases, replace: [...replace] };
}
