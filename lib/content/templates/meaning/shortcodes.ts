/** Shortcodes of Hugo and of its themes, by key: those that all languages share, and Hugo's own. */
import { present } from "../../../base/optional.ts";
import type { Render } from "../types.ts";
import { namedOf, table, targetOf } from "./call.ts";
import { embed } from "./media/embeds.ts";
import { inert, link } from "./output.ts";
import { SHARED } from "./shared.ts";

/** `{{< ref "file.md" >}}`: the address of a page that is named by its file. */
const ref: Render = (call, tools) => {
  const language = namedOf(call, "lang");
  return targetOf(namedOf(call, "path") ?? call.args.words[0] ?? "", tools, {
    sought: "page",
    ...present({ language }),
  });
};

const param: Render = (call, { context }) =>
  context.values.get((namedOf(call, "name") ?? call.args.words[0] ?? "").toLowerCase());

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
  ["comment css js script jsx", () => ""],
);

export const SHORTCODES: ReadonlyMap<string, Render> = new Map([...SHARED, ...OWN]);
