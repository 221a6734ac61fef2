/** A planned document → its bytes. */
import { present } from "../base/optional.ts";
import { atomPieces } from "./atom.ts";
import { renderAutodiscovery } from "./autodiscovery.ts";
import { jsonPieces } from "./json.ts";
import { renderList } from "./list.ts";
import { renderOpml } from "./opml.ts";
import { renderPage } from "./page.ts";
import { bytesOf, type Piece } from "./pieces.ts";
import { rssPieces } from "./rss.ts";
import type { HeldEntry, Item, PlannedDocument, PlannedItem, PlannedPageItem } from "./types.ts";

/** By input hash. */
type Entries = ReadonlyMap<string, HeldEntry>;

/** Renders documents; an entry is serialised once a format, however many documents carry it. */
export function documentRenderer(entries: Entries): (document: PlannedDocument) => Uint8Array {
  const render = documentPieces(entries);
  return (document) => bytesOf(render(document));
}

/** The same in pieces, which documents share. */
export function documentPieces(entries: Entries): (document: PlannedDocument) => readonly Piece[] {
  const held = ({ inputHash, facts }: PlannedPageItem): HeldEntry => {
    const entry = entries.get(inputHash);
    if (!entry) throw new Error(`the entry of ${facts.url} was not loaded`);
    return entry;
  };
  const inFeeds = (items: readonly PlannedItem[]) => items.map((item) => feedItem(item, held(item)));
  const onPages = (items: readonly PlannedPageItem[]) => items.map((item) => ({ ...item, entry: held(item).entry }));

  let copied: { readonly document: PlannedDocument; readonly pieces: readonly Piece[] } | undefined;

  const render = ({ source }: PlannedDocument): readonly Piece[] => {
    switch (source.as) {
      case "copy": {
        // Copies of one document follow each other.
        if (copied?.document !== source.of) copied = { document: source.of, pieces: render(source.of) };
        return copied.pieces;
      }
      case "host":
        return [source.text];
      case "opml":
        return [renderOpml(source.document)];
      case "list":
        return [renderList(source.document)];
      case "head":
        return [renderAutodiscovery(source.document)];
      case "page": {
        const { items, streams, ...page } = source.document;
        return [renderPage({ ...page, items: onPages(items), streams: onPages(streams) })];
      }
      case "rss":
        return rssPieces({ ...source.document, items: inFeeds(source.document.items) });
      case "atom":
        return atomPieces({ ...source.document, items: inFeeds(source.document.items) });
      case "json":
        return jsonPieces({ ...source.document, items: inFeeds(source.document.items) });
    }
  };
  return render;
}

type FeedItem = PlannedItem & Item;

const made = new WeakMap<HeldEntry, readonly FeedItem[]>();

/**
 * The same item is the same object, by which each format memoises what it made of it (`item.ts`): for as long as the entry is in
 * the warm cache, which may be several runs.
 */
function feedItem(item: PlannedItem, held: HeldEntry): FeedItem {
  const known = made.get(held)?.filter(({ facts }) => facts === item.facts) ?? [];
  const same = known.find(({ digest }) => digest === item.digest);
  if (same) return same;
  const { serialised } = held;
  const whole = {
    ...item,
    ...present({ serialised: serialised?.digest === item.digest ? serialised : undefined }),
    // Not decoded where all that asks for it has the item serialised.
    get entry() {
      return held.entry;
    },
  };
  made.set(held, [...known, whole]);
  return whole;
}
