/** Catalog ⇄ bytes: a line with its format and digest, a header in JSON, and compressed segments of rows. */
import { digestOf } from "../base/digest.ts";
import type { GonePost, PostRecord } from "../model.ts";
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
import { decodeSegment, encodeList, type ListCodec } from "./segments.ts";
import type { Catalog, PublishedDocument } from "./types.ts";

export const CATALOG_TYPE = "application/octet-stream";
export const JSON_TYPE = "application/json; charset=utf-8";

/** Of the catalog. A newer one is refused. */
const FORMAT = 1;

export class StateError extends Error {
  override readonly name = "StateError";
}

/** A newer Dripfeed wrote the state: it is not damaged, and must not be overwritten. */
export class NewerState extends StateError {}

export const CATALOGS = "catalogs/";
export const INTENTS = "intents/";

export const catalogKey = (name: string): string => `${CATALOGS}${name}.catalog`;
export const intentKey = (name: string): string => `${INTENTS}${name}.json`;
/** The run that wrote a catalog or an intent: its name is that of the object up to the first dot. */
export const runOf = (key: string): string => key.slice(key.lastIndexOf("/") + 1).replace(/\..*$/s, "");

const RECORDS: ListCodec<PostRecord, RecordRow> = {
  rowOf: rowOfRecord,
  itemOf: recordOf,
  nameOf: ({ key }) => key,
  identityOf: (record) => record,
};
const GONE: ListCodec<GonePost, GoneRow> = {
  rowOf: rowOfGone,
  itemOf: goneOf,
  nameOf: ({ facts }) => facts.id,
  identityOf: (post) => post,
};
const DOCUMENTS: ListCodec<readonly [string, PublishedDocument], DocumentRow> = {
  rowOf: rowOfDocument,
  itemOf: documentOf,
  nameOf: ([path]) => path,
  identityOf: ([, document]) => document,
};

type Header = Omit<Catalog, "records" | "gone" | "documents"> & {
  /** Bytes of each segment, in this order. */
  readonly segments: {
    readonly records: readonly number[];
    readonly gone: readonly number[];
    readonly documents: readonly number[];
  };
};

const LF = 0x0a;
const encoder = new TextEncoder();

export function encodeCatalog({ records, gone, documents, ...rest }: Catalog): Uint8Array {
  const parts = {
    records: encodeList(records, RECORDS),
    gone: encodeList(gone, GONE),
    documents: encodeList(Object.entries(documents), DOCUMENTS),
  };
  const header: Header = {
    ...rest,
    segments: { records: lengths(parts.records), gone: lengths(parts.gone), documents: lengths(parts.documents) },
  };
  const title = encoder.encode(`${JSON.stringify(header)}\n`);
  const body = Buffer.concat([title, ...parts.records, ...parts.gone, ...parts.documents]);
  return Buffer.concat([encoder.encode(`dripfeed catalog ${FORMAT} ${digestOf(body)}\n`), body]);
}

/** Throws `StateError` on a catalog that is damaged or of a newer Dripfeed. */
export function decodeCatalog(key: string, bytes: Uint8Array): Catalog {
  return decode(key, () => parseCatalog(key, bytes));
}

/** The head or an intent, which has at least these `fields`. Throws `StateError` as `decodeCatalog` does. */
export function decodeJson<T extends object>(key: string, bytes: Uint8Array, fields: readonly (keyof T & string)[]): T {
  return decode(key, () => {
    const value: T & { readonly format?: unknown } = JSON.parse(new TextDecoder().decode(bytes));
    assertFormat(key, value?.format, 1);
    for (const field of fields) if (typeof value[field] !== "object") throw new Error(`it has no ${field}`);
    return value;
  });
}

function parseCatalog(key: string, bytes: Uint8Array): Catalog {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const line = buffer.indexOf(LF);
  const [, format, digest] =
    /^dripfeed catalog (\d+) (\S+)$/.exec(buffer.toString("latin1", 0, Math.max(line, 0))) ?? [];
  assertFormat(key, Number(format), FORMAT);
  const body = buffer.subarray(line + 1);
  if (digestOf(body) !== digest) throw new Error("its digest is not that of its bytes");
  let at = body.indexOf(LF) + 1;
  const { segments, ...rest }: Header = JSON.parse(body.toString("utf8", 0, at));
  const list = <Item, Row extends readonly unknown[]>(lengths: readonly number[], codec: ListCodec<Item, Row>) =>
    lengths.flatMap((length) => {
      at += length;
      return decodeSegment(body.subarray(at - length, at), codec);
    });
  const records = list(segments.records, RECORDS);
  const gone = list(segments.gone, GONE);
  const documents = Object.fromEntries(list(segments.documents, DOCUMENTS));
  return { ...rest, records, gone, documents };
}

/** Throws unless `format` is a number up to `newest`. */
function assertFormat(key: string, format: unknown, newest: number): void {
  if (typeof format !== "number" || !(format >= 1)) throw new Error("it names no format");
  if (format > newest) throw new NewerState(`${key} was written by a newer Dripfeed (format ${format}); use that one`);
}

function decode<T>(key: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof StateError) throw error;
    throw new StateError(`${key} is damaged: ${(error as Error).message}; bring back a copy of the state store`);
  }
}

const lengths = (parts: readonly Uint8Array[]): readonly number[] => parts.map(({ length }) => length);
