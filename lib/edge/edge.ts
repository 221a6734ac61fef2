/** Site → what the edge knows of it: plain data, small enough to be inlined in an edge function. */
import type { Alias, Retired, Site } from "../site/types.ts";
import { type EdgeAlias, isUrl, paramsOf } from "./address.ts";
import type { Edge, EdgeFolder } from "./folders.ts";

export function edgeOf(site: Site): Edge {
  const { feeds, url, hubs, cacheControl, aliases, retired } = site;
  return {
    feeds,
    hubs,
    cacheControl,
    base: decoded(new URL(feeds).pathname),
    home: decoded(new URL(url).pathname),
    folders: foldersOf(site),
    aliases: [...retired.map(edgeRetired), ...aliases.map(edgeAlias)],
  };
}

function foldersOf({ formats, pages, channels, kinds, archives }: Site): readonly EdgeFolder[] {
  const folder = (path: string, rule: Pick<EdgeFolder, "formats">, below: boolean): EdgeFolder => {
    return { path, below, formats: rule.formats, hasPage: pages };
  };
  return [
    folder("", { formats }, false),
    ...channels.map((channel) => folder(`${channel.path}/`, channel, false)),
    ...Object.entries(kinds).map(([kind, rule]) => folder(`${kind}/`, rule, true)),
    ...(archives ? [{ ...folder("archive/", { formats }, true), hasPage: false }] : []),
  ];
}

function edgeAlias({ from, to }: Alias): EdgeAlias {
  const [path = "", query = ""] = from.split("?");
  const [target = ""] = to.split("?");
  return {
    path: decoded(path).replace(/^\/+|\/+$/g, ""),
    query: paramsOf(query),
    to: decoded(target)
      .replace(/^\/+/, "")
      .replace(/(^|\/)$/, "$1index.html"),
  };
}

function edgeRetired({ from, to }: Retired): EdgeAlias {
  if (to === undefined) return { ...edgeAlias({ from, to: "" }), to: "", as: 410 };
  return isUrl(to) ? { ...edgeAlias({ from, to: "" }), to, as: 301 } : { ...edgeAlias({ from, to }), as: 301 };
}

/** As written where it is not percent-encoded, such as `100%`. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path).normalize("NFC");
  } catch {
    return path.normalize("NFC");
  }
}
