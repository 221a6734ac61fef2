/** Shortcodes of Hugo and of its themes, by key: those that all languages share, and Hugo's own. */
import { present } from "../../../base/optional.ts";
import type { Render } from "../types.ts";
import { namedOf, table, targetOf } from "./call.ts";
import { embed } from "./media/embeds.ts";
import { caption } from "./media/pictures.ts";
import { inert, link } from "./output.ts";
import { SHARED } from "./shared.ts";
import { fixOfPath, ownAt } from "./values/own.ts";

/** `{{< ref "file.md" >}}`: the address of a page that is named by its file. */
const ref: Render = (call, tools) => {
  const language = namedOf(call, "lang");
  return targetOf(namedOf(call, "path") ?? call.args.words[0] ?? "", tools, {
    sought: "page",
    ...present({ language }),
  });
};

/** A parameter of the page, or else of the site. */
const param: Render = (call, { context, warn, written }) => {
  const name = namedOf(call, "name") ?? call.args.words[0];
  if (name === undefined) return undefined;
  const value =
    context.values.get(name.toLowerCase()) ??
    ownAt(context.variables, name) ??
    ownAt(context.variables, `params.${name}`);
  if (value === undefined) warn(`${written} is not known to feeds`, "template-unknown", { fix: fixOfPath(name) });
  return value ?? "";
};

const qr: Render = (call) => {
  const text = call.body?.trim() || namedOf(call, "text");
  if (text === undefined) return undefined;
  return /^https?:\/\/\S+$/.test(text) ? link(text, inert(text)) : text;
};

/** A song by its address, or by its service and id. */
const music: Render = (call) => {
  const [server, kind, wordId] = call.args.words;
  const named = namedOf(call, "server");
  const id = namedOf(call, "id") ?? wordId;
  if ((named ?? server) === "netease" && id !== undefined) {
    return embed("netease", id, undefined, namedOf(call, "type") ?? kind);
  }
  const url = namedOf(call, "url", "auto") ?? call.args.words.find((word) => /^https?:|^\//.test(word));
  if (url === undefined) return server !== undefined && /^\d+$/.test(server) ? embed("netease", server) : undefined;
  const title = namedOf(call, "name", "title") ?? call.args.words[1];
  return link(url, inert(title ?? url));
};

const OWN = table(
  ["ref relref", ref],
  ["param", param],
  ["qr qrcode", qr],
  ["music", music],
  ["caption", caption],
  ["comment css js script jsx", () => ""],
);

export const SHORTCODES: ReadonlyMap<string, Render> = new Map([...SHARED, ...OWN]);
