/** A planned document → its bytes. */
import { present } from "../base/optional.ts";
import type { Window } from "../channels/types.ts";
import type { Entry, Format } from "../model.ts";
import type { Site } from "../site/types.ts";
import { atomPieces } from "./atom.ts";
import { renderAutodiscovery } from "./autodiscovery.ts";
import { directoryOf, feedDocument, type ItemsOf, pageDocument } from "./inputs.ts";
import { jsonPieces } from "./json.ts";
import { renderList } from "./list.ts";
import { renderOpml } from "./opml.ts";
import { renderPage } from "./page.ts";
import { bytesOf, encoded, type Piece } from "./pieces.ts";
import { rssPieces } from "./rss.ts";
import type { Directory, FeedDocument, Item, PlannedDocument } from "./types.ts";

export interface RendererInput {
  readonly site: Site;
  readonly channelId: (channel: string) => string;
  readonly podcastGuid: string;
  /** By input hash. */
  readonly entries: ReadonlyMap<string, Entry>;
  readonly windows: readonly Window[];
}

const FEED_RENDERERS: { readonly [format in Format]: (document: FeedDocument) => readonly Piece[] } = {
  rss: rssPieces,
  atom: atomPieces,
  json: jsonPieces,
};

const DIRECTORY_RENDERERS: { readonly [form in "opml" | "list" | "head"]: (directory: Directory) => string } = {
  opml: renderOpml,
  list: renderList,
  head: renderAutodiscovery,
};

/** Renders documents; an entry is serialised once a format, however many documents carry it. */
export function documentRenderer(input: RendererInput): (document: PlannedDocument) => Uint8Array {
  const { site, windows } = input;
  const itemsOf = itemsFrom(input.entries);
  let directory: Directory | undefined;
  const toDirectory = () => {
    directory ??= directoryOf(windows, site);
    return directory;
  };

  let copied: { readonly document: PlannedDocument; readonly body: Uint8Array } | undefined;

  const render = ({ source, path, updated }: PlannedDocument): Uint8Array => {
    switch (source.as) {
      case "copy": {
        // Copies of one document follow each other.
        if (copied?.document !== source.of) copied = { document: source.of, body: render(source.of) };
        return copied.body;
      }
      case "host":
        return encoded(source.text);
      case "opml":
      case "list":
      case "head":
        return encoded(DIRECTORY_RENDERERS[source.as](toDirectory()));
      case "page": {
        const { channel } = source.window;
        const shown = channel.kind === "site" ? toDirectory() : undefined;
        return encoded(renderPage(pageDocument(source.window, itemsOf, site, shown)));
      }
      default: {
        const document = feedDocument({ format: source.as, window: source.window, path, updated }, itemsOf, input);
        return bytesOf(FEED_RENDERERS[source.as](document));
      }
    }
  };
  return render;
}

/**
 * The items of each entry, memoised by identity: for as long as the entry is in the warm cache, which may be several
 * runs.
 */
const itemsByEntry = new WeakMap<Entry, readonly Item[]>();

/** The same item is the same object, by which each format memoises what it made of it (`item.ts`). */
function itemsFrom(entries: ReadonlyMap<string, Entry>): ItemsOf {
  return ({ channel, records, live }, some = records) =>
    some.map(({ facts }) => {
      const content = facts.content ?? channel.content;
      const status = live[facts.id];
      const entry = entries.get(facts.inputHash);
      if (!entry) throw new Error(`the entry of ${facts.id} was not loaded`);
      const cached = itemsByEntry.get(entry)?.filter((item) => item.facts === facts) ?? [];
      const same = cached.find((item) => item.content === content && item.live === status);
      if (same) return same;
      const item = { facts, entry, content, ...present({ live: status }) };
      itemsByEntry.set(entry, [...cached, item]);
      return item;
    });
}
