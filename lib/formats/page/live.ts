/** What is live now, and what is coming, on top of a channel's page. */
import { type Html, html } from "../../base/html.ts";
import type { PageItem } from "../types.ts";
import { fillIn } from "./directory.ts";
import type { PageLocale } from "./locale.ts";
import { isShort } from "./own.ts";
import { fitting, shorten, sizeOf } from "./text.ts";

/** In bytes, of all streams. */
const BYTES = 4_000;
/** In characters. */
const TITLE = 120;

/** The streams are in their order: live ones first, then the next one. */
export function streamsMarkup(streams: readonly PageItem[], locale: PageLocale): Html {
  const all = streams.map((item, i) => ({ item, markup: streamMarkup(item, i, locale) }));
  const fits = fitting(all, BYTES, ({ markup }) => sizeOf(markup));
  const { live, upcoming } = locale.words;
  const part = (id: string, heading: string, status: PageItem["live"], mark: string) => {
    const some = fits.filter(({ item }) => item.live === status).map(({ markup }) => markup);
    if (some.length === 0) return "";
    return html`<section class="streams${mark}" aria-labelledby="${id}">
<h2 id="${id}">${locale.phrase(heading)}</h2>
<ul>\n${some}</ul>
</section>
`;
  };
  return html`${part("live", live, "live", " now")}${part("coming", upcoming, "pending", "")}`;
}

function streamMarkup({ facts, entry, live: status }: PageItem, i: number, locale: PageLocale): Html {
  const { words, phrase, formatters, languageAttributes } = locale;
  const { live } = entry;
  if (!live) return html``;
  const when = html`<time datetime="${live.start}">${formatters.dateTime(live.start)}</time>`;
  const title = shorten(entry.title || (entry.summary ?? ""), TITLE);
  const id = `stream-${i}`;
  const name = title
    ? html`<h3 id="${id}"${languageAttributes(entry.language)}><a href="${facts.url}">${title}</a></h3>\n`
    : "";
  if (status !== "live") return html`<li>${name}<p class="note">${when}</p></li>\n`;
  const url = isShort(live.url) ? live.url : facts.url;
  const described = title ? html` aria-describedby="${id}"` : "";
  return html`<li>${name}<p class="note">${phrase(fillIn(words.since, { time: when }))}</p>
<p><a class="go" href="${url}"${described}>${phrase(words.watch)}</a></p></li>
`;
}
