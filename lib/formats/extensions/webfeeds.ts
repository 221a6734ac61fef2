/** How Feedly shows a feed: a cover, an icon and the colour of links, those that the site has (webfeeds.org/rss/1.0). */
import { element, textElement, type XmlElement } from "../element.ts";
import type { RssSite } from "../types.ts";

export function webfeedsElements({ image, icon, favicon, accent }: RssSite): readonly XmlElement[] {
  return [
    ...(image === undefined ? [] : [element("webfeeds:cover", { image })]),
    ...textElement("webfeeds:icon", icon ?? favicon),
    ...textElement("webfeeds:accentColor", accent?.slice(1)), // without `#`
  ];
}
