/** Catalog ⇄ bytes: compressed JSON with a version, checked before it is believed. */
import { gunzipSync, gzipSync } from "node:zlib";
import type { Catalog } from "../model.ts";

export const CATALOG_TYPE = "application/gzip";
export const JSON_TYPE = "application/json; charset=utf-8";

export class StateError extends Error {
  override readonly name = "StateError";
}

export const catalogKey = (pass: string): string => `catalogs/${pass}.json.gz`;
export const intentKey = (pass: string): string => `intents/${pass}.json`;

export function encodeCatalog(catalog: Catalog): Uint8Array {
  return gzipSync(JSON.stringify(catalog), { level: 1 });
}

/** Throws `StateError` on a catalog that is damaged or of a newer Dripfeed. */
export function decodeCatalog(key: string, bytes: Uint8Array): Catalog {
  return decode(key, () => gunzipSync(bytes).toString("utf8")) as Catalog;
}

/** Of the head or an intent. Throws `StateError` as `decodeCatalog` does. */
export function decodeJson(key: string, bytes: Uint8Array): unknown {
  return decode(key, () => new TextDecoder().decode(bytes));
}

function decode(key: string, textOf: () => string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(textOf());
  } catch (error) {
    throw new StateError(`${key} is damaged: ${(error as Error).message}; bring back a copy of the state store`);
  }
  assertFormat(key, value);
  return value;
}

/** Throws `StateError` unless `value` says `format: 1`. */
function assertFormat(key: string, value: unknown): void {
  const format = typeof value === "object" && value !== null && "format" in value ? value.format : undefined;
  if (typeof format === "number" && format > 1) {
    throw new StateError(`${key} was written by a newer Dripfeed (format ${format}); use that one`);
  }
  if (format !== 1) throw new StateError(`${key} is damaged: it names no format; bring back a copy of the state store`);
}
