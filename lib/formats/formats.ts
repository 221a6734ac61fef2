/** The tables of what is published: file name, type, renderer. */
import type { Directory, FeedDocument, Format, PageDocument } from "../model.ts";
import { atomPieces } from "./atom.ts";
import { renderHead } from "./head.ts";
import { jsonPieces } from "./json.ts";
import { renderList } from "./list.ts";
import { renderOpml } from "./opml.ts";
import { renderPage } from "./page.ts";
import type { Piece } from "./pieces.ts";
import { rssPieces } from "./rss.ts";

export interface Rendering<Input, Output = string> {
  readonly file: string;
  /** Of the stored object. What a CDN would not compress goes under a type that it does; the edge names it in full. */
  readonly contentType: string;
  /** Moves when the same document comes to be written differently. */
  readonly version: number;
  readonly render: (input: Input) => Output;
}

const XML = "application/xml; charset=utf-8";
const JSON_TYPE = "application/json; charset=utf-8";
const HTML = "text/html; charset=utf-8";

/** One document of each for every channel. */
export const FORMATS: { readonly [format in Format]: Rendering<FeedDocument, readonly Piece[]> } = {
  rss: { file: "rss.xml", contentType: "application/rss+xml; charset=utf-8", version: 4, render: rssPieces },
  atom: { file: "atom.xml", contentType: XML, version: 4, render: atomPieces },
  json: { file: "feed.json", contentType: JSON_TYPE, version: 4, render: jsonPieces },
};

/** What a person sees of a channel. */
export const PAGE: Rendering<PageDocument> = { file: "index.html", contentType: HTML, version: 1, render: renderPage };

/** What tells of all channels. */
export const DISCOVERY: { readonly [form in "opml" | "list" | "head"]: Rendering<Directory> } = {
  opml: { file: "feeds.opml", contentType: XML, version: 1, render: renderOpml },
  list: { file: "feeds.json", contentType: JSON_TYPE, version: 1, render: renderList },
  head: { file: "autodiscovery.html", contentType: HTML, version: 1, render: renderHead },
};
