/** Catalog ⇄ bytes: a line with its digest, a header in JSON, and compressed segments of rows. */
import { cutSegments, joinedParts, keepSegments, segmentsOf } from "../base/segments.ts";
import type { Etag, GonePost, PostRecord } from "../model.ts";
import { readObject, type Store } from "../stores/store.ts";
import { decodeSegment, encodeSegments, type ListCodec } from "./compressed.ts";
import { joinedDocuments, segmentsOfDocuments } from "./documents.ts";
import { isGone } from "./objects.ts";
import {
  type DocumentRow,
  documentOf,
  type GoneRow,
  goneOf,
  type RecordRow,
  recordOf,
  rowOfDocument,
  rowOfGone,
  rowOfRecord,
} from "./rows.ts";
import { assertFormat, decode, openBytes, sealBytes } from "./sealed.ts";
import type { Catalog, Head, PublishedDocument } from "./types.ts";

const CATALOG_TYPE = "application/octet-stream";
/** Of the catalog. A newer one is refused. */
const FORMAT = 1;

const RECORDS: ListCodec<PostRecord, RecordRow> = {
  rowOf: rowOfRecord,
  itemOf: recordOf,
  identityOf: (record) => record,
};
const GONE: ListCodec<GonePost, GoneRow> = {
  rowOf: rowOfGone,
  itemOf: goneOf,
  identityOf: (post) => post,
};
const DOCUMENTS: ListCodec<readonly [string, PublishedDocument], DocumentRow> = {
  rowOf: rowOfDocument,
  itemOf: documentOf,
  identityOf: ([, document]) => document,
};

type Header = Omit<Catalog, "records" | "gone" | "documents"> & {
  readonly format: number;
  /** Bytes of each segment, in this order. */
  readonly segments: {
    readonly records: readonly number[];
    readonly gone: readonly number[];
    readonly documents: readonly number[];
  };
};

const LF = 0x0a;
const encoder = new TextEncoder();

/** The bytes of the catalog under `key`, and under no other. */
export function encodeCatalog(key: string, { records, gone, documents, ...rest }: Catalog): Uint8Array {
  const parts = {
    records: encodeSegments(segmentsOf(records), RECORDS),
    gone: encodeSegments(
      cutSegments(gone, ({ facts }) => facts.id),
      GONE,
    ),
    documents: encodeSegments(segmentsOfDocuments(documents), DOCUMENTS),
  };
  const header: Header = {
    format: FORMAT,
    ...rest,
    segments: { records: lengths(parts.records), gone: lengths(parts.gone), documents: lengths(parts.documents) },
  };
  const title = encoder.encode(`${JSON.stringify(header)}\n`);
  return sealBytes(key, title, ...parts.records, ...parts.gone, ...parts.documents);
}

/** Throws `StateError` on a catalog that is damaged or of a newer Dripfeed. */
export function decodeCatalog(key: string, bytes: Uint8Array): Catalog {
  return decode(key, () => parseCatalog(key, bytes));
}

function parseCatalog(key: string, bytes: Uint8Array): Catalog {
  const { header, body } = openCatalog(key, bytes);
  const { format: _, segments, ...rest } = header;
  const parts = decodeSegments(body, 0, segments.records, RECORDS);
  const records = joinedParts(parts);
  keepSegments(records, parts);
  const gone = decodeSegments(body, sizeOf(segments.records), segments.gone, GONE).flat();
  return { ...rest, records, gone, documents: documentsIn(header, body) };
}

function documentsIn({ segments: { records, gone, documents } }: Header, body: Uint8Array): Catalog["documents"] {
  return joinedDocuments(decodeSegments(body, sizeOf([...records, ...gone]), documents, DOCUMENTS));
}

function decodeSegments<Item, Row extends readonly unknown[]>(
  body: Uint8Array,
  start: number,
  lengths: readonly number[],
  codec: ListCodec<Item, Row>,
): readonly (readonly Item[])[] {
  let at = start;
  return lengths.map((length) => {
    at += length;
    return decodeSegment(body.subarray(at - length, at), codec);
  });
}

const sizeOf = (lengths: readonly number[]): number => lengths.reduce((sum, length) => sum + length, 0);

function openCatalog(key: string, bytes: Uint8Array): { readonly header: Header; readonly body: Uint8Array } {
  const opened = openBytes(key, bytes);
  const start = opened.indexOf(LF) + 1;
  const header: Header = JSON.parse(new TextDecoder().decode(opened.subarray(0, start)));
  assertFormat(key, header.format, FORMAT);
  return { header, body: opened.subarray(start) };
}

/** A catalog without its records. */
export interface CatalogTop extends Pick<Catalog, "run" | "late" | "adopted" | "rest"> {
  /** They are decoded when they are asked for. */
  documents(): Catalog["documents"];
}

/** Nothing where there is no such object. Throws `StateError` on one that is damaged or of a newer Dripfeed. */
export async function readCatalogTop(state: Store, key: string): Promise<CatalogTop | undefined> {
  const object = await readObject(state, key);
  if (!object) return undefined;
  const { header, body } = decode(key, () => openCatalog(key, object.body));
  return { ...header, documents: () => decode(key, () => documentsIn(header, body)) };
}

const lengths = (parts: readonly Uint8Array[]): readonly number[] => parts.map(({ length }) => length);

/** The catalog that was read last: a catalog never changes, so a process that stays need not read it again. */
let latest:
  | { readonly store: string; readonly key: string; readonly etag: Etag; readonly catalog: Catalog }
  | undefined;

/** The catalog that a head names; nothing before the first commit. */
export async function readCatalog(state: Store, { catalog: key }: Head): Promise<Catalog | undefined> {
  if (key === undefined) return undefined;
  const known = latest?.store === state.name && latest.key === key ? latest : undefined;
  const object = await state.get(key, known?.etag);
  if (object === "unchanged" && known) return known.catalog;
  if (typeof object !== "object") throw isGone(key);
  latest = undefined; // so that two of them are never held at once
  const catalog = decodeCatalog(key, object.body);
  latest = { store: state.name, key, etag: object.etag, catalog };
  return catalog;
}

/** Writes the catalog, under `key`, that a head will name. */
export async function putCatalog(state: Store, key: string, catalog: Catalog): Promise<void> {
  const etag = await state.put(key, encodeCatalog(key, catalog), { contentType: CATALOG_TYPE, durable: true });
  latest = { store: state.name, key, etag, catalog };
}
