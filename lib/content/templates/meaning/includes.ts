/** `{% include file.html key="value" %}` of Jekyll and others: the file is not read, but its name may be known. */
import { keyOf } from "../syntax/names.ts";
import type { Render } from "../types.ts";
import { SHARED } from "./shared.ts";
import { linkOf } from "./unknown.ts";

export const INCLUDES: ReadonlySet<string> = new Set([
  "include",
  "includecached",
  "includerelative",
  "render",
  "partial",
]);

const TELLING = new Set([
  "figure",
  "image",
  "img",
  "picture",
  "photo",
  "youtube",
  "vimeo",
  "video",
  "audio",
  "gist",
  "tweet",
  "twitter",
  "codepen",
  "spotify",
  "soundcloud",
  "bilibili",
  "button",
  "note",
  "tip",
  "warning",
  "info",
  "alert",
  "callout",
  "important",
  "danger",
  "notice",
  "caution",
  "toc",
  "iframe",
  "embed",
]);

/** By the words of the file's name: `embeds/youtube-player.html` shows what `{% youtube %}` shows. */
export const include: Render = (call, tools) => {
  const [file = "", ...words] = call.args.words;
  const name =
    file
      .split("/")
      .at(-1)
      ?.replace(/\.\w+$/, "") ?? "";
  const key = name
    .split(/[-_.]|(?<=[a-z])(?=[A-Z])/)
    .map(keyOf)
    .find((word) => TELLING.has(word));
  const render = key === undefined ? undefined : SHARED.get(key);
  const output = key && render?.({ ...call, key, args: { ...call.args, words, raw: "" } }, tools);
  if (output !== undefined) return output;
  const shown = linkOf({ ...call, args: { ...call.args, words } }, tools);
  if (shown !== undefined) return shown;
  tools.warn(`${tools.written} names a file that feeds do not read`, "template-unknown", {
    subject: `file ${file}`,
    hasLinks: true,
  });
  return "";
};
