/** Pictures without what their cameras noted: where they were taken is nobody's business but the author's. */
import { MediaRefused } from "../refused.ts";
import { type MediaType, TYPES } from "../types/kinds.ts";
import { strippedPng, strippedWebp } from "./chunks.ts";
import { strippedJpeg } from "./jpeg.ts";

const STRIPPED: ReadonlyMap<MediaType, (bytes: Uint8Array) => Uint8Array | undefined> = new Map([
  [TYPES.jpeg, strippedJpeg],
  [TYPES.png, strippedPng],
  [TYPES.webp, strippedWebp],
] as const);

/** Whether files of the type are changed by `strippedOf`. */
export const isStripped = (type: MediaType): boolean => STRIPPED.has(type);

/** The same picture, and the same bytes where it is stripped already. Throws `MediaRefused` for one that is cut short. */
export function strippedOf(type: MediaType, bytes: Uint8Array): Uint8Array {
  const strip = STRIPPED.get(type);
  if (!strip) return bytes;
  const stripped = strip(bytes);
  if (stripped === undefined) {
    throw new MediaRefused("unsupported_type", "the picture is cut short or damaged: save it once more, and send that");
  }
  return stripped;
}
