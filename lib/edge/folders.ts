/** The site as the edge knows it, and the folders of the public store in which channels publish. Written for the CDN's runtime. */
import { encodePath, starIn } from "./address.ts";
import { eachRow, lookUp, type Table } from "./tables.ts";

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
  /** The names of RSS, Atom and JSON documents, and of pages. */
  readonly files: readonly string[];
  /**
   * Folders in which channels publish, each with a slash at its end, by what is in them: a letter for each format, and `p` for
   * the page. Without that slash, `tags/*` stands for every folder in `tags/`; with the letter `d`, for every one below.
   */
  readonly folders: Table;
  /** Former paths, without a slash at either end (see `aliases.ts`). */
  readonly aliases: Table;
  /** Those with `*` or a query, in the order in which they count. */
  readonly patterns: Table;
  /** Former folders of channels by those of now, without a slash at the end; `drinks/*` stands for a category and all below it. */
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
  readonly type: string;
  /** A type that browsers display rather than download. */
  readonly shown: string;
}

const XML = "application/xml";
const JSON_TYPE = "application/json";
const HTML = "text/html";

/** In the order of `files`. */
export const FEEDS: readonly EdgeFile[] = [
  { type: "application/rss+xml", shown: XML },
  { type: "application/atom+xml", shown: XML },
  { type: "application/feed+json", shown: JSON_TYPE },
];

export const PAGE: EdgeFile = { type: HTML, shown: HTML };

/** With the lists in the site's folder, which have the same names everywhere. */
export const FILES: readonly EdgeFile[] = FEEDS.concat([
  PAGE,
  { type: "text/x-opml", shown: XML },
  { type: JSON_TYPE, shown: JSON_TYPE },
  { type: HTML, shown: HTML },
]);

const LISTS = ["feeds.opml", "feeds.json", "autodiscovery.html"];

/** In `folders`, for each of these files. */
const LETTERS = "rajpsss";

/** The letter of folders of which others may lie below. */
export const DEEP = "d";

const namesIn = (edge: Edge): readonly string[] => edge.files.concat(LISTS);

export const nameOf = (file: EdgeFile, edge: Edge): string => namesIn(edge)[FILES.indexOf(file)] || "";

export const letterOf = (file: EdgeFile): string => LETTERS.charAt(FILES.indexOf(file));

/** Slugs have no dot, so `tags/x/index.xml` is a file and not a folder without its slash. */
export function folderAt(path: string, edge: Edge): EdgeFolder | undefined {
  const named = lookUp(edge.folders, path);
  if (named !== undefined) return { holds: named, isBelow: false };
  let holds = "";
  if (!/\.|^\/|\/\//.test(path)) {
    // Where one folder may be of two kinds, what is in either may be there.
    eachRow(edge.folders, (pattern, letters) => {
      const slug = starIn(pattern, path.slice(0, -1));
      if (slug !== undefined && (slug.indexOf("/") < 0 || letters.indexOf(DEEP) >= 0)) holds += letters;
      return undefined;
    });
  }
  return holds ? { holds, isBelow: true } : undefined;
}

export const hasPage = (folder: EdgeFolder | undefined): boolean =>
  folder !== undefined && folder.holds.indexOf("p") >= 0;

/** What the folder holds under this name, if channels publish it. */
export function fileIn(folder: EdgeFolder | undefined, name: string, edge: Edge): EdgeFile | undefined {
  const i = namesIn(edge).indexOf(name);
  return folder && folder.holds.indexOf(LETTERS.charAt(i)) >= 0 ? FILES[i] : undefined;
}

export function splitKey(key: string): { readonly folder: string; readonly file: string } {
  const end = key.lastIndexOf("/") + 1;
  return { folder: key.slice(0, end), file: key.slice(end) };
}

/** Can a document of a channel, or a list of channels, be at this key? */
export function isOwnKey(key: string, edge: Edge): boolean {
  const at = splitKey(key);
  return fileIn(folderAt(at.folder, edge), at.file, edge) !== undefined;
}

export const urlOf = (key: string, edge: Edge): string => edge.feeds + encodePath(key);

/** Where a person who is lost can begin: the page of the site, else its first feed. */
export function entranceOf(edge: Edge): string {
  const folder = folderAt("", edge);
  const feed = FEEDS.filter((each) => fileIn(folder, nameOf(each, edge), edge))[0];
  return hasPage(folder) || !feed ? edge.feeds : urlOf(nameOf(feed, edge), edge);
}
