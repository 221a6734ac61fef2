/** PageDocument → HTML that XML parsers read as well: what a person sees of a channel, in under 30,000 bytes. */
import { domainToUnicode } from "node:url";
import type { PageDocument } from "../model.ts";
import { LINK_TYPES } from "./channel.ts";
import { xmlAttribute, xmlText } from "./form.ts";
import { directoryMarkup, fillIn } from "./page/directory.ts";
import { entryList } from "./page/entries.ts";
import { FEED_NAMES, feedsAmong } from "./page/feeds.ts";
import { directionOf } from "./page/language.ts";
import { linkUp } from "./page/links.ts";
import { ICON, POLICY } from "./page/policy.ts";
import { SCRIPT } from "./page/script.ts";
import { STYLE } from "./page/style.ts";
import { fitting, shorten, sizeOf } from "./page/text.ts";
import { langAttribute, type Voice, voiceOf } from "./page/voice.ts";
import { kindWord } from "./page/words.ts";

const MOST_BYTES = 29_500;
/** Of which the newest entries may take so much; the directory has what is left. */
const ENTRY_BYTES = 13_000;
/** In characters. */
const [TITLE, DESCRIPTION] = [120, 300];

export function renderPage(page: PageDocument): string {
  const voice = voiceOf(page.channel.language, page.site);
  const frame = sizeOf(pageMarkup(page, voice, "", ""));
  const entries = fitting(entryList(page.items, voice), Math.min(ENTRY_BYTES, MOST_BYTES - frame), sizeOf).join("");
  const left = MOST_BYTES - frame - sizeOf(entries);
  return pageMarkup(page, voice, entries, page.directory ? directoryMarkup(page.directory, voice, left) : "");
}

function pageMarkup(page: PageDocument, voice: Voice, entries: string, directory: string): string {
  const { site, channel } = page;
  const { words, say, language } = voice;
  const isSite = channel.kind === "site";
  const list = entries === "" ? `<p>${say(words.nothing)}</p>` : `<ul class="entries">\n${entries}</ul>`;
  const parts = `<section class="parts" aria-labelledby="parts">
<h2 id="parts">${say(words.parts)}</h2>
${directory}${filesMarkup(voice)}
</section>
`;
  return `<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml"${langAttribute(language)} dir="${directionOf(language)}">
${headMarkup(page)}
<body${isSite && page.directory ? ` class="site"` : ""}>
<a class="skip" href="#main">${say(words.skip)}</a>
<header>
${isSite ? "" : `<nav><a href="${linkUp(channel)}"${voice.langOf(site.language)}>${xmlText(shorten(site.title, TITLE))}</a></nav>\n`}${titleMarkup(page, voice)}
</header>
<main id="main">
<div>
${subscribeMarkup(page, voice)}
<section aria-labelledby="newest">
<h2 id="newest">${say(words.newest)}</h2>
${list}
</section>
</div>
${page.directory ? parts : ""}</main>
<footer><a href="${xmlAttribute(site.url)}"${voice.langOf(site.language)}>${xmlText(addressOf(site.url))}</a></footer>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function headMarkup({ channel, feeds, self }: PageDocument): string {
  const title = shorten(channel.title, TITLE);
  const links = feedsAmong(feeds).map(
    ({ format, url }) =>
      `<link rel="alternate" type="${LINK_TYPES[format]}" title="${xmlAttribute(`${title} (${FEED_NAMES[format]})`)}" href="${xmlAttribute(url)}"/>`,
  );
  return `<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="${xmlAttribute(POLICY)}"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="generator" content="Dripfeed"/>
<title>${xmlText(title)}</title>
<meta name="description" content="${xmlAttribute(shorten(channel.description, DESCRIPTION))}"/>
<link rel="canonical" href="${xmlAttribute(self)}"/>
${links.join("\n")}
<link rel="icon" href="${ICON}"/>
<style>${STYLE}</style>
</head>`;
}

function titleMarkup({ site, channel, total }: PageDocument, voice: Voice): string {
  const { words, formats, say } = voice;
  const isPodcast = site.podcast?.channel === channel.key;
  const isNamed = channel.kind === "site" || channel.kind === "channels" || channel.kind === "archive";
  const title = shorten(isNamed ? channel.title : channel.name.join(" / "), TITLE);
  // A channel that has no description of its own has the site's, which says nothing of it.
  const isOwn = channel.kind === "site" || channel.description !== site.description;
  const lead = isOwn ? shorten(channel.description, DESCRIPTION) : "";
  const count = say(words.entries(total, formats.number(total)));
  return `<p class="kind">${say(kindWord(channel, voice, isPodcast))} · ${count}</p>
<h1>${xmlText(title || shorten(channel.title, TITLE))}</h1>${lead ? `\n<p class="lead">${xmlText(lead)}</p>` : ""}`;
}

function subscribeMarkup({ site, channel, feeds }: PageDocument, { words, say }: Voice): string {
  const isPodcast = site.podcast?.channel === channel.key;
  const rows = feedsAmong(feeds).map(
    ({ format, url }) => `<li><label id="${format}" for="${format}-address">${FEED_NAMES[format]}</label>
<input id="${format}-address" type="text" dir="ltr" spellcheck="false" readonly="" value="${xmlAttribute(url)}"/>
<button type="button" hidden="" aria-describedby="${format}" data-done="${xmlAttribute(words.copied)}">${xmlText(words.copy)}</button></li>
`,
  );
  return `<section aria-labelledby="subscribe">
<h2 id="subscribe">${say(words.subscribe)}</h2>
<p class="how">${say(isPodcast ? words.podcast : words.what)}</p>
<ul class="feeds">
${rows.join("")}</ul>
${rows.length > 1 ? `<p class="note">${say(words.sameInEach)}</p>\n` : ""}<p class="far" role="status"></p>
</section>`;
}

function filesMarkup({ words, say }: Voice): string {
  const line = (words: string, name: string) =>
    `<li>${fillIn(say(words), { file: `<a href="${name}">${name}</a>` })}</li>`;
  return `<ul class="note files">\n${line(words.opml, "feeds.opml")}\n${line(words.list, "feeds.json")}\n</ul>`;
}

/** Without its scheme, and in letters: `滴灌.example` and not `xn--…`. */
function addressOf(url: string): string {
  const { hostname, pathname } = new URL(url);
  return shorten(domainToUnicode(hostname) + pathname.replace(/\/$/, ""), TITLE);
}
