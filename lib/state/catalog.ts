/** Catalog ⇄ bytes: a line that says what it is and proves that it is whole, a header, compressed segments. */
import { gunzipSync } from "node:zlib";
import { digestOf } from "../base/digest.ts";
import type { Catalog, GonePost, PostRecord, PublishedDocument } from "../model.ts";
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
import { decodeSegment, encodeList, type Listing } from "./segments.ts";

export const CATALOG_TYPE = "application/octet-stream";
export const JSON_TYPE = "application/json; charset=utf-8";

/** What is written. Older ones are read as well; newer ones are refused. */
const FORMAT = 2;

export class StateError extends Error {
  override readonly name = "StateError";
}

/** It is whole, and not for us to overwrite. */
export class NewerState extends StateError {}

export const CATALOGS = "catalogs/";
export const INTENTS = "intents/";

export const catalogKey = (name: string): string => `${CATALOGS}${name}.catalog`;
export const intentKey = (name: string): string => `${INTENTS}${name}.json`;
/** The run that wrote a catalog or an intent: what of its name is before the first dot. */
export const runOf = (key: string): string => key.slice(key.lastIndexOf("/") + 1).replace(/\..*$/s, "");

const RECORDS: Listing<PostRecord, RecordRow> = {
  ...{ rowOf: rowOfRecord, itemOf: recordOf },
  ...{ nameOf: ({ key }) => key, identityOf: (record) => record },
};
const GONE: Listing<GonePost, GoneRow> = {
  ...{ rowOf: rowOfGone, itemOf: goneOf },
  ...{ nameOf: ({ facts }) => facts.id, identityOf: (post) => post },
};
const DOCUMENTS: Listing<readonly [string, PublishedDocument], DocumentRow> = {
  ...{ rowOf: rowOfDocument, itemOf: documentOf },
  ...{ nameOf: ([path]) => path, identityOf: ([, document]) => document },
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
  return decode(key, () => (isFormat1(bytes) ? fromFormat1(key, bytes) : fromFormat2(key, bytes)));
}

/** Of the head or an intent, which has at least these `fields`. Throws `StateError` as `decodeCatalog` does. */
export function decodeJson<T extends object>(key: string, bytes: Uint8Array, fields: readonly (keyof T & string)[]): T {
  return decode(key, () => {
    const value = jsonOf(key, new TextDecoder().decode(bytes), 1) as T;
    for (const field of fields) if (typeof value[field] !== "object") throw new Error(`it has no ${field}`);
    return value;
  });
}

function fromFormat2(key: string, bytes: Uint8Array): Catalog {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const line = buffer.indexOf(LF);
  const [, format, digest] =
    /^dripfeed catalog (\d+) (\S+)$/.exec(buffer.toString("latin1", 0, Math.max(line, 0))) ?? [];
  assertFormat(key, Number(format), FORMAT);
  const body = buffer.subarray(line + 1);
  if (digestOf(body) !== digest) throw new Error("its digest is not that of its bytes");
  let at = body.indexOf(LF) + 1;
  const { segments, ...rest }: Header = JSON.parse(body.toString("utf8", 0, at));
  const list = <Item, Row extends readonly unknown[]>(lengths: readonly number[], listing: Listing<Item, Row>) =>
    lengths.flatMap((length) => {
      at += length;
      return decodeSegment(body.subarray(at - length, at), listing);
    });
  const records = list(segments.records, RECORDS);
  const gone = list(segments.gone, GONE);
  const documents = Object.fromEntries(list(segments.documents, DOCUMENTS));
  return { ...rest, records, gone, documents };
}

/** Compressed JSON, and former catalogs by the names of their runs. */
function fromFormat1(key: string, bytes: Uint8Array): Catalog {
  const { format: _, former, ...rest } = jsonOf(key, gunzipSync(bytes).toString("utf8"), 1) as Catalog & { format: 1 };
  return { ...rest, former: former.map((run) => `catalogs/${run}.json.gz`) };
}

const isFormat1 = ([a, b]: Uint8Array): boolean => a === 0x1f && b === 0x8b; // RFC 1952 §2.3.1

function jsonOf(key: string, text: string, newest: number): unknown {
  const value: unknown = JSON.parse(text);
  assertFormat(
    key,
    typeof value === "object" && value !== null && "format" in value ? value.format : undefined,
    newest,
  );
  return value;
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
