/** A planned document → its bytes. */
import type { Entry, Item, PlannedDocument, Site } from "../model.ts";
import { FORMATS } from "./formats.ts";

/** The URL at which a public path is served. */
function publicUrl(path: string, site: Site): string {
  return site.feeds + path.split("/").map(encodeURIComponent).join("/");
}

/** Renders documents from `entries` (by input hash); an entry is serialised once, however many documents carry it. */
export function documentRenderer(
  site: Site,
  channelId: (channel: string) => string,
  entries: ReadonlyMap<string, Entry>,
): (document: PlannedDocument) => Uint8Array {
  const items = new Map<string, Item>();
  const encoder = new TextEncoder();

  return ({ path, format, window, updated }) => {
    const { channel } = window;
    const carried = window.records.map(({ facts }) => {
      const content = facts.content ?? channel.content;
      const known = items.get(`${content} ${facts.id}`);
      if (known) return known;
      const entry = entries.get(facts.inputHash);
      if (!entry) throw new Error(`the entry of ${facts.id} was not gathered`);
      const item = { facts, entry, content };
      items.set(`${content} ${facts.id}`, item);
      return item;
    });
    const document = {
      site,
      channel,
      id: channelId(channel.key),
      updated,
      self: publicUrl(path, site),
      items: carried,
    };
    return encoder.encode(FORMATS[format].render(document));
  };
}
