/** Pictures, links and players as the tags of Hexo, its themes, Jekyll and Octopress name them. */
import { partsOf } from "./arguments.ts";
import { namedOf, type Render, table, targetOf } from "./call.ts";
import { embed } from "./embeds.ts";
import { callOf, figureOf, image } from "./media.ts";
import { block, inert, link } from "./output.ts";
import { SHARED } from "./shared.ts";
import { joined } from "./urls.ts";

const ADDRESS = /^(?:[a-z]+:\/\/|\/|\.{1,2}\/|#|mailto:)\S*$/i;
const isFile = (word: string): boolean => /\.\w{2,5}(?:[?#]\S*)?$/.test(word) || ADDRESS.test(word);
const isFlag = (word: string): boolean => /^(?:true|false)$/.test(word);

/** `{% img [classes] address [width] [height] [title [alt]] %}`, where title and alt may share one pair of quotes. */
const octopressImage: Render = (call, tools) => {
  const { words, named, raw } = call.args;
  if (namedOf(call, "src", "path", "url") !== undefined) return image(call, tools);
  const at = words.findIndex(isFile);
  const rest = words.slice(at + 1);
  while (/^\d+(?:px|%)?$/.test(rest[0] ?? "")) rest.shift();
  // Without quotes all words are one title.
  const [title, alt] = /["',]/.test(raw) ? rest.flatMap(splitTitle) : [rest.join(" ")];
  return image(callOf(call, { src: words[at], alt: alt || title || named.get("alt"), title: alt && title }), tools);
};

function splitTitle(text: string): readonly string[] {
  const [, title, alt] = /^"([^"]*)"\s+"([^"]*)"$/.exec(text) ?? [];
  return title === undefined || alt === undefined ? [text] : [title, alt];
}

const SIZE = /^(?:width|height|bg|padding|download|ratio)\s*[=:]/;

/** `{% image address, words, width=300px %}`, `{% image address words %}`, and with quotes as other generators have it. */
const wordedImage: Render = (call, tools) => {
  const { raw, words } = call.args;
  const parts = partsOf(raw).filter((part) => !SIZE.test(part));
  if (/["']/.test(raw) || namedOf(call, "src", "url", "path") !== undefined) return image(call, tools);
  const [src, ...alt] = parts.length > 1 ? parts : words;
  return image(callOf(call, { src, alt: alt.join(parts.length > 1 ? ", " : " ") }), tools);
};

/** `{% picture preset address --alt words %}` */
const picture: Render = (call, tools) => {
  const { words, raw } = call.args;
  const src = words.find((word) => /\.(?:png|jpe?g|gif|webp|avif|svg)$/i.test(word));
  if (src === undefined || (!raw.includes("--") && words[0] === src)) return image(call, tools);
  return image(callOf(call, { src, alt: /--alt\s+([\s\S]*?)(?=\s--|$)/.exec(raw)?.[1] }), tools);
};

/** `{% asset_path a.png %}`: the address alone, beside the post. */
const assetPath: Render = ({ args }) => args.words[0];

const assetLink: Render = ({ args: { words } }) => {
  const [file, ...title] = words;
  return file === undefined ? undefined : link(file, inert(title.filter((word) => !isFlag(word)).join(" ") || file));
};

const postPath: Render = ({ args: { words } }, tools) => targetOf(words[0] ?? "", tools);

const postLink: Render = ({ args: { words } }, tools) => {
  const [file = "", ...rest] = words;
  const title = rest.filter((word) => !isFlag(word)).join(" ") || file.slice(file.lastIndexOf("/") + 1);
  const target = targetOf(file, tools);
  return target === tools.lost ? inert(title) : link(target, inert(title));
};

/** Jekyll's names one file; other tags of this name have words and an address. */
const linkTag: Render = (call, tools) => {
  const { words, named, raw } = call.args;
  const [only = ""] = words;
  if (words.length > 1 || named.size > 0 || raw.includes(",") || /^(?:https?:)?\/\//.test(only))
    return wordedLink(call, tools);
  if (tools.context.dialect === "hexo" || only === "") return undefined;
  const isPage = !isFile(only) || /\.(?:md|markdown|mkdn?|html?)(?:#.*)?$/i.test(only);
  return isPage ? targetOf(only, tools) : joined(tools.context.siteUrl, only);
};

/** Words and an address in either order, separated by commas or by spaces: `{% btn address, words, icon %}`. */
const wordedLink: Render = (call, tools) => {
  if (namedOf(call, "href", "url", "link") !== undefined) return SHARED.get("a")?.(call, tools);
  const { raw, words } = call.args;
  const bracketed = [...raw.matchAll(/\[([^[\]]*)\]/g)].map(([, part = ""]) => part);
  const parts = bracketed.length > 1 ? bracketed : partsOf(raw);
  const isByParts = parts.length > 1 && parts.some((part) => ADDRESS.test(part));
  const pieces = isByParts ? parts : words;
  const at = pieces.findIndex((piece) => ADDRESS.test(piece));
  const href = pieces[at];
  if (href === undefined) return undefined;
  const before = pieces.slice(0, at).filter((piece, i) => !(i === 0 && at > 1 && isByParts && isLook(piece)));
  const after = pieces.slice(at + 1).filter((piece) => !isFlag(piece));
  const [label] = [
    call.body?.trim(),
    before.join(isByParts ? ", " : " "),
    isByParts ? after[0] : after.join(" "),
    href,
  ].filter(Boolean);
  return link(href, inert(label ?? href));
};

/** How a button looks, which themes say before its words. */
const isLook = (part: string): boolean => part.split(/\s+/).every((word) => BUTTON_LOOKS.has(word));
const BUTTON_LOOKS = new Set([
  "regular",
  "center",
  "large",
  "wide",
  "fill",
  "round",
  "rounded",
  "padding",
  "default",
  "",
]);

/** `{% url_for words path %}` */
const urlFor: Render = ({ args: { words } }, { context }) => {
  const [label, path = label] = words;
  return label === undefined || path === undefined ? undefined : link(joined(context.siteUrl, path), inert(label));
};

/** A player that is given a title, an address, or both. */
const player: Render = ({ args: { words, named } }) => {
  const url = named.get("url") ?? named.get("src") ?? words.find((word) => ADDRESS.test(word)) ?? valueIn(words, "url");
  if (url === undefined) return undefined;
  const title = named.get("title") ?? named.get("name") ?? words.find((word) => word !== url && !word.includes("="));
  return link(url, inert(title ?? url));
};

/** `{% dplayer "url=…" %}` has its names within the quotes. */
const valueIn = (words: readonly string[], name: string): string | undefined =>
  words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);

/** `{% meting id server type %}` */
const meting: Render = ({ args: { words, named } }) => {
  const [id = named.get("id"), server = named.get("server"), kind = named.get("type") ?? "song"] = words;
  if (id === undefined || server !== "netease") return undefined;
  return embed("netease", id, undefined, kind);
};

/** A group of pictures that is a page of its own. */
const galleryGroup: Render = ({ args: { words } }) => {
  const [name, description, href] = words;
  return name === undefined || href === undefined ? undefined : block(`${link(href, inert(name))}\n\n${description}`);
};

/** Friends in YAML: of each the name and the address. */
const friends: Render = ({ body = "" }) => {
  const links = [...body.matchAll(/name:[ \t]*(\S.*)\n[ \t]*link:[ \t]*(\S+)/g)];
  return links.length === 0
    ? undefined
    : block(links.map(([, name = "", url = ""]) => `- ${link(url, inert(name))}`).join("\n"));
};

export const TAG_MEDIA = table(
  ["img assetimg lazyimage li fullimage fi inlineimg fancybox qnimg cdnimg imgcap", octopressImage],
  ["image inlineimage", wordedImage],
  ["picture", picture],
  ["figure", figureOf],
  ["assetpath", assetPath],
  ["assetlink", assetLink],
  ["posturl postpath", postPath],
  ["postlink", postLink],
  ["link", linkTag],
  ["button btn exturl extlink linkcard cell site", wordedLink],
  ["urlfor fullurlfor", urlFor],
  ["aplayer dplayer aplayerlrc", player],
  ["meting", meting],
  ["gallerygroup", galleryGroup],
  ["flink", friends],
);
