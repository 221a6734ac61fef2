/** Films and sound, in every language of templates. */
import type { Render } from "../../types.ts";
import { namedOf } from "../call.ts";
import { element } from "../output.ts";
import { embed, embedUrl, isEmbed, isService } from "./embeds.ts";
import { isAddress, missing, sourceOf } from "./sources.ts";

export const film: Render = (call, tools) => {
  const { args } = call;
  const title = namedOf(call, "title", "caption");
  const id = namedOf(call, "id");
  const provider = namedOf(call, "provider", "type");
  if (id !== undefined && provider !== undefined && isService(provider)) return embed(provider, id, title);
  const service = ["youtube", "vimeo", "bilibili"].find((name) => args.named.has(name));
  if (service !== undefined) return embed(service, args.named.get(service) ?? "", title);
  const file = sourceOf(call);
  const src = file ?? namedOf(call, "mp4", "webm", "ogg") ?? id ?? (call.body?.trim() || args.words[0]);
  if (src === undefined) return missing(call, tools);
  if (isEmbed(src)) return embedUrl(src, title);
  // What is neither a file nor an address is an id; one of 11 characters is YouTube's.
  if (file === undefined && !isAddress(src)) return IS_YOUTUBE.test(src) ? embed("youtube", src, title) : undefined;
  return player("video", src, { poster: namedOf(call, "poster"), title });
};

const IS_YOUTUBE = /^[\w-]{11}$/;

export const sound: Render = (call, tools) => {
  const src = sourceOf(call) ?? namedOf(call, "mp3");
  if (src === undefined) return missing(call, tools);
  return player("audio", src, { title: namedOf(call, "title", "caption", "name") });
};

/** A player for a sound or film file; `undefined` of any other address. */
export function playerOf(url: string, title: string | undefined): string | undefined {
  const path = url.replace(/[?#].*$/s, "");
  if (/\.(?:mp3|m4a|m4b|aac|ogg|oga|opus|wav|flac)$/i.test(path)) return player("audio", url, { title });
  return /\.(?:mp4|m4v|webm|ogv|mov)$/i.test(path) ? player("video", url, { title }) : undefined;
}

function player(name: string, src: string, others: { readonly [name: string]: string | undefined }): string {
  return `${element(name, { src, controls: true, ...others })}</${name}>`;
}
