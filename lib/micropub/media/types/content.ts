/** What a file is, by its bytes alone; what it is called decides at most between a sound and a video in the same container. */
import { HttpError } from "../../../base/http/error.ts";
import { kindNamed, type MediaKind, type MediaType, TAKEN, TYPES } from "./kinds.ts";

/** As much of a file as is looked at. */
export const HEAD_BYTES = 64 * 1024;

/**
 * The type of a file that begins with `head`. Throws an `HttpError` for what is not taken, and for what a client says to be of another
 * kind than it is: one of the two is wrong, and a post that shows it would not know which. `wanted`: as what a post shows it.
 */
export async function readType(head: Uint8Array, claimed: string, wanted?: MediaKind): Promise<MediaType> {
  const kind = kindNamed(claimed);
  const type = ofContent(await detect(head), head, (kind ?? wanted) === "audio");
  if (kind !== undefined && kind !== type.kind) {
    throw new HttpError(
      "unsupported_type",
      `the file is said to be ${claimed}, and it is ${NOUNS[type.kind]}: send it with its own type`,
    );
  }
  return type;
}

export const NOUNS = { image: "a picture", audio: "sound", video: "a video" } as const;

async function detect(head: Uint8Array): Promise<{ readonly mime: string; readonly ext: string } | undefined> {
  const { fileTypeFromBuffer } = await import("file-type");
  try {
    return await fileTypeFromBuffer(head.subarray(0, HEAD_BYTES));
  } catch {
    return undefined; // bytes that only begin as something
  }
}

const BY_MIME: ReadonlyMap<string, MediaType> = new Map([
  ["image/jpeg", TYPES.jpeg],
  ["image/png", TYPES.png],
  ["image/apng", TYPES.png],
  ["image/gif", TYPES.gif],
  ["image/webp", TYPES.webp],
  ["image/avif", TYPES.avif],
  ["audio/ogg", TYPES.ogg],
  ["audio/ogg; codecs=opus", TYPES.opus],
  ["audio/wav", TYPES.wav],
  ["audio/flac", TYPES.flac],
]);

function ofContent(found: Awaited<ReturnType<typeof detect>>, head: Uint8Array, isSound: boolean): MediaType {
  if (isSvg(head))
    throw refused("the picture is SVG, in which a browser would run what it says: save it as PNG, and send that");
  if (found === undefined) throw refused("the file is of no type that is known by its content");
  const { mime, ext } = found;
  const known = BY_MIME.get(mime);
  if (known) return known;
  if (mime === "audio/mpeg" && ext === "mp3") return TYPES.mp3; // not its older layers
  if (mime === "video/webm") return isSound ? TYPES.weba : TYPES.webm;
  if (/^image\/hei[cf]/.test(mime)) {
    throw refused("the picture is HEIC, which few browsers show: save it as JPEG, and send that");
  }
  if (mime === "video/matroska")
    throw refused("the video is Matroska, which few browsers play: save it as MP4 or WebM");
  const brand = brandOf(head);
  if (brand !== undefined && /^(?:video|audio)\//.test(mime)) return ofBrand(brand, isSound);
  throw refused(`the file is ${mime}`);
}

/** By its first element, which may have a declaration, comments and a document type before it; HTML may have a picture in it. */
function isSvg(head: Uint8Array): boolean {
  const text = new TextDecoder().decode(head.subarray(0, SVG_BYTES)).trimStart();
  return /^<(?:svg[\s>/:]|[?!])/i.test(text) && /<svg[\s>/]/i.test(text) && !/<html[\s>]/i.test(text);
}

const SVG_BYTES = 4 * 1024;

/** The major brand of an ISO base media file (ISO/IEC 14496-12, 4.3); QuickTime's files of old have none. */
function brandOf(head: Uint8Array): string | undefined {
  const text = (from: number) => String.fromCharCode(...head.subarray(from, from + 4));
  return text(4) === "ftyp" ? text(8) : undefined;
}

/** Brands that browsers play, of those that the registration authority (mp4ra.org) has. `M4P ` is under lock, `3gp` is of old phones. */
const PLAYED = /^(?:iso[2-9m]|mp4[12]|avc1|dash|msdh|MSNV|M4V[ HP]|f4v )$/;

function ofBrand(brand: string, isSound: boolean): MediaType {
  if (/^M4[AB] $/.test(brand)) return TYPES.m4a;
  if (brand === "qt  ") return TYPES.mov;
  if (PLAYED.test(brand)) return isSound ? TYPES.m4a : TYPES.mp4;
  throw refused(`the file has the brand ${JSON.stringify(brand.trim())}, which few browsers play: save it as MP4`);
}

const refused = (why: string): HttpError => new HttpError("unsupported_type", `${why}; taken are ${TAKEN}`);
