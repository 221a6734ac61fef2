/** The site as the edge knows it, and the folders of the public store in which channels publish. Written for the CDN's runtime. */
import type { Format } from "../model.ts";
import { type EdgeAlias, encodePath } from "./address.ts";

/** A folder of the public store in which a channel publishes. */
export interface EdgeFolder {
  /** Empty, or ends with a slash. */
  readonly path: string;
  /** Stands for every folder below this one, and not for itself. */
  readonly below: boolean;
  readonly formats: readonly Format[];
  readonly hasPage: boolean;
}

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
  readonly folders: readonly EdgeFolder[];
  readonly aliases: readonly EdgeAlias[];
}

export interface FeedFile {
  readonly format: Format;
  readonly file: string;
  readonly type: string;
  /** A type that browsers display rather than download. */
  readonly shown: string;
}

export const FEEDS: readonly FeedFile[] = [
  { format: "rss", file: "rss.xml", type: "application/rss+xml", shown: "application/xml" },
  { format: "atom", file: "atom.xml", type: "application/atom+xml", shown: "application/xml" },
  { format: "json", file: "feed.json", type: "application/feed+json", shown: "application/json" },
];

export const PAGE = "index.html";

/** The types of the other files in the site's folder. */
export const DISCOVERY: { readonly [file: string]: string | undefined } = {
  "feeds.opml": "text/x-opml",
  "feeds.json": "application/json",
  "autodiscovery.html": "text/html",
};

/** Slugs have no dot, so `tags/x/index.xml` is a file and not a folder without its slash. */
export function folderAt(path: string, edge: Edge): EdgeFolder | undefined {
  const isAt = (folder: EdgeFolder) => !folder.below && folder.path === path;
  const isBelow = (folder: EdgeFolder) => {
    const rest = path.slice(folder.path.length);
    return (
      folder.below &&
      path.slice(0, folder.path.length) === folder.path &&
      rest !== "" &&
      rest.indexOf(".") < 0 &&
      !/^\/|\/\//.test(rest)
    );
  };
  return edge.folders.filter(isAt)[0] || edge.folders.filter(isBelow)[0];
}

export const feedIn = (folder: EdgeFolder, file: string): FeedFile | undefined =>
  FEEDS.filter((feed) => feed.file === file && folder.formats.indexOf(feed.format) >= 0)[0];

export function splitKey(key: string): { readonly folder: string; readonly file: string } {
  const end = key.lastIndexOf("/") + 1;
  return { folder: key.slice(0, end), file: key.slice(end) };
}

export const urlOf = (key: string, edge: Edge): string => edge.feeds + encodePath(key);

/** Where a person who is lost can begin: the page of the site, else its first feed. */
export function entranceOf(edge: Edge): string {
  const folder = folderAt("", edge);
  const feed = FEEDS.filter((each) => folder && feedIn(folder, each.file))[0];
  return folder?.hasPage || !feed ? edge.feeds : urlOf(feed.file, edge);
}
