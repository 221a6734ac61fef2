/** Elements that show what is elsewhere, as links to where it can be seen. */

import { escapeAttribute, oneLine } from "../../base/text.ts";
import { type Embed, embedOf } from "./embeds.ts";
import { type Element, element, type HtmlAttributes, type HtmlNode, outermost } from "./nodes.ts";
import { isOfNoSize } from "./pictures.ts";
import { HOLDS_BLOCKS } from "./profile.ts";
import { absoluteUrl, LOAD_SCHEMES } from "./urls.ts";

/** Where a frame's address stands, by its element. Custom elements name a video by its id alone. */
const ADDRESSES: ReadonlyMap<string, (attributes: HtmlAttributes) => string | undefined> = new Map([
  ["iframe", ({ src, srcdoc }) => (srcdoc === undefined ? src : undefined)],
  ["embed", ({ src }) => src],
  ["lite-youtube", youtube],
  ["amp-youtube", youtube],
  ["youtube-video", youtube],
  ["lite-vimeo", vimeo],
  ["amp-vimeo", vimeo],
]);

function youtube(attributes: HtmlAttributes): string | undefined {
  const id = attributes["videoid"] ?? attributes["data-videoid"] ?? attributes["video-id"];
  return id === undefined ? attributes["src"] : `https://youtu.be/${encodeURIComponent(id)}`;
}

function vimeo(attributes: HtmlAttributes): string | undefined {
  const id = attributes["videoid"] ?? attributes["data-videoid"];
  return id && `https://vimeo.com/${encodeURIComponent(id)}`;
}

export const isFrame = (name: string): boolean => ADDRESSES.has(name);

/** Where links of frames are to stand. */
export interface LinkContext {
  readonly base: string;
  readonly parent: Element;
  readonly isWithin: (name: string) => boolean;
}

export function linkOfFrame(name: string, attributes: HtmlAttributes, context: LinkContext): readonly HtmlNode[] {
  const address = ADDRESSES.get(name)?.(attributes)?.trim();
  return address && !isOfNoSize(attributes) ? linkTo(address, attributes, context) : [];
}

/** A drawing or photograph in an `object` or `embed` is a picture. */
const IS_PICTURE = /^image\/(?:png|jpeg|gif|webp|avif|svg\+xml)$/i;

export function linkTo(address: string, attributes: HtmlAttributes, context: LinkContext): readonly HtmlNode[] {
  const url = absoluteUrl(address, context.base, LOAD_SCHEMES);
  const embed = url === undefined ? undefined : embedOf(url);
  if (!embed) return [];
  if (IS_PICTURE.test(attributes["type"] ?? "")) return [element("img", [], ` src="${escapeAttribute(embed.href)}"`)];
  return shown(embed, titleOf(attributes) ?? embed.title, context);
}

const titleOf = (attributes: HtmlAttributes): string | undefined =>
  [attributes["title"], attributes["videotitle"], attributes["data-title"], attributes["playlabel"]]
    .map((title) => oneLine(title ?? ""))
    .find((title) => title.trim() !== "");

function shown({ href, thumbnail }: Embed, title: string, { parent, isWithin }: LinkContext): readonly HtmlNode[] {
  const words = [
    ...(thumbnail === undefined ? [] : [element("img", [], ` src="${escapeAttribute(thumbnail)}" alt=""`)]),
    ...(thumbnail === undefined ? [] : [isWithin("pre") ? "\n" : element("br", [])]),
    title,
  ];
  if (isWithin("a")) return words;
  const link = { ...element("a", words, ` href="${escapeAttribute(href)}"`), isFrame: true };
  return [HOLDS_BLOCKS.has(parent.name) ? { ...element("p", [link]), isFrame: true } : link];
}

/** An `object` says its address in one of three places, or holds an `embed` that does. */
export function linkOfObject(object: Element, context: LinkContext): readonly HtmlNode[] {
  const { source } = object;
  const movie = outermost(
    object,
    ({ name, source: { name: key = "" } }) => name === "#param" && /^(?:movie|src)$/i.test(key),
  );
  const address = source["data"]?.trim() || movie[0]?.source["value"]?.trim();
  if (address) return linkTo(address, source, context);
  const embedded = object.children.filter(
    (child) => typeof child !== "string" && (child.isFrame || child.name === "img"),
  );
  return embedded.length > 0 && HOLDS_BLOCKS.has(context.parent.name)
    ? [{ ...element("p", embedded), isFrame: true }]
    : embedded;
}

/** A file of sound or moving pictures, by its name. */
export const isPlayable = (url: string): boolean =>
  /\.(?:mp4|webm|ogv|ogg|oga|opus|mov|m4v|mp3|m4a|wav|flac|m3u8)(?:[?#]|$)/i.test(url);

/** A `video` of a page that shows one, as some editors write it; `undefined` for a file that can be played. */
export function linkOfVideo(video: Element, context: LinkContext): readonly HtmlNode[] | undefined {
  const sources = [video, ...outermost(video, ({ name }) => name === "source")].map(({ source: { src = "" } }) => src);
  for (const src of sources) {
    const url = src.trim() === "" ? undefined : absoluteUrl(src, context.base, LOAD_SCHEMES);
    if (url !== undefined && !isPlayable(url) && embedOf(url)?.provider) {
      return linkTo(url, video.source, context);
    }
  }
  return undefined;
}

/** Scripts that write what they link to: a gist, a recording. */
export function linkOfScript({ src }: HtmlAttributes, context: LinkContext): readonly HtmlNode[] {
  const url =
    src && /(?:^|\/)(?:gist\.github\.com|asciinema\.org|gitlab\.com|gitee\.com)\//.test(src)
      ? absoluteUrl(src, context.base, LOAD_SCHEMES)
      : undefined;
  return url !== undefined && embedOf(url)?.provider ? linkTo(url, {}, context) : [];
}
