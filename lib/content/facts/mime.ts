/** MIME types: by the extension of a file, and as authors write them. */
import type { Media } from "../../model.ts";

/**
 * Registered types (IANA), with two exceptions: `audio/x-m4a` and `video/x-m4v` are what Apple's podcast requirements
 * name. Apple's directory is the strictest about enclosures, and other readers accept these types too.
 */
const TYPES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    mp3: "audio/mpeg",
    m4a: "audio/x-m4a",
    m4b: "audio/x-m4a",
    aac: "audio/aac",
    mka: "audio/x-matroska",
    ogg: "audio/ogg",
    oga: "audio/ogg",
    opus: "audio/ogg",
    wav: "audio/wav",
    flac: "audio/flac",
    weba: "audio/webm",
    aif: "audio/aiff",
    aiff: "audio/aiff",
    mid: "audio/midi",
    midi: "audio/midi",
    wma: "audio/x-ms-wma",
    mp4: "video/mp4",
    m4v: "video/x-m4v",
    mov: "video/quicktime",
    webm: "video/webm",
    ogv: "video/ogg",
    mkv: "video/x-matroska",
    avi: "video/x-msvideo",
    mpg: "video/mpeg",
    mpeg: "video/mpeg",
    "3gp": "video/3gpp",
    ts: "video/mp2t",
    flv: "video/x-flv",
    m3u8: "application/x-mpegURL",
    mpd: "application/dash+xml",
    pdf: "application/pdf",
    epub: "application/epub+zip",
    zip: "application/zip",
    gz: "application/gzip",
    mobi: "application/x-mobipocket-ebook",
    doc: "application/msword",
    ppt: "application/vnd.ms-powerpoint",
    docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    jpg: "image/jpeg",
    jpeg: "image/jpeg",
    png: "image/png",
    gif: "image/gif",
    webp: "image/webp",
    avif: "image/avif",
    svg: "image/svg+xml",
    heic: "image/heic",
    bmp: "image/bmp",
    tif: "image/tiff",
    tiff: "image/tiff",
    srt: "application/x-subrip",
    vtt: "text/vtt",
    json: "application/json",
    html: "text/html",
    htm: "text/html",
    txt: "text/plain",
    md: "text/markdown",
    csv: "text/csv",
    torrent: "application/x-bittorrent",
    gpx: "application/gpx+xml",
  }),
);

/** Any bytes (RFC 2046 §4.5.1). */
export const UNKNOWN_TYPE = "application/octet-stream";

/** The extension of the last segment of a path or URL, in lower case and without its dot. */
export function extensionOf(address: string): string | undefined {
  const [path = ""] = address.split(/[?#]/, 1);
  return /\.([a-z\d]{1,8})$/i.exec(path.slice(path.lastIndexOf("/") + 1))?.[1]?.toLowerCase();
}

export function typeByName(address: string): string | undefined {
  const extension = extensionOf(address);
  return extension === undefined ? undefined : TYPES.get(extension);
}

/** The `Content-Type` with which a file of the content is stored and served. */
export function contentTypeOf(key: string): string {
  const type = typeByName(key) ?? (/\.ya?ml$/i.test(key) ? "application/yaml" : UNKNOWN_TYPE);
  return /^text\/|json$|yaml$|svg\+xml$/.test(type) ? `${type}; charset=utf-8` : type;
}

const MIME = /^(?:application|audio|font|image|message|model|multipart|text|video)\/[a-z\d][a-z\d!#$&^_.+-]{0,126}$/i;

/** From a MIME type, whose parameters are dropped, or an extension (`mp3`); `undefined` for anything else. */
export function typeByWord(word: string): string | undefined {
  const [type = ""] = word.split(";", 1);
  const bare = type.trim();
  if (/^application\/x-mpegurl$/i.test(bare)) return TYPES.get("m3u8");
  return MIME.test(bare) ? bare.toLowerCase() : TYPES.get(bare.toLowerCase().replace(/^\./, ""));
}

/** The name of a recording somewhere in a text. */
export const NAMES_RECORDING = /\.(?:mp[34g]|m4[abv]|aac|og[agv]|opus|wav|flac|weba|webm|mov|mkv|m3u8)(?![\w.-])/i;

/** Whether it is heard or watched. */
export const isRecording = ({ medium }: Pick<Media, "medium">): boolean => medium === "audio" || medium === "video";

/** Whether it is a playlist of HLS or DASH, which has no length. */
export const isStream = (type: string): boolean => /mpegurl$|^application\/dash\+xml$/i.test(type);
