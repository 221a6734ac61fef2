/** MIME types: by the extension of a file, and as authors write them. */
import { present } from "../../base/optional.ts";
import { isServed } from "../../base/served.ts";
import type { Media } from "../../model.ts";

/**
 * Registered types (IANA), with two exceptions: `audio/x-m4a` and `video/x-m4v` are what Apple's podcast requirements
 * name. Apple's directory is the strictest about enclosures, and other readers accept these types too.
 */
const TYPES: ReadonlyMap<string, string> = new Map(
  `
  audio/mpeg mp3; audio/x-m4a m4a m4b; audio/aac aac; audio/x-matroska mka; audio/ogg ogg oga opus; audio/wav wav;
  audio/flac flac; audio/webm weba; audio/aiff aif aiff; audio/midi mid midi; audio/x-ms-wma wma; video/mp4 mp4;
  video/x-m4v m4v; video/quicktime mov; video/webm webm; video/ogg ogv; video/x-matroska mkv; video/x-msvideo avi;
  video/mpeg mpg mpeg; video/3gpp 3gp; video/mp2t ts; video/x-flv flv; application/x-mpegURL m3u8;
  application/dash+xml mpd; application/pdf pdf; application/epub+zip epub; application/zip zip; application/gzip gz;
  application/x-mobipocket-ebook mobi; application/msword doc; application/vnd.ms-powerpoint ppt;
  application/vnd.openxmlformats-officedocument.wordprocessingml.document docx;
  application/vnd.openxmlformats-officedocument.presentationml.presentation pptx;
  application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx; image/jpeg jpg jpeg; image/png png;
  image/gif gif; image/webp webp; image/avif avif; image/svg+xml svg; image/heic heic; image/bmp bmp;
  image/tiff tif tiff; application/x-subrip srt; text/vtt vtt; application/json json; text/html html htm;
  text/plain txt; text/markdown md; text/csv csv; application/x-bittorrent torrent; application/gpx+xml gpx
  `
    .split(";")
    .flatMap((line) => {
      const [type = "", ...extensions] = line.trim().split(" ");
      return extensions.map((extension) => [extension, type] as const);
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

/** With what a file of the content is put. */
export function headersOf(key: string): { readonly contentType: string; readonly cacheControl?: string } {
  const contentType = contentTypeOf(key);
  // Media are served under their names: an hour, since another file may be put under the same one.
  return { contentType, ...present({ cacheControl: isServed(key) ? "public, max-age=3600" : undefined }) };
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
