/** Frames and other elements that embed pages become links to those pages. */
import { escapeAttribute, oneLine } from "../../base/text.ts";
import { type Embed, embedOf } from "./embeds.ts";
import { type Element, element, type HtmlAttributes, type HtmlNode, outermost } from "./nodes.ts";
import { isOfNoSize } from "./pictures.ts";
import { HOLDS_BLOCKS } from "./profile.ts";
import { absoluteUrl, LOAD_SCHEMES } from "./urls.ts";

/** How each element gives the address of its frame. Custom elements give only the id of a video. */
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

/** Where the link of a frame is placed. */
export interface LinkContext {
  readonly base: string;
  readonly parent: Element;
  readonly isWithin: (name: string) => boolean;
}

export function linkOfFrame(name: string, attributes: HtmlAttributes, context: LinkContext): readonly HtmlNode[] {
  const address = ADDRESSES.get(name)?.(attributes)?.trim();
  return address && !isOfNoSize(attributes) ? linkTo(address, attributes, context) : [];
}

/** Types of pictures in an `object` or `embed`. */
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
  const content = [
    ...(thumbnail === undefined ? [] : [element("img", [], ` src="${escapeAttribute(thumbnail)}" alt=""`)]),
    ...(thumbnail === undefined ? [] : [isWithin("pre") ? "\n" : element("br", [])]),
    title,
  ];
  if (isWithin("a")) return content;
  const link = { ...element("a", content, ` href="${escapeAttribute(href)}"`), isFrame: true };
  return [HOLDS_BLOCKS.has(parent.name) ? { ...element("p", [link]), isFrame: true } : link];
}

/** The address of an `object` is in `data`, in a `param`, or in an `embed` within it. */
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

/** Whether it is an audio or video file, by its extension. */
export const isPlayable = (url: string): boolean =>
  /\.(?:mp4|webm|ogv|ogg|oga|opus|mov|m4v|mp3|m4a|wav|flac|m3u8)(?:[?#]|$)/i.test(url);

/** A `video` with the page of a provider as its source, as some editors write it; `undefined` for a media file. */
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

/** Scripts that write an embed: a gist, a recording. */
export function linkOfScript({ src }: HtmlAttributes, context: LinkContext): readonly HtmlNode[] {
  const url =
    src && /(?:^|\/)(?:gist\.github\.com|asciinema\.org|gitlab\.com|gitee\.com)\//.test(src)
      ? absoluteUrl(src, context.base, LOAD_SCHEMES)
      : undefined;
  return url !== undefined && embedOf(url)?.provider ? linkTo(url, {}, context) : [];
}
