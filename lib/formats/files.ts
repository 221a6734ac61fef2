/** Names and media types of documents, apart from their renderers, so that naming a document loads none of them. */
import type { Format } from "../model.ts";

export interface DocumentFile {
  readonly file: string;
  /** Of the stored object: a type that CloudFront compresses; the edge function replaces it by the exact one. */
  readonly contentType: string;
  /**
   * Raised when a renderer writes the same input differently: part of the fingerprint, so that documents are written
   * anew.
   */
  readonly version: number;
}

const XML = "application/xml; charset=utf-8";
const JSON_TYPE = "application/json; charset=utf-8";
const HTML = "text/html; charset=utf-8";

/** The feeds of every channel. */
export const FORMATS: { readonly [format in Format]: DocumentFile } = {
  rss: { file: "rss.xml", contentType: "application/rss+xml; charset=utf-8", version: 5 },
  atom: { file: "atom.xml", contentType: XML, version: 5 },
  json: { file: "feed.json", contentType: JSON_TYPE, version: 5 },
};

/** The page of a channel, for people. */
export const PAGE: DocumentFile = { file: "index.html", contentType: HTML, version: 2 };

/** Documents of the whole site that list its channels. */
export const DISCOVERY: { readonly [form in "opml" | "list" | "head"]: DocumentFile } = {
  opml: { file: "feeds.opml", contentType: XML, version: 2 },
  list: { file: "feeds.json", contentType: JSON_TYPE, version: 1 },
  head: { file: "autodiscovery.html", contentType: HTML, version: 2 },
};
