/** Puts one file of media into the content store. */
import { HttpError, invalid } from "../../base/http/error.ts";
import { headersOf } from "../../content/facts/mime.ts";
import { holdsBytes, readObject, type Store, StoreUnknown } from "../../stores/store.ts";
import type { MicropubInput } from "../types.ts";
import { newPlace } from "./place.ts";
import { strippedOf } from "./stripped/stripped.ts";
import { NOUNS, readType } from "./types/content.ts";
import { LIMITS, type MediaKind, type MediaType, servedTypeOf } from "./types/kinds.ts";

export interface MediaFile {
  /** As the client calls it; it is looked at for nothing. */
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

export interface StoredMedia {
  readonly url: string;
  readonly key: string;
  readonly type: string;
}

export interface KnownFile {
  readonly type: MediaType;
  readonly bytes: Uint8Array;
}

/** Looks what a file is. `wanted`: as what a post shows it. Throws an `HttpError` for what is not taken. */
export async function lookAt({ type: claimed, bytes }: MediaFile, wanted?: MediaKind): Promise<KnownFile> {
  if (bytes.length === 0) throw invalid("the file is empty: send its bytes");
  const type = await readType(bytes, claimed, wanted);
  if (wanted !== undefined) assertKind(type.kind, wanted);
  assertSize(type.kind, bytes.length);
  return { type, bytes };
}

/** Throws an `HttpError` for what is not taken. */
export const storeMedia = async (input: MicropubInput, file: MediaFile): Promise<StoredMedia> =>
  await storeKnown(input, await lookAt(file));

/** Throws an `HttpError`. */
export async function storeKnown(input: MicropubInput, { type, bytes }: KnownFile): Promise<StoredMedia> {
  const body = await strippedOf(type, bytes);
  const { key, url } = await newPlace(input, type);
  await putNew(input.content, key, body);
  return { url, key, type: servedTypeOf(type) };
}

const PROPERTIES = { image: "photo", audio: "audio", video: "video" } as const satisfies Record<MediaKind, string>;

/** A page would show nothing of a film as a picture. Throws an `HttpError`. */
export function assertKind(kind: MediaKind, wanted: MediaKind, file = "a file"): void {
  if (kind === wanted) return;
  throw invalid(`${PROPERTIES[wanted]} has ${file} that is ${NOUNS[kind]}: send it as ${PROPERTIES[kind]}`);
}

/** Throws an `HttpError`. */
export function assertSize(kind: MediaKind, size: number): void {
  if (size <= LIMITS[kind]) return;
  throw new HttpError(
    "too_large",
    `the file has ${megabytes(size)} MB, and of its type at most ${megabytes(LIMITS[kind])} MB are taken: make it smaller or shorter`,
  );
}

export const megabytes = (bytes: number): string => String(Math.ceil(bytes / 100_000) / 10);

/** The name is random: what is there already was put by this request, whose answer from the store was lost. */
async function putNew(content: Store, key: string, body: Uint8Array): Promise<void> {
  try {
    await content.put(key, body, { ...headersOf(key), ifAbsent: true, durable: true });
  } catch (error) {
    if (!(error instanceof StoreUnknown)) throw error;
    const present = await readObject(content, key);
    if (!present || !holdsBytes(present, body)) throw error;
  }
}
