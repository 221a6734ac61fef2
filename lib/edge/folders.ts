/** The site as the edge knows it, and the folders of the public store in which channels publish. Written for the CDN's runtime. */
import { encodePath } from "./address.ts";
import { lookUp, type Table } from "./tables.ts";

/** What the edge knows of the site: plain data, made by `edgeOf`. */
export interface Edge {
  /** The URL at which the public store is served. */
  readonly feeds: string;
  /** Its path, decoded, from the first slash to the last. */
  readonly base: string;
  /** The path of the site itself, below which its former feeds were. */
  readonly home: string;
  readonly hubs: readonly string[];
  readonly cacheControl: string;
  /**
   * Folders in which channels publish, each with a slash at its end, by what is in them: a letter for each format, and `p` for
   * the page. `tags/*` stands for every folder below `tags/`.
   */
  readonly folders: Table;
  /** Former paths, without a slash at either end (see `aliases.ts`). */
  readonly aliases: Table;
  /** Those with `*` or a query, in the order in which they count. */
  readonly patterns: Table;
  /** Former folders of channels by those of now, without a slash at the end. */
  readonly renamed: Table;
  /** The public store has copies of documents under former paths (see `copyable.ts`). */
  readonly hasCopies: boolean;
}

/** A folder of the public store in which a channel publishes. */
export interface EdgeFolder {
  /** The letters of its row. */
  readonly holds: string;
  /** It is below the folder of a kind, and may have any name. */
  readonly isBelow: boolean;
}

/** A file in such a folder. */
export interface EdgeFile {
  readonly file: string;
  readonly type: string;
  /** A type that browsers display rather than download. */
  readonly shown: string;
  /** The letter for it in `folders`. */
  readonly letter: string;
}

const XML = "application/xml";
const JSON_TYPE = "application/json";
const HTML = "text/html";

export const FEEDS: readonly EdgeFile[] = [
  { file: "rss.xml", type: "application/rss+xml", shown: XML, letter: "r" },
  { file: "atom.xml", type: "application/atom+xml", shown: XML, letter: "a" },
  { file: "feed.json", type: "application/feed+json", shown: JSON_TYPE, letter: "j" },
];

export const PAGE = "index.html";

/** With the lists in the site's folder. */
const FILES: readonly EdgeFile[] = FEEDS.concat([
  { file: PAGE, type: HTML, shown: HTML, letter: "p" },
  { file: "feeds.opml", type: "text/x-opml", shown: XML, letter: "s" },
  { file: "feeds.json", type: JSON_TYPE, shown: JSON_TYPE, letter: "s" },
  { file: "autodiscovery.html", type: HTML, shown: HTML, letter: "s" },
]);

/** Slugs have no dot, so `tags/x/index.xml` is a file and not a folder without its slash. */
export function folderAt(path: string, edge: Edge): EdgeFolder | undefined {
  const named = lookUp(edge.folders, path);
  if (named !== undefined) return { holds: named, isBelow: false };
  const kind = path.indexOf("/") + 1;
  const holds =
    /^[^/.]+\/[^./][^.]*$/.test(path) && !/\/\//.test(path) && lookUp(edge.folders, `${path.slice(0, kind)}*`);
  return holds ? { holds, isBelow: true } : undefined;
}

export const hasPage = (folder: EdgeFolder | undefined): boolean =>
  folder !== undefined && folder.holds.indexOf("p") >= 0;

/** What the folder holds under this name, if channels publish it. */
export const fileIn = (folder: EdgeFolder | undefined, name: string): EdgeFile | undefined =>
  folder && FILES.filter((each) => each.file === name && folder.holds.indexOf(each.letter) >= 0)[0];

export function splitKey(key: string): { readonly folder: string; readonly file: string } {
  const end = key.lastIndexOf("/") + 1;
  return { folder: key.slice(0, end), file: key.slice(end) };
}

/** Can a document of a channel, or a list of channels, be at this key? */
export function isOwnKey(key: string, edge: Edge): boolean {
  const at = splitKey(key);
  return fileIn(folderAt(at.folder, edge), at.file) !== undefined;
}

export const urlOf = (key: string, edge: Edge): string => edge.feeds + encodePath(key);

/** Where a person who is lost can begin: the page of the site, else its first feed. */
export function entranceOf(edge: Edge): string {
  const folder = folderAt("", edge);
  const feed = FEEDS.filter((each) => fileIn(folder, each.file))[0];
  return hasPage(folder) || !feed ? edge.feeds : urlOf(feed.file, edge);
}
