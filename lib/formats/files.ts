/** What documents are called and what type they have: known to all who name a document, without what renders it. */
import type { Format } from "../model.ts";

export interface DocumentFile {
  readonly file: string;
  /** Of the stored object. What a CDN would not compress goes under a type that it does; the edge names it in full. */
  readonly contentType: string;
  /** Moves when the same document comes to be written differently. */
  readonly version: number;
}

const XML = "application/xml; charset=utf-8";
const JSON_TYPE = "application/json; charset=utf-8";
const HTML = "text/html; charset=utf-8";

/** One document of each for every channel. */
export const FORMATS: { readonly [format in Format]: DocumentFile } = {
  rss: { file: "rss.xml", contentType: "application/rss+xml; charset=utf-8", version: 4 },
  atom: { file: "atom.xml", contentType: XML, version: 4 },
  json: { file: "feed.json", contentType: JSON_TYPE, version: 4 },
};

/** What a person sees of a channel. */
export const PAGE: DocumentFile = { file: "index.html", contentType: HTML, version: 1 };

/** What lists all channels. */
export const DISCOVERY: { readonly [form in "opml" | "list" | "head"]: DocumentFile } = {
  opml: { file: "feeds.opml", contentType: XML, version: 1 },
  list: { file: "feeds.json", contentType: JSON_TYPE, version: 1 },
  head: { file: "autodiscovery.html", contentType: HTML, version: 1 },
};
