/** Pictures and videos without what their cameras noted: where they were taken is nobody's business but the author's. */
import { HttpError } from "../../../base/http/error.ts";
import { withoutVideoNotes } from "../../../base/videonotes.ts";
import { type MediaType, TYPES } from "../types/kinds.ts";
import { strippedPng, strippedWebp } from "./chunks.ts";
import { strippedJpeg } from "./jpeg.ts";

type Strip = (bytes: Uint8Array) => Uint8Array | undefined | Promise<Uint8Array>;

const strippedVideo: Strip = async (bytes) => {
  const file = await withoutVideoNotes(new Blob([Uint8Array.from(bytes)]));
  return new Uint8Array(await file.arrayBuffer());
};

const STRIPPED: ReadonlyMap<MediaType, Strip> = new Map([
  [TYPES.jpeg, strippedJpeg],
  [TYPES.png, strippedPng],
  [TYPES.webp, strippedWebp],
  [TYPES.mp4, strippedVideo],
  [TYPES.mov, strippedVideo],
]);

/** The same to look at, and the same bytes where it is stripped already. Throws an `HttpError` for a picture that is cut short. */
export async function strippedOf(type: MediaType, bytes: Uint8Array): Promise<Uint8Array> {
  const strip = STRIPPED.get(type);
  if (!strip) return bytes;
  const stripped = await strip(bytes);
  if (stripped === undefined) {
    throw new HttpError("unsupported_type", "the picture is cut short or damaged: save it once more, and send that");
  }
  return stripped;
}
