/** What the site takes of files, told as they are chosen: the server, which looks into each, has the same (`lib/micropub/media/types`). */
import type { MediaProperty } from "../kept/types.ts";

export const MAX_BYTES: { readonly [property in MediaProperty]: number } = { photo: 2e7, video: 2e9, audio: 5e8 };

const TAKEN =
  /^(?:image\/.*|video\/(?:mp4|quicktime|webm|x-m4v)|audio\/(?:flac|m4a|mp[34]|mpeg|ogg|opus|wave?|webm|vnd\.wave|x-(?:flac|m4a|wav))|application\/ogg)$/;

/** A file is what its type says, whatever button it was chosen by. Of a sound in WebM the type says too little. */
export function propertyOf(type: string, chosen: MediaProperty): MediaProperty {
  if (chosen === "audio" && type === "video/webm") return chosen;
  const [, kind] = /^(image|video|audio)\//.exec(type) ?? [];
  return kind === "image" ? "photo" : ((kind as "video" | "audio" | undefined) ?? chosen);
}

/** Pictures are drawn anew, smaller, but for animations. Where the browser knows no type, the server looks. */
export function faultOf(property: MediaProperty, type: string, size: number): "unreadable" | "tooLarge" | undefined {
  if (type !== "" && !TAKEN.test(type)) return "unreadable";
  return size > MAX_BYTES[property] && (property !== "photo" || type === "image/gif") ? "tooLarge" : undefined;
}
