/** What a person wants to know of a site's documents: how many each kind of channel has, and where the main ones are. */
import { present } from "../base/optional.ts";
import { folderOf } from "../base/paths.ts";
import type { Channel } from "../channels/types.ts";
import { keyOfFolder, publicUrl } from "../channels/urls.ts";
import { fileOf } from "../formats/files.ts";
import type { DocumentSource } from "../formats/types.ts";
import type { Site } from "../site/types.ts";
import type { DocumentCount, Plan, Report, SiteOverview } from "./types.ts";

/** A podcast is for its directories, which read RSS. */
export function siteOverview(site: Site, windows: Plan["windows"]): SiteOverview {
  const { title, podcast, formats, pages } = site;
  const format = podcast?.channel === "site" && formats.includes("rss") ? "rss" : formats[0];
  const at = (path: string) => ({ path, url: publicUrl(path, site) });
  return {
    title,
    entries: windows.find(({ channel }) => channel.kind === "site")?.total ?? 0,
    ...present({ page: pages ? at(fileOf("page", site)) : undefined }),
    ...present({ feed: format && at(fileOf(format, site)) }),
  };
}

/** In the order of the plan: the site first. */
export function countDocuments(
  { documents, windows }: Pick<Plan, "documents" | "windows">,
  { put, removed }: Pick<Report, "put" | "removed">,
  site: Site,
): readonly DocumentCount[] {
  const counts = new Map<string, { channels: number; documents: number; put: number; removed: number }>();
  const of = (kind: string) => {
    const found = counts.get(kind) ?? { channels: 0, documents: 0, put: 0, removed: 0 };
    counts.set(kind, found);
    return found;
  };
  for (const { channel } of windows) of(kindOf(channel, site)).channels += 1;
  const wasPut = new Set(put.map(({ path }) => path));
  const kinds = new Map<string, string>();
  for (const { path, source } of documents) {
    const kind = kindOfSource(source, site);
    of(kind).documents += 1;
    if (wasPut.has(path)) kinds.set(path, kind);
  }
  for (const { path } of put) of(kinds.get(path) ?? kindAt(path, site)).put += 1;
  for (const { path } of removed) of(kindAt(path, site)).removed += 1;
  return [...counts].map(([kind, count]) => ({ kind, ...count }));
}

/** The site itself may be the podcast. */
function kindOf({ key, kind }: Pick<Channel, "key" | "kind">, { podcast }: Site): string {
  return podcast?.channel === key && kind !== "site" ? "podcast" : kind;
}

function kindOfSource(source: DocumentSource, site: Site): string {
  if ("window" in source) return kindOf(source.window.channel, site);
  return { opml: "lists", list: "lists", head: "lists", host: "host", copy: "copies" }[source.as];
}

/** Of a document that is no more; a copy of a feed is told by its folder as well. */
function kindAt(path: string, site: Site): string {
  const key = keyOfFolder(folderOf(path), site);
  const [kind = ""] = key.split("/");
  return kindOf(
    { key, kind: kind === "archive" || kind === "site" || Object.hasOwn(site.kinds, kind) ? kind : "channels" },
    site,
  );
}
