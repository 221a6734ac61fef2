/** The way up from a page: the site itself, the page of its feeds, and the categories above. */
import { type Html, html } from "../../base/html.ts";
import type { PageDocument } from "../types.ts";
import { shownAddress } from "./address.ts";
import type { PageLocale } from "./locale.ts";
import { fitting, shorten, sizeOf } from "./text.ts";

/** In characters. */
const NAME = 60;
/** Of links to the categories above: the nearest stay. */
const PARENTS_BYTES = 2_000;

/** The site's own page has the site's title below, and so the address here. */
export function wayMarkup({ site, up, parents }: PageDocument, locale: PageLocale): Html {
  const { words, phrase, languageAttributes } = locale;
  const lang = languageAttributes(site.language);
  const picture = site.icon ?? site.favicon;
  const icon = picture === undefined ? "" : html`<img src="${picture}" alt="" width="32" height="32"/>`;
  const home =
    up === undefined
      ? html`<span dir="ltr">${addressOf(site.url)}</span>`
      : html`<span${lang}>${shorten(site.title, NAME)}</span>`;
  const feeds = up === undefined ? "" : html`<li><a href="${up}">${phrase(words.feeds)}</a></li>\n`;
  return html`<nav><ol>
<li><a href="${site.url}">${icon}${home}</a></li>
${feeds}${parentsMarkup(parents)}</ol></nav>
`;
}

function parentsMarkup(parents: PageDocument["parents"]): readonly Html[] {
  const links = parents.map(({ name, href }) => html`<li><a href="${href}">${shorten(name, NAME)}</a></li>\n`);
  return fitting(links.toReversed(), PARENTS_BYTES, sizeOf).toReversed();
}

/** Without the scheme. */
export function addressOf(url: string): string {
  const { start, end } = shownAddress(url);
  return shorten((start + end).replace(/^https?:\/\/|\/$/g, ""), NAME);
}
