/** Live streams as `podcast:liveItem` (podcast namespace). Each is an ordinary item as well, for other readers. */
import { escapeText } from "../../base/text.ts";
import { idIn } from "../../channels/identity.ts";
import { element, textElement, type XmlElement } from "../element.ts";
import type { Item } from "../types.ts";
import { formElement, personElement, picture } from "./podcast.ts";

/** Apps identify items by their guid, so that the live item needs another than its ordinary item. */
const streamId = (id: string): string => `${id}${id.includes("#") ? "-" : "#"}live`;

export function liveElements({ facts, entry, live: status }: Item): readonly XmlElement[] {
  const { title, summary, live } = entry;
  if (!live || !status) return [];
  const { start, end, url, type } = live;
  const isPage = /^(?:text\/html|application\/xhtml\+xml)\b/.test(type);
  return [
    element("podcast:liveItem", { status, start, end }, [
      ...textElement("title", title),
      ...textElement("description", summary && escapeText(summary)), // an RSS description is HTML
      element("link", {}, facts.url),
      element("guid", { isPermaLink: "false" }, streamId(idIn("rss", facts))),
      ...picture(entry.image),
      ...(entry.episode?.persons ?? []).map(personElement),
      // Apps cannot play a web page: it is linked, not enclosed.
      ...(isPage ? [] : [element("enclosure", { url, length: 0, type })]),
      ...(isPage ? [] : [formElement({ url, type, length: 0 }, true)]),
      element("podcast:contentLink", { href: isPage ? url : facts.url }, title || facts.url),
    ]),
  ];
}
