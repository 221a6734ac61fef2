/** PageDocument → HTML that is well-formed XML as well: what a person sees of a channel, in less than 30,000 bytes. */
import { type Html, html, raw, sourceOf } from "../base/html.ts";
import { LINK_TYPES } from "./channel.ts";
import { directoryMarkup, fillIn } from "./page/directory.ts";
import { entryList, type ShownEntry } from "./page/entries.ts";
import { FEED_NAMES, feedsAsOrdered } from "./page/feeds.ts";
import { directionOf } from "./page/language.ts";
import { streamsMarkup } from "./page/live.ts";
import { langAttribute, type PageLocale, pageLocale } from "./page/locale.ts";
import { isOwn, type Places, sourcesOf } from "./page/own.ts";
import { ICON, policyOf, policySource } from "./page/policy.ts";
import { SCRIPT } from "./page/script.ts";
import { styleOf } from "./page/style.ts";
import { subscribeMarkup } from "./page/subscribe.ts";
import { fitting, shorten, sizeOf } from "./page/text.ts";
import { addressOf, wayMarkup } from "./page/way.ts";
import { kindWord } from "./page/words/lookup.ts";
import type { PageDocument } from "./types.ts";

const MAX_BYTES = 29_500;
/** Of these, the newest entries may take so many; the directory gets what is left. */
const ENTRY_BYTES = 13_000;
/** Of the links to the languages' feeds in the head. */
const LANGUAGE_BYTES = 4_000;
/** In characters. */
const TITLE = 120;
const DESCRIPTION = 300;

export function renderPage(page: PageDocument): string {
  const locale = pageLocale(page.channel.language, page.site);
  const subscribe = subscribeMarkup(page, locale);
  const frame = sizeOf(pageMarkup(page, locale, { subscribe, entries: [], directory: html`` }));
  const all = entryList(page.items, page.site, locale);
  const entries = fitting(all, Math.min(ENTRY_BYTES, MAX_BYTES - frame), (each) => bytesOf(each, page.site));
  const left = MAX_BYTES - entries.reduce((sum, each) => sum + bytesOf(each, page.site), frame);
  const directory = page.directory ? directoryMarkup(page.directory, locale, left) : html``;
  return sourceOf(pageMarkup(page, locale, { subscribe, entries, directory }));
}

/** Of an entry, and of what the policy says of it. */
function bytesOf({ markup, ...loaded }: ShownEntry, site: Places): number {
  const sources = [...loaded.pictures, ...loaded.recordings].flatMap((url) => sourcesOf(url, site));
  return sources.reduce((sum, url) => sum + sizeOf(html`${policySource(url)} `), sizeOf(markup));
}

interface Parts {
  readonly subscribe: Html;
  readonly entries: readonly ShownEntry[];
  readonly directory: Html;
}

function pageMarkup(page: PageDocument, locale: PageLocale, { subscribe, entries, directory }: Parts): Html {
  const { site } = page;
  const { words, phrase, language } = locale;
  const hasParts = page.directory !== undefined && page.directory.parts.length > 0;
  const siteLang = locale.languageAttributes(site.language);
  const list =
    entries.length === 0
      ? html`<p>${phrase(words.nothing)}</p>`
      : html`<ul class="entries">\n${entries.map(({ markup }) => markup)}</ul>`;
  const parts = html`<section class="parts" aria-labelledby="parts">
<h2 id="parts">${phrase(words.parts)}</h2>
${directory}${filesMarkup(locale)}
</section>
`;
  return html`<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml"${langAttribute(language)} dir="${directionOf(language)}">
${headMarkup(page, entries)}
<body${hasParts ? html` class="site"` : ""}>
<a class="skip" href="#main">${phrase(words.skip)}</a>
<header>
${wayMarkup(page, locale)}${titleMarkup(page, locale)}
</header>
<main id="main">
<div>
${streamsMarkup(page.streams, locale)}${subscribe}
<section aria-labelledby="newest">
<h2 id="newest">${phrase(page.isPodcast ? words.newestEpisodes : words.newest)}</h2>
${list}
</section>
</div>
${hasParts ? parts : ""}</main>
<footer><a href="${site.url}"${siteLang}>${shorten(site.title, TITLE)}</a> <span dir="ltr">${addressOf(site.url)}</span></footer>
<script>${raw(SCRIPT)}</script>
</body>
</html>
`;
}

function headMarkup(page: PageDocument, entries: readonly ShownEntry[]): Html {
  const { site, channel, feeds, self, directory } = page;
  const namedIn = (urls: readonly string[]) => urls.flatMap((url) => sourcesOf(url, site));
  const loaded = {
    pictures: namedIn([...podcastPicture(page), ...entries.flatMap(({ pictures }) => pictures)]),
    recordings: namedIn(entries.flatMap(({ recordings }) => recordings)),
  };
  const title = shorten(channel.title, TITLE);
  const own = feedsAsOrdered(feeds, page.isPodcast).map(
    ({ format, url }) =>
      html`<link rel="alternate" type="${LINK_TYPES[format]}" title="${title} (${FEED_NAMES[format]})" href="${url}"/>\n`,
  );
  const languages = (directory?.languages ?? []).map(({ format, url, language, title }) => {
    const name = shorten(title, TITLE);
    return html`<link rel="alternate" type="${LINK_TYPES[format]}" hreflang="${language}" title="${name}" href="${url}"/>\n`;
  });
  return html`<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="${policyOf(site, loaded)}"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="generator" content="Dripfeed"/>
<title>${title}</title>
<meta name="description" content="${shorten(channel.description, DESCRIPTION)}"/>
<link rel="canonical" href="${self}"/>
${own}${fitting(languages, LANGUAGE_BYTES, sizeOf)}<link rel="icon" href="${site.favicon ?? ICON}"/>
<style>${raw(styleOf(site.color))}</style>
</head>`;
}

const podcastPicture = ({ site, picture }: PageDocument): readonly string[] =>
  picture !== undefined && isOwn(picture, site) ? [picture] : [];

function titleMarkup(page: PageDocument, locale: PageLocale): Html {
  const { channel, total, isPodcast } = page;
  const { words, formatters, phrase } = locale;
  const hasTitle = channel.kind === "site" || channel.kind === "channels" || channel.kind === "archive";
  const title = shorten(hasTitle ? channel.title : (channel.name.at(-1) ?? ""), TITLE);
  const description = shorten(page.lead, DESCRIPTION);
  const countOf = isPodcast ? words.episodes : words.entries;
  const count = phrase(countOf(total, formatters.number(total)));
  const picture = podcastPicture(page).map(
    (url) => html`<img class="art" src="${url}" alt="" width="128" height="128"/>\n`,
  );
  return html`${picture}<p class="kind">${phrase(kindWord(channel, locale, isPodcast))} · ${count}</p>
<h1>${title || shorten(channel.title, TITLE)}</h1>${description ? html`\n<p class="lead">${description}</p>` : ""}`;
}

function filesMarkup({ words, phrase }: PageLocale): Html {
  const line = (text: string, name: string) =>
    html`<li>${phrase(fillIn(text, { file: html`<a href="${name}">${name}</a>` }))}</li>`;
  return html`<ul class="note files">\n${line(words.opml, "feeds.opml")}\n${line(words.list, "feeds.json")}\n</ul>`;
}
