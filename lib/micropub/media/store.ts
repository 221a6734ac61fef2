/** Puts one file of media into the content store. */
import { HttpError } from "../../base/http/error.ts";
import { headersOf } from "../../content/facts/mime.ts";
import { holdsBytes, readObject, type Store, StoreUnknown } from "../../stores/store.ts";
import type { MicropubInput } from "../types.ts";
import { newPlace } from "./place.ts";
import { strippedOf } from "./stripped/stripped.ts";
import { readType } from "./types/content.ts";
import { LIMITS, type MediaKind, servedTypeOf } from "./types/kinds.ts";

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

/** Throws an `HttpError` for what is not taken. */
export async function storeMedia(input: MicropubInput, { type: claimed, bytes }: MediaFile): Promise<StoredMedia> {
  if (bytes.length === 0) throw new HttpError("invalid_request", "the file is empty: send its bytes");
  const type = await readType(bytes, claimed);
  assertSize(type.kind, bytes.length);
  const body = await strippedOf(type, bytes);
  const { key, url } = await newPlace(input, type);
  await putNew(input.content, key, body);
  return { url, key, type: servedTypeOf(type) };
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
