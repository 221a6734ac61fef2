/** An item in every format: what feeds are put together from. */
import { entryXml } from "./atom.ts";
import { itemJson } from "./json.ts";
import { itemXml } from "./rss.ts";
import type { Item, ItemSite, SerialisedItem } from "./types.ts";

export const serialiseItem = (item: Item, site: ItemSite): Pick<SerialisedItem, "rss" | "atom" | "json"> => ({
  rss: itemXml(item, site),
  atom: entryXml(item, site),
  json: itemJson(item, site),
});
