/** An item in every format: what feeds are put together from. */
import { entryXml } from "./atom.ts";
import { itemJson } from "./json.ts";
import { itemXml } from "./rss.ts";
import type { Item, ItemForms, ItemSite } from "./types.ts";

export const formsOf = (item: Item, site: ItemSite): Pick<ItemForms, "rss" | "atom" | "json"> => ({
  rss: itemXml(item, site),
  atom: entryXml(item, site),
  json: itemJson(item, site),
});
