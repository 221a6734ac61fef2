/** A planned document → its bytes. */
import type { Entry } from "../model.ts";
import { atomPieces } from "./atom.ts";
import { renderAutodiscovery } from "./autodiscovery.ts";
import { jsonPieces } from "./json.ts";
import { renderList } from "./list.ts";
import { renderOpml } from "./opml.ts";
import { renderPage } from "./page.ts";
import { bytesOf, encoded } from "./pieces.ts";
import { rssPieces } from "./rss.ts";
import type { Item, PlannedDocument, PlannedItem, PlannedPageItem } from "./types.ts";

/** By input hash. */
type Entries = ReadonlyMap<string, Entry>;

/** Renders documents; an entry is serialised once a format, however many documents carry it. */
export function documentRenderer(entries: Entries): (document: PlannedDocument) => Uint8Array {
  const entryOf = ({ inputHash, facts }: PlannedPageItem): Entry => {
    const entry = entries.get(inputHash);
    if (!entry) throw new Error(`the entry of ${facts.url} was not loaded`);
    return entry;
  };
  const inFeeds = (items: readonly PlannedItem[]) => items.map((item) => feedItem(item, entryOf(item)));
  const onPages = (items: readonly PlannedPageItem[]) => items.map((item) => ({ ...item, entry: entryOf(item) }));

  let copied: { readonly document: PlannedDocument; readonly body: Uint8Array } | undefined;

  const render = ({ source }: PlannedDocument): Uint8Array => {
    switch (source.as) {
      case "copy": {
        // Copies of one document follow each other.
        if (copied?.document !== source.of) copied = { document: source.of, body: render(source.of) };
        return copied.body;
      }
      case "host":
        return encoded(source.text);
      case "opml":
        return encoded(renderOpml(source.document));
      case "list":
        return encoded(renderList(source.document));
      case "head":
        return encoded(renderAutodiscovery(source.document));
      case "page": {
        const { items, streams, ...page } = source.document;
        return encoded(renderPage({ ...page, items: onPages(items), streams: onPages(streams) }));
      }
      case "rss":
        return bytesOf(rssPieces({ ...source.document, items: inFeeds(source.document.items) }));
      case "atom":
        return bytesOf(atomPieces({ ...source.document, items: inFeeds(source.document.items) }));
      case "json":
        return bytesOf(jsonPieces({ ...source.document, items: inFeeds(source.document.items) }));
    }
  };
  return render;
}

type FeedItem = PlannedItem & Item;

const made = new WeakMap<Entry, readonly FeedItem[]>();

/**
 * The same item is the same object, by which each format memoises what it made of it (`item.ts`): for as long as the entry is in
 * the warm cache, which may be several runs.
 */
function feedItem(item: PlannedItem, entry: Entry): FeedItem {
  const known = made.get(entry)?.filter(({ facts }) => facts === item.facts) ?? [];
  const same = known.find(({ print }) => print === item.print);
  if (same) return same;
  const whole = { ...item, entry };
  made.set(entry, [...known, whole]);
  return whole;
}
