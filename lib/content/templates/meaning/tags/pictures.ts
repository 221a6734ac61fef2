/** Pictures as the tags of Hexo, its themes, Jekyll and Octopress name them. */
import { partsOf } from "../../syntax/arguments.ts";
import type { Render } from "../../types.ts";
import { callOf, namedOf, table } from "../call.ts";
import { figureOf, image } from "../media/pictures.ts";
import { isFile } from "../media/sources.ts";
import { block, inert, link } from "../output.ts";

/** `{% img [classes] address [width] [height] [title [alt]] %}`, where title and alt may share one pair of quotes. */
const octopressImage: Render = (call, tools) => {
  const { words, named, raw } = call.args;
  if (namedOf(call, "src", "path", "url") !== undefined) return image(call, tools);
  const at = words.findIndex(isFile);
  const rest = words.slice(at + 1);
  while (/^\d+(?:px|%)?$/.test(rest[0] ?? "")) rest.shift();
  // Without quotes, all words are one title.
  const [title, alt] = /["',]/.test(raw) ? rest.flatMap(splitTitle) : [rest.join(" ")];
  return image(callOf(call, { src: words[at], alt: alt || title || named.get("alt"), title: alt && title }), tools);
};

function splitTitle(text: string): readonly string[] {
  const [, title, alt] = /^"([^"]*)"\s+"([^"]*)"$/.exec(text) ?? [];
  return title === undefined || alt === undefined ? [text] : [title, alt];
}

/** `name=value`, or `name:value` of those that only say how it looks. */
const NAMED = /^(?:(?:width|height|bg|padding|download|ratio)\s*[=:]|[a-z]+\s*=)/;

/** `{% image address, words, width=300px, alt=words %}`, `{% image address words %}`, or quoted as in other generators. */
const wordedImage: Render = (call, tools) => {
  const { raw, words } = call.args;
  const parts = partsOf(raw);
  if (/["']/.test(raw) || namedOf(call, "src", "url", "path") !== undefined) return image(call, tools);
  const [src, ...rest] = parts.length > 1 ? parts : words;
  const alt = parts.find((part) => /^alt\s*=/.test(part))?.replace(/^alt\s*=\s*/, "") ?? namedOf(call, "alt");
  const others = rest.filter((part) => !NAMED.test(part)).join(parts.length > 1 ? ", " : " ");
  return image(callOf(call, { src, alt: alt || others }), tools);
};

/** `{% picture preset address --alt words %}` */
const picture: Render = (call, tools) => {
  const { words, raw } = call.args;
  const src = words.find((word) => /\.(?:png|jpe?g|gif|webp|avif|svg)$/i.test(word));
  if (src === undefined || (!raw.includes("--") && words[0] === src)) return image(call, tools);
  return image(callOf(call, { src, alt: /--alt\s+([\s\S]*?)(?=\s--|$)/.exec(raw)?.[1] }), tools);
};

/** `{% asset_path a.png %}`: the address of a file beside the post. */
const assetPath: Render = ({ args }) => args.words[0];

/** A link to a page of pictures. */
const galleryGroup: Render = ({ args: { words } }) => {
  const [name, description, href] = words;
  return name === undefined || href === undefined ? undefined : block(`${link(href, inert(name))}\n\n${description}`);
};

export const TAG_PICTURES = table(
  ["img assetimg lazyimage li fullimage fi inlineimg fancybox qnimg cdnimg imgcap", octopressImage],
  ["image inlineimage", wordedImage],
  ["picture", picture],
  ["figure", figureOf],
  ["assetpath", assetPath],
  ["gallerygroup", galleryGroup],
);
