/** What pages show of a post above its text: films on other sites, and photos. */
import type { Post } from "../model.ts";
import { embedOf } from "./html/embeds.ts";
import { makeFeedSafe } from "./html/html.ts";
import { readdressed } from "./html/readdressed.ts";
import { linksIn } from "./html/reading.ts";
import { normalised } from "./target.ts";
import { embedUrl } from "./templates/meaning/media/embeds.ts";
import { element } from "./templates/meaning/output.ts";

/** Feed-safe HTML with these before it, but for what it shows already. */
export function withAbove(html: string, { above, url }: Pick<Post, "above" | "url">): string {
  if (above === undefined) return html;
  const shown = shownIn(html);
  const lines = above.map((each) => {
    const address = addressOf(each.url);
    if (shown.has(address)) return "";
    shown.add(address);
    return `<p>${each.medium === "film" ? embedUrl(each.url) : element("img", { src: each.url, alt: each.alt ?? "" })}</p>`;
  });
  return [...lines.map((line) => makeFeedSafe(line, url).html), html].filter((part) => part !== "").join("\n");
}

/** A picture is shown where it is loaded, or where a smaller one leads to it; a film where a link leads to it. */
function shownIn(html: string): Set<string> {
  const links = linksIn(html).links.filter(({ href, inner }) => inner.includes("<img ") || embedOf(href)?.provider);
  const shown = new Set(links.map(({ href }) => addressOf(href)));
  readdressed(html, (address, attribute) => {
    if (attribute !== "href") shown.add(addressOf(address));
    return address;
  });
  return shown;
}

/** Of a film that of its page, from wherever it is to be played. */
function addressOf(url: string): string {
  const embed = embedOf(url);
  const address = embed?.provider ? embed.href.replace(/&[\s\S]*|\?(?!v=|list=|p=)[\s\S]*/, "") : url;
  return normalised(address) ?? address;
}
