/** The port: a bucket of objects with ETags. Every adapter passes the contract suite in `test/stores/`. */
import type { Etag, Instant } from "../model.ts";

export interface ObjectInfo {
  readonly key: string;
  readonly etag: Etag;
  /** Bytes. */
  readonly size: number;
}

export interface StoredObject {
  readonly body: Uint8Array;
  readonly etag: Etag;
  /** When it was last written. The memory store does not record it. */
  readonly modified?: Instant;
  /** The folder store keeps neither of these two. */
  readonly contentType?: string;
  readonly cacheControl?: string;
}

/** A file that is open, to be read in parts: what is read is what it held when it was opened, or an error. */
export interface OpenFile {
  /** Bytes. */
  readonly size: number;
  readonly etag: Etag;
  readonly modified: Instant;
  /** The bytes from `start` to `end`, both included. Throws `StoreError` once the file is another one. */
  read(start: number, end: number): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/** Opens the file at a key; `undefined` when there is none, or when it is not within that folder. */
export type OpenWithin = (key: string, within: string) => Promise<OpenFile | undefined>;

export interface PutOptions {
  readonly contentType: string;
  readonly cacheControl?: string;
  /** Put only over an object with this ETag. */
  readonly ifMatch?: Etag;
  /** Put only where there is no object. */
  readonly ifAbsent?: boolean;
  /**
   * What is put survives a loss of power as soon as the put returns. A folder flushes file and folder for it, which takes time;
   * other stores keep everything that they confirm.
   */
  readonly durable?: boolean;
}

export interface DeleteOptions {
  /** Delete only an object with this ETag. */
  readonly ifMatch?: Etag;
  /** The object does not come back after a loss of power, as soon as the delete returns. */
  readonly durable?: boolean;
}

export interface Store {
  /** For messages: a path or `s3://bucket/prefix`. */
  readonly name: string;
  /** Every object whose key starts with `prefix`, in UTF-8 key order; throws rather than end early. */
  list(prefix: string): AsyncIterable<ObjectInfo>;
  /**
   * `"unchanged"` when the object still has the ETag `known`; `undefined` when there is none. Of a body that is longer than
   * `maxBytes`, the beginning: an object may be larger than memory.
   */
  get(key: string, known?: Etag, maxBytes?: number): Promise<StoredObject | "unchanged" | undefined>;
  /**
   * As many bytes from `start` as there are, at most `length`, which is 1 at least; `undefined` when there is no object. Of an
   * object that never changes: two parts may be of two objects.
   */
  getPart(key: string, start: number, length: number): Promise<Uint8Array | undefined>;
  /**
   * Throws `StoreConflict` when a condition failed, `StoreUnknown` when the outcome of a conditional put is unknown, and
   * `StoreNotDurable` when a durable put took place but may not last.
   */
  put(key: string, body: Uint8Array, options: PutOptions): Promise<Etag>;
  /**
   * Deleting a missing key succeeds, whatever the condition: nothing is lost, and a request that is sent again after a lost reply
   * ends as the first one did. Throws `StoreConflict`, and leaves the object, where it is another one than the condition says.
   */
  delete(key: string, options?: DeleteOptions): Promise<void>;
  /**
   * Of a store on a server that may not honour the conditions of puts: finds out whether it does, by an object that is removed
   * again. To be called before the first write that rests on them. Throws `StoreError` where it does not.
   */
  probe?(): Promise<void>;
}

export type StoreOperation = "list" | "get" | "put" | "delete";

/** An operation failed and, but for the kinds below, changed nothing; or the store cannot be reached. Users see the message. */
export class StoreError extends Error {
  override readonly name: string = "StoreError";
  readonly operation: StoreOperation;
  readonly key: string;

  constructor(store: string, operation: StoreOperation, key: string, why: string, cause?: unknown) {
    super(`${store}: ${[operation, ...(key === "" ? [] : [JSON.stringify(key)])].join(" ")}: ${why}`, { cause });
    this.operation = operation;
    this.key = key;
  }
}

/** The condition of a put or a delete failed: another writer came first. */
export class StoreConflict extends StoreError {
  override readonly name = "StoreConflict";
}

/** The reply to a conditional put was lost: it may have succeeded. Read the object before deciding. */
export class StoreUnknown extends StoreError {
  override readonly name = "StoreUnknown";
}

/** A durable put took place, but flushing it failed: a loss of power may undo it. The disk, or what it is reached by, is failing. */
export class StoreNotDurable extends StoreError {
  override readonly name = "StoreNotDurable";
}

/** This key cannot be read or is not a valid key; the store itself works. */
export class StoreUnreadable extends StoreError {
  override readonly name = "StoreUnreadable";
}

/** In whole seconds, as every instant of the model. */
export const modifiedAt = (date: Date): Instant => `${date.toISOString().slice(0, -".000Z".length)}Z`;

export async function readObject(store: Store, key: string, maxBytes?: number): Promise<StoredObject | undefined> {
  const object = await store.get(key, undefined, maxBytes);
  return object === "unchanged" ? undefined : object;
}

export async function listEtags(store: Store): Promise<ReadonlyMap<string, Etag>> {
  const etags = new Map<string, Etag>();
  for await (const { key, etag } of store.list("")) etags.set(key, etag);
  return etags;
}

export function holdsBytes({ body }: StoredObject, bytes: Uint8Array): boolean {
  return Buffer.compare(body, bytes) === 0;
}

const MAX_KEY_BYTES = 1024; // S3's limit; the 255 bytes a part of file systems show as their error

/** Refuses what some store cannot hold and what leads out of a folder: empty parts, `.`, `..`, NUL, lone surrogates. */
export function assertKey(store: string, operation: StoreOperation, key: string): void {
  const why = refusalOf(key);
  if (why !== undefined) throw new StoreUnreadable(store, operation, key, why);
}

/** Whether a store may hold the key, so that it can be asked for it. */
export const isKey = (key: string): boolean => refusalOf(key) === undefined;

function refusalOf(key: string): string | undefined {
  if (key.includes("\0") || key.includes("\\")) return "a key holds no NUL and no backslash";
  if (!key.isWellFormed()) return "a key is well-formed Unicode";
  if (key.split("/").some((part) => part === "" || part === "." || part === "..")) {
    return "a key has no empty part, no `.` and no `..`";
  }
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) return `a key has at most ${MAX_KEY_BYTES} bytes`;
  return undefined;
}

/** What stands in a listed key for a byte of a name that is no UTF-8: a lone surrogate, as no name in UTF-8 has one. */
export const surrogateOf = (byte: number): string => String.fromCharCode(0xdc00 + byte);

/** The lone ones. */
const BYTES = /([\udc80-\udcff])/u;

/** Controls and all that ends a line somewhere: in lists, logs and reports such a name would be several. */
export const UNPRINTABLE = /[\p{Cc}\u2028\u2029]/gu;

const MAX_SHOWN = 200;

/**
 * What is wrong with a key of the content: no store holds it, or no line shows it. `undefined` for a good one. The key is shown
 * in the message, in one line.
 */
export function flawOfKey(key: string): string | undefined {
  const control = key.search(UNPRINTABLE) >= 0 ? "a key holds no line break and no control" : undefined;
  const why = BYTES.test(key) ? "its name is no UTF-8" : (refusalOf(key) ?? control);
  if (why === undefined) return undefined;
  const shown = showKey(key);
  return `${shown.length > MAX_SHOWN ? `${shown.slice(0, MAX_SHOWN)}…` : shown} cannot be a key: ${why}`;
}

/** As JSON, with `\xff` for a byte that is no UTF-8. */
function showKey(key: string): string {
  const parts = key.split(BYTES).map((part, i) => {
    if (i % 2 === 1) return `\\x${(part.charCodeAt(0) & 0xff).toString(16)}`;
    const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
    return JSON.stringify(part).slice(1, -1).replace(UNPRINTABLE, escaped);
  });
  return `"${parts.join("")}"`;
}

/** UTF-8 byte order, in which S3 lists keys; JavaScript's own order differs beyond the BMP. */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) {
      // A surrogate is part of a code point above every other unit.
      const high = (unit: number) => (unit >= 0xd800 && unit <= 0xdfff ? 1 : 0);
      return high(x) - high(y) || x - y;
    }
  }
  return a.length - b.length;
}
