/** Links and players as the tags of Hexo, its themes, Jekyll and Octopress name them. */
import { words } from "../../../../base/text.ts";
import { titleOfMark } from "../../../links/marks.ts";
import { partsOf } from "../../syntax/arguments.ts";
import type { Render } from "../../types.ts";
import { namedOf, table, targetOf } from "../call.ts";
import { embed } from "../media/embeds.ts";
import { ADDRESS, isFile, isFlag } from "../media/sources.ts";
import { block, inert, link } from "../output.ts";
import { SHARED } from "../shared.ts";
import { joined } from "../values/urls.ts";

const assetLink: Render = ({ args: { words } }) => {
  const [file, ...title] = words;
  return file === undefined ? undefined : link(file, inert(title.filter((word) => !isFlag(word)).join(" ") || file));
};

const postPath: Render = ({ args: { words } }, tools) => targetOf(words[0] ?? "", tools);

const postLink: Render = ({ args: { words } }, tools) => {
  const [file = "", ...rest] = words;
  const title = rest.filter((word) => !isFlag(word)).join(" ");
  if (title !== "") return link(targetOf(file, tools), inert(title));
  const target = targetOf(file, tools, { titled: true });
  return target === tools.lost ? "" : link(target, titleOfMark(target));
};

/** `{% link file %}` of Jekyll names one file; tags of this name elsewhere have words and an address. */
const linkTag: Render = (call, tools) => {
  const { words, named, raw } = call.args;
  const [only = ""] = words;
  if (words.length > 1 || named.size > 0 || raw.includes(",") || /^(?:https?:)?\/\//.test(only))
    return wordedLink(call, tools);
  if (tools.context.dialect === "hexo" || only === "") return undefined;
  const isPage = !isFile(only) || /$(?<=\.(?:md|markdown|mkdn?|mkdown|mdown|html?)(?:#.*)?)/i.test(only);
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

/** Words for how a button looks, which some themes put before its text. */
const isLook = (part: string): boolean => part.split(/\s+/).every((word) => BUTTON_LOOKS.has(word));
const BUTTON_LOOKS = new Set([...words("regular center large wide fill round rounded padding default"), ""]);

/** `{% url_for words path %}` */
const urlFor: Render = ({ args: { words } }, { context }) => {
  const [label, path = label] = words;
  return label === undefined || path === undefined ? undefined : link(joined(context.siteUrl, path), inert(label));
};

/** A player of a file with an address, shown as a link. */
const player: Render = ({ args: { words, named } }) => {
  const url = named.get("url") ?? named.get("src") ?? words.find((word) => ADDRESS.test(word)) ?? valueIn(words, "url");
  if (url === undefined) return undefined;
  const title = named.get("title") ?? named.get("name") ?? words.find((word) => word !== url && !word.includes("="));
  return link(url, inert(title ?? url));
};

/** `{% dplayer "url=…" %}` has the name within the quotes. */
const valueIn = (words: readonly string[], name: string): string | undefined =>
  words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);

/** `{% meting id server type %}` */
const meting: Render = ({ args: { words, named } }) => {
  const [id = named.get("id"), server = named.get("server"), kind = named.get("type") ?? "song"] = words;
  if (id === undefined || server !== "netease") return undefined;
  return embed("netease", id, undefined, kind);
};

/** Links to friends, listed in YAML with their names and addresses. */
const friends: Render = ({ body = "" }) => {
  const lines = body.split("\n");
  const links = lines.flatMap((line, i) => {
    const at = line.indexOf("name:");
    const name = at < 0 ? "" : line.slice(at + 5).replace(/^[ \t]+/, "");
    const [, url] = /^[ \t]*link:[ \t]*(\S+)/.exec(name === "" ? "" : (lines[i + 1] ?? "")) ?? [];
    return url === undefined ? [] : [`- ${link(url, inert(name))}`];
  });
  return links.length === 0 ? undefined : block(links.join("\n"));
};

export const TAG_LINKS = table(
  ["assetlink", assetLink],
  ["posturl postpath", postPath],
  ["postlink", postLink],
  ["link", linkTag],
  ["button btn exturl extlink linkcard cell site", wordedLink],
  ["urlfor fullurlfor", urlFor],
  ["aplayer dplayer aplayerlrc", player],
  ["meting", meting],
  ["flink", friends],
);
