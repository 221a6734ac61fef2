/** The types of media that are taken: what browsers show as pictures, sound or video, and run nothing of. */
import { contentTypeOf } from "../../../content/facts/mime.ts";

export type MediaKind = "image" | "audio" | "video";

export interface MediaType {
  readonly kind: MediaKind;
  /** Of the files, without a dot. */
  readonly extension: string;
  /** What the bytes show: of one container, a video and a sound may begin alike. */
  readonly container: string;
}

const type = (kind: MediaKind, extension: string, container = extension): MediaType => ({ kind, extension, container });

export const TYPES = {
  jpeg: type("image", "jpg"),
  png: type("image", "png"),
  gif: type("image", "gif"),
  webp: type("image", "webp"),
  avif: type("image", "avif"),
  mp4: type("video", "mp4", "iso"),
  mov: type("video", "mov", "iso"),
  webm: type("video", "webm", "webm"),
  weba: type("audio", "weba", "webm"),
  m4a: type("audio", "m4a", "iso"),
  mp3: type("audio", "mp3"),
  ogg: type("audio", "ogg", "ogg"),
  opus: type("audio", "opus", "ogg"),
  wav: type("audio", "wav"),
  flac: type("audio", "flac"),
} as const;

export type MediaTypeName = keyof typeof TYPES;

export const TYPE_NAMES = Object.keys(TYPES) as readonly MediaTypeName[];

/** As clients call them, besides the names under which files are served. */
const NAMES: { readonly [name: string]: MediaTypeName } = {
  "image/jpg": "jpeg",
  "image/pjpeg": "jpeg",
  "image/apng": "png",
  "video/x-m4v": "mp4",
  "audio/mp4": "m4a",
  "audio/m4a": "m4a",
  "audio/mp3": "mp3",
  "audio/opus": "opus",
  "application/ogg": "ogg",
  "audio/wave": "wav",
  "audio/x-wav": "wav",
  "audio/vnd.wave": "wav",
  "audio/x-flac": "flac",
};

/** With which a file is stored and served. */
export const servedTypeOf = ({ extension }: MediaType): string => contentTypeOf(`.${extension}`);

/** Bytes that a file has at most. */
export const LIMITS: { readonly [kind in MediaKind]: number } = {
  image: 20_000_000,
  audio: 500_000_000,
  video: 2_000_000_000,
};

/** For messages. */
export const TAKEN =
  "pictures (JPEG, PNG, GIF, WebP, AVIF), sound (MP3, M4A, Ogg, Opus, WAV, FLAC) and video (MP4, MOV, WebM)";

/** Without parameters, in lower case. */
export const bareTypeOf = (claimed: string): string => (claimed.split(";", 1)[0] ?? "").trim().toLowerCase();

/** The type that a client names; `undefined` for one that is not taken. */
export function typeNamed(claimed: string): MediaTypeName | undefined {
  const name = bareTypeOf(claimed);
  if (Object.hasOwn(NAMES, name)) return NAMES[name];
  return TYPE_NAMES.find((each) => servedTypeOf(TYPES[each]) === name);
}

/** Types that say nothing: without one, a part of a form is `text/plain` (RFC 7578, section 4.4). */
const SILENT = new Set(["", "text/plain", "application/octet-stream", "binary/octet-stream"]);

/** What a client says it is; `undefined` where it says nothing, and `"other"` where it is none of these. */
export function kindNamed(claimed: string): MediaKind | "other" | undefined {
  const name = bareTypeOf(claimed);
  if (SILENT.has(name)) return undefined;
  const [, kind] = /^(image|audio|video)\//.exec(name) ?? [];
  if (kind !== undefined) return kind as MediaKind;
  const type = typeNamed(name);
  return type === undefined ? "other" : TYPES[type].kind;
}
