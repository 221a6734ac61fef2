/** Names and media types of documents, apart from their renderers, so that naming a document loads none of them. */
import type { Format } from "../model.ts";
import { DEFAULT_FILES, LIST_FILES } from "../site/names.ts";
import type { Site } from "../site/types.ts";

export interface DocumentType {
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
export const FORMATS: { readonly [format in Format]: DocumentType } = {
  rss: { contentType: "application/rss+xml; charset=utf-8", version: 5 },
  atom: { contentType: XML, version: 5 },
  json: { contentType: JSON_TYPE, version: 5 },
};

/** The page of a channel, for people. */
export const PAGE: DocumentType = { contentType: HTML, version: 4 };

/** Documents of the whole site that list its channels. */
export const DISCOVERY: { readonly [form in "opml" | "list" | "head"]: DocumentType & { readonly file: string } } = {
  opml: { file: LIST_FILES.opml, contentType: XML, version: 2 },
  list: { file: LIST_FILES.list, contentType: JSON_TYPE, version: 1 },
  head: { file: LIST_FILES.head, contentType: HTML, version: 2 },
};

/** The name of a document in the folder of its channel. */
export const fileOf = (as: Format | "page", { files }: Pick<Site, "files">): string => files[as];

/** Every name that feeds may have, with the format: those of the site last, which count where another has the default. */
export const feedNames = ({ files }: Pick<Site, "files">): ReadonlyMap<string, Format> =>
  new Map(
    [DEFAULT_FILES, files].flatMap((names) =>
      (Object.keys(FORMATS) as Format[]).map((format) => [names[format], format] as const),
    ),
  );
