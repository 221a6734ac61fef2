/** The table of formats: file name, type, renderer. */
import type { FeedDocument, Format } from "../model.ts";
import { renderAtom } from "./atom.ts";
import { renderJson } from "./json.ts";
import { renderRss } from "./rss.ts";

export interface FormatEntry {
  readonly file: string;
  /** Of the stored object. Atom and JSON go under types that a CDN compresses; the edge names them in full. */
  readonly contentType: string;
  /** Moves when the same document comes to be written differently. */
  readonly version: number;
  readonly render: (document: FeedDocument) => string;
}

export const FORMATS: { readonly [format in Format]: FormatEntry } = {
  rss: { file: "rss.xml", contentType: "application/rss+xml; charset=utf-8", version: 2, render: renderRss },
  atom: { file: "atom.xml", contentType: "application/xml; charset=utf-8", version: 2, render: renderAtom },
  json: { file: "feed.json", contentType: "application/json; charset=utf-8", version: 2, render: renderJson },
};

export const FORMAT_NAMES = Object.keys(FORMATS) as readonly Format[];
