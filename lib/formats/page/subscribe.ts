/** How one subscribes to the page's channel: one address first, what opens it, its QR code, and the other formats. */
import { type Html, html } from "../../base/html.ts";
import type { FeedLink, PageDocument } from "../types.ts";
import { inOrder, shownAddress } from "./address.ts";
import { FEED_NAMES, feedsAsOrdered } from "./feeds.ts";
import type { PageLocale } from "./locale.ts";
import { qrMarkup } from "./qr.ts";
import { isPublic, readersOf } from "./readers.ts";

export function subscribeMarkup({ feeds, isPodcast }: PageDocument, locale: PageLocale): Html {
  const { words, phrase } = locale;
  const ordered = feedsAsOrdered(feeds, isPodcast);
  const [first, ...others] = ordered;
  return html`<section aria-labelledby="subscribe">
<h2 id="subscribe">${phrase(words.subscribe)}</h2>
<p class="how">${phrase(isPodcast ? words.aboutPodcasts : words.aboutFeeds)}</p>
<div class="panel">
<ul class="feeds">
${first ? rowMarkup(first, locale) : ""}</ul>
${openMarkup(ordered, isPodcast, locale)}${first ? scanMarkup(first, locale) : ""}</div>
${others.length > 0 ? othersMarkup(others, locale) : ""}<p class="far" role="status"></p>
</section>`;
}

/** The button is shown where scripts run; everywhere else there is the link, and its text. */
function rowMarkup({ format, url }: FeedLink, { words }: PageLocale): Html {
  const { start, end } = shownAddress(url);
  return html`<li><span id="${format}">${FEED_NAMES[format]}</span>
<a class="address" dir="ltr" href="${url}"><span class="start">${inOrder(start)}</span>${inOrder(end)}</a>
<button type="button" hidden="" aria-describedby="${format}" data-done="${words.copied}">${words.copy}</button></li>
`;
}

function openMarkup(feeds: readonly FeedLink[], isPodcast: boolean, { words, phrase }: PageLocale): Html {
  const links = readersOf(feeds, isPodcast).map(
    ([{ name }, link]) => html`<li><a href="${link}">${name ?? phrase(words.ownReader)}</a></li>\n`,
  );
  return links.length > 0
    ? html`<p class="open" id="open">${phrase(words.openIn)}</p>\n<ul class="open" aria-labelledby="open">\n${links}</ul>\n`
    : html``;
}

/** Only of an address that a phone can reach. */
function scanMarkup({ url }: FeedLink, { words, phrase }: PageLocale): Html {
  const code = isPublic(url) ? qrMarkup(url, "scan") : undefined;
  return code ? html`<figure>${code}<figcaption id="scan">${phrase(words.scan)}</figcaption></figure>\n` : html``;
}

function othersMarkup(feeds: readonly FeedLink[], locale: PageLocale): Html {
  const { words, phrase } = locale;
  return html`<details><summary>${phrase(words.otherFormats)}</summary>
<p class="note">${phrase(words.sameInEach)}</p>
<ul class="feeds">
${feeds.map((feed) => rowMarkup(feed, locale))}</ul></details>
`;
}
