/** Pictures, figures and galleries, in every language of templates. */
import { withRoot } from "../../../files/rooted.ts";
import type { Call, Render, Tools } from "../../types.ts";
import { kept, namedOf } from "../call.ts";
import { block, bold, captioned, figure, link, picture } from "../output.ts";
import { isAddress, missing, sourceOf } from "./sources.ts";

export const image: Render = (call, tools) => {
  const src = rootedSource(call, tools);
  const isFigure = namedOf(call, "caption", "desc", "description", "legend", "link", "href") !== undefined;
  if (isFigure || call.body?.trim()) return figureOf(call, tools);
  if (src === undefined) return missing(call, tools);
  const title = namedOf(call, "title");
  return picture({ src, alt: namedOf(call, "alt") ?? call.args.words[1] ?? title, title }, call.isHtml);
};

export const figureOf: Render = (call, tools) => {
  const src = rootedSource(call, tools);
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

/** Hexo's tags put the root of the site before a path, as its Markdown does. What is no address may be a word of the site's own. */
function rootedSource(call: Call, tools: Tools): string | undefined {
  const src = sourceOf(call);
  return src === undefined || !isAddress(src) ? undefined : rooted(src, call, tools);
}

const rooted = (src: string, { kind }: Call, { context: { dialect, siteUrl } }: Tools): string =>
  dialect === "hexo" && kind === "tag" ? withRoot(siteUrl, src) : src;

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

/** `{{< imgproc address command options >}}caption{{< /imgproc >}}` of Docsy, a theme: the command is not the text. */
export const processed: Render = (call, tools) =>
  figureOf({ ...call, args: { ...call.args, words: call.args.words.slice(0, 1) } }, tools);

const PICTURE =
  /^((?:<a\s[^<>]*>\s*)?<img\s[^<>]*>(?:\s*<\/a>)?|\[?!\[[^[\]\n]*\]\([^()\n]*\)(?:\]\([^()\n]*\))?)\s*([\s\S]*)$/;

/** WordPress's `[caption]`: a picture, and words behind it. */
export const caption: Render = (call) => {
  const body = call.body?.trim() ?? "";
  const [, shown, words = ""] = PICTURE.exec(body) ?? [];
  if (shown === undefined) return kept;
  const isMarkdown = !shown.startsWith("<");
  const written = captioned(isMarkdown ? `\n\n${shown}\n\n` : shown, namedOf(call, "caption") ?? (words || undefined));
  return isMarkdown || call.isAlone ? block(written) : written;
};

/** A gallery lists addresses of pictures, or has pictures between its tags. */
export const gallery: Render = (call, tools) => {
  if (call.body !== undefined) return kept;
  const words = call.args.words.flatMap((word) => word.split(/,(?=\/|https?:)/));
  return words.length > 0 && words.every(isAddress)
    ? words.map((src) => picture({ src: rooted(src, call, tools) }, call.isHtml)).join(" ")
    : undefined;
};
