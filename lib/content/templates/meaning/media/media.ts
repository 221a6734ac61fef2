/** The table of pictures, films, sound, embeds and links by name. */
import type { Render } from "../../types.ts";
import { namedOf, table, targetOf } from "../call.ts";
import { inert, link } from "../output.ts";
import { EMBED_NAMES, embed, embedUrl } from "./embeds.ts";
import { figureOf, gallery, image, processed } from "./pictures.ts";
import { film, sound } from "./players.ts";
import { sourceOf } from "./sources.ts";

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
  // `{% youtube "id", "a title" %}`: a second word with a space in it is a title.
  return embed(
    key,
    reference,
    title ?? (second?.includes(" ") ? second : undefined),
    user ?? namedOf(call, "type") ?? second,
  );
};

/** An address that is shown in a frame. */
const framed: Render = (call) => {
  const url = sourceOf(call) ?? namedOf(call, "href", "link") ?? /^\s*(https?:\S+)\s*$/.exec(call.body ?? "")?.[1];
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
  if (label !== undefined) tools.warn(`the target of ${tools.written} is not known`, "template-link");
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
