/** Pictures, films, sound, embeds and links, wherever they are written. */
import { NO_ARGUMENTS } from "./arguments.ts";
import { type Call, kept, namedOf, type Output, type Render, type Tools, table, targetOf } from "./call.ts";
import { EMBED_NAMES, embed, embedUrl, isEmbed, isService } from "./embeds.ts";
import { block, bold, captioned, element, figure, inert, link, picture } from "./output.ts";

/** A name alone may be a variable's, which nobody knows here. */
const isAddress = (text: string): boolean => /[./]/.test(text) && !text.includes("\n");

function sourceOf({ kind, args }: Call): string | undefined {
  const named = SOURCES.map((name) => args.named.get(name)).find((value) => value?.trim());
  if (kind !== "tag") return named ?? args.words[0];
  return [named, ...args.words].find((word) => word !== undefined && isAddress(word));
}

const SOURCES = ["src", "url", "image", "path", "image_path", "imagepath", "file", "filename", "img", "source"];

/** Of a picture without an address its words stay; a tag without one is not understood at all. */
function missing(call: Call, { warn, written, lost }: Tools): Output {
  if (call.kind !== "component") return undefined;
  warn(`the target of ${written} cannot be told`, "template-link");
  const words = namedOf(call, "alt", "caption", "title");
  return words === undefined ? lost : inert(words);
}

export const image: Render = (call, tools) => {
  const src = sourceOf(call);
  const isFigure = namedOf(call, "caption", "desc", "description", "legend", "link", "href") !== undefined;
  if (isFigure || call.body?.trim()) return figureOf(call, tools);
  if (src === undefined) return missing(call, tools);
  const title = namedOf(call, "title");
  return picture({ src, alt: namedOf(call, "alt") ?? call.args.words[1] ?? title, title }, call.isHtml);
};

export const figureOf: Render = (call, tools) => {
  const src = sourceOf(call);
  const caption = captionOf(call);
  const body = call.body?.trim() || undefined;
  if (src === undefined) {
    return body === undefined ? missing(call, tools) : block(captioned(`\n\n${body}\n\n`, caption));
  }
  const href = namedOf(call, "link", "href");
  const alt = namedOf(call, "alt") ?? call.args.words[1];
  const words = caption ?? body;
  if (words === undefined && href === undefined) return picture({ src, alt }, call.isHtml);
  if (call.isAlone) return figure({ src, alt, href, caption: words });
  const shown = picture({ src, alt }, true);
  return `${href === undefined ? shown : link(href, shown)}${words === undefined ? "" : ` (${words})`}`;
};

/** Hugo's figure has a title, a caption and an attribution. */
function captionOf(call: Call): string | undefined {
  const caption = namedOf(call, "caption", "desc", "description", "legend");
  const title = namedOf(call, "title");
  const credit = namedOf(call, "attr", "credit");
  const source = namedOf(call, "attrlink");
  const parts = [
    title !== undefined && caption !== undefined && title !== caption ? bold(title) : undefined,
    caption ?? title,
    credit !== undefined && source !== undefined ? link(source, credit) : credit,
  ];
  return parts.filter((part) => part !== undefined).join(" ") || undefined;
}

const film: Render = (call, tools) => {
  const { args } = call;
  const title = namedOf(call, "title", "caption");
  const id = namedOf(call, "id");
  const provider = namedOf(call, "provider", "type");
  if (id !== undefined && provider !== undefined && isService(provider)) return embed(provider, id, title);
  const service = ["youtube", "vimeo", "bilibili"].find((name) => args.named.has(name));
  if (service !== undefined) return embed(service, args.named.get(service) ?? "", title);
  const src = fileOf(call) ?? namedOf(call, "mp4", "webm", "ogg") ?? id ?? (call.body?.trim() || args.words[0]);
  if (src === undefined) return missing(call, tools);
  if (isEmbed(src)) return embedUrl(src, title);
  // What is neither a file nor an address is an id, and those of YouTube can be told by their length.
  if (fileOf(call) === undefined && !isAddress(src))
    return IS_YOUTUBE.test(src) ? embed("youtube", src, title) : undefined;
  return player("video", src, { poster: namedOf(call, "poster"), title });
};

const IS_YOUTUBE = /^[\w-]{11}$/;

/** A word alone may be the id of a film. */
function fileOf(call: Call): string | undefined {
  const src = sourceOf(call);
  return src === call.args.words[0] && src !== undefined && !isAddress(src) ? undefined : src;
}

const sound: Render = (call, tools) => {
  const src = sourceOf(call) ?? namedOf(call, "mp3");
  if (src === undefined) return missing(call, tools);
  return player("audio", src, { title: namedOf(call, "title", "caption", "name") });
};

/** A file that is played where it stands; `undefined` of any other. */
export function playerOf(url: string, title: string | undefined): string | undefined {
  const path = url.replace(/[?#].*$/s, "");
  if (/\.(?:mp3|m4a|m4b|aac|ogg|oga|opus|wav|flac)$/i.test(path)) return player("audio", url, { title });
  return /\.(?:mp4|m4v|webm|ogv|mov)$/i.test(path) ? player("video", url, { title }) : undefined;
}

function player(name: string, src: string, others: { readonly [name: string]: string | undefined }): string {
  return `${element(name, { src, controls: true, ...others })}</${name}>`;
}

const embedded: Render = (call) => {
  const { key, args } = call;
  const user = namedOf(call, "user", "author");
  const id = namedOf(call, "id", "videoid", "video-id", "video_id", "url", "src", "href", "link", "video", "repo");
  const named = id ?? namedOf(call, "hash", "slug", "slughash", "postid", "shortcode", "params");
  const title = namedOf(call, "title", "label", "caption", "alt", "playlabel");
  const reference = named ?? args.words[0] ?? call.body?.trim();
  if (reference === undefined) return undefined;
  if (key === "gist" && user !== undefined) return embed(key, user, title, reference);
  const second = named === undefined ? args.words[1] : undefined;
  // `{% youtube "id", "a title" %}`: what has a space in it is no word of the tag's own.
  return embed(
    key,
    reference,
    title ?? (second?.includes(" ") ? second : undefined),
    user ?? namedOf(call, "type") ?? second,
  );
};

/** Hugo's `{{< imgproc address command options >}}caption{{< /imgproc >}}`: what is done to it is not its text. */
const processed: Render = (call, tools) =>
  figureOf({ ...call, args: { ...call.args, words: call.args.words.slice(0, 1) } }, tools);

/** Pictures by their addresses, or between its tags. */
const gallery: Render = (call) => {
  if (call.body !== undefined) return kept;
  const { words } = call.args;
  return words.length > 0 && words.every(isAddress)
    ? words.map((src) => picture({ src }, call.isHtml)).join(" ")
    : undefined;
};

/** Anything that is shown in a frame or a player of its own. */
const framed: Render = (call) => {
  const url = sourceOf(call) ?? namedOf(call, "href", "link");
  return url === undefined ? undefined : embedUrl(url, namedOf(call, "title", "name", "caption"));
};

const anchor: Render = (call, tools) => {
  const { words } = call.args;
  const page = namedOf(call, "relref", "ref", "page");
  const written = page === undefined ? namedOf(call, "href", "url", "link", "to") : targetOf(page, tools);
  const target = written ?? words.find((word) => /^(?:https?:|mailto:|\/|\.|#)/.test(word));
  const own = call.body ?? namedOf(call, "text", "content", "label", "title", "name");
  const label = own ?? words.find((word) => word !== target);
  if (target === tools.lost) return label ?? "";
  if (target !== undefined) return link(target, label ?? inert(target));
  if (label !== undefined) tools.warn(`the target of ${tools.written} cannot be told`, "template-link");
  return label;
};

export const MEDIA = table(
  [EMBED_NAMES.join(" "), embedded],
  ["image img picture photo lazyimage responsiveimage staticimage nextimage screenshot blogimage", image],
  ["imgproc", processed],
  ["gallery carousel slider", gallery],
  ["figure fig", figureOf],
  ["video videoplayer html5video videojs", film],
  ["audio mp3 podcast audioplayer", sound],
  ["iframe embed oembed rawiframe pdf frame file", framed],
  ["link a button btn linkbutton nextlink anchor", anchor],
);

/** A call with no more than these arguments, as a tag makes of its own. */
export function callOf(call: Call, named: { readonly [name: string]: string | undefined }): Call {
  const given = Object.entries(named).flatMap(([name, value]) => (value ? [[name, value] as const] : []));
  return { ...call, args: { ...NO_ARGUMENTS, named: new Map(given) } };
}
