/** An entry in the documents that are published: which channels carry it, and its item in each format. */
import { apart } from "../../channels/apart.ts";
import type { Window } from "../../channels/types.ts";
import { selectWindows } from "../../channels/windows.ts";
import { fileOf } from "../../formats/files.ts";
import type { Facts, Format, Instant } from "../../model.ts";
import type { Site } from "../../site/types.ts";
import type { Catalog } from "../../state/types.ts";
import { readObject, type Store } from "../../stores/store.ts";
import { type FeedItem, jsonItem, xmlItem } from "./item.ts";

/** An item, and the document that it is in. */
export interface PublishedItem extends FeedItem {
  readonly format: Format;
  /** Of the document. */
  readonly path: string;
}

/** Every channel that carries the post now, the site's first. */
export function channelsOf(
  key: string,
  { catalog, site, now }: { readonly catalog: Catalog; readonly site: Site; readonly now: Instant },
): readonly Window[] {
  const { records, gone, channels } = catalog;
  const selected = selectWindows({ records, gone, site, now, published: channels });
  const { windows } = apart(selected, site, (channel) => channels[channel] !== undefined);
  return windows.filter((window) => window.records.some((record) => record.key === key));
}

/** From the first channel that has each format. */
export async function readPublished(
  { id, ids }: Facts,
  { windows, site, store }: { readonly windows: readonly Window[]; readonly site: Site; readonly store: Store },
): Promise<readonly PublishedItem[]> {
  const items = await Promise.all(
    (["rss", "atom", "json"] as const).map(async (format): Promise<readonly PublishedItem[]> => {
      const channel = windows.map((window) => window.channel).find(({ formats }) => formats.includes(format));
      if (!channel) return [];
      const path = channel.path + fileOf(format, site);
      const object = await readObject(store, path);
      if (!object) return [];
      const text = new TextDecoder().decode(object.body);
      const found = format === "json" ? jsonItem(text, ids?.json ?? id) : xmlItem(text, ids?.[format] ?? id);
      return found ? [{ format, path, ...found }] : [];
    }),
  );
  return items.flat();
}
