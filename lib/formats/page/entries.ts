/** The newest entries of a channel, as its page lists them. */
import { type Html, html, join } from "../../base/html.ts";
import { hostOf } from "../../content/target.ts";
import type { Entry, Media } from "../../model.ts";
import type { Item } from "../types.ts";
import type { PageLocale } from "./locale.ts";
import { shorten, sizeOf } from "./text.ts";

/** In characters. */
const TITLE = 120;
const FIRST_WORDS = 80;
const SUMMARY = 140;
const NAME = 40;
/** Of a link post's target. */
const ADDRESS_BYTES = 500;
/** Further authors are left out. */
const MAX_AUTHORS = 3;

/** Streams that are live come first; otherwise in the order of the channel. */
export function entryList(items: readonly Item[], locale: PageLocale): readonly Html[] {
  const isLive = ({ live }: Item) => live === "live";
  return [...items.filter(isLive), ...items.filter((item) => !isLive(item))].map((item) => entryMarkup(item, locale));
}

function entryMarkup(item: Item, locale: PageLocale): Html {
  const { facts, entry } = item;
  const lang = locale.languageAttributes(entry.language);
  const title = shorten(entry.title, TITLE);
  const summary = entry.summary ?? "";
  // An entry without a title is called by its first words; one without words, by its date.
  const name = title || shorten(summary, FIRST_WORDS);
  const date = dateOf(item, locale);
  const link = html`<a href="${facts.url}">${name || date}</a>`;
  const authors = entry.authors.slice(0, MAX_AUTHORS).map((author) => html`<bdi>${shorten(author.name, NAME)}</bdi>`);
  const meta = [...marksOf(item, locale), ...(name ? [date] : []), ...targetOf(entry), ...authors];
  const metaLine = meta.length > 0 ? html`<p class="meta">${join(meta, " ")}</p>` : "";
  const note = title && summary ? html`<p class="note"${lang}>${shorten(summary, SUMMARY)}</p>` : "";
  return html`<li><h3${name ? lang : ""}>${link}</h3>${metaLine}${note}</li>\n`;
}

/** The host of what a link post is about, linked unless the address would take the place of other entries. */
function targetOf({ external }: Entry): readonly Html[] {
  if (external === undefined) return [];
  const host = shorten(hostOf(external), NAME);
  const isShort = sizeOf(html`${external}`) <= ADDRESS_BYTES;
  return [isShort ? html`<a href="${external}">${host}</a>` : html`<bdi>${host}</bdi>`];
}

/** When a coming stream begins; else when the entry was published. */
function dateOf({ facts, entry, live }: Item, { formatters }: PageLocale): Html {
  const time = (instant: string, text: string) => html`<time datetime="${instant}">${text}</time>`;
  return live === "pending" && entry.live
    ? time(entry.live.start, formatters.dateTime(entry.live.start))
    : time(facts.published, formatters.date(facts.published));
}

/** Labels for a stream's status, and for audio and video. */
function marksOf({ entry, live }: Item, locale: PageLocale): readonly Html[] {
  const { words, phrase } = locale;
  const mark = (text: Html, suffix = "") => html`<span class="mark${suffix}">${text}</span>`;
  const recording = (medium: "audio" | "video") => {
    const first = entry.media?.find((media) => media.medium === medium);
    return first ? [mark(join([phrase(words[medium]), ...lengthOf(first, locale)], " · "))] : [];
  };
  const statuses = { live: words.live, pending: words.upcoming, ended: words.ended };
  const status = live ? [mark(phrase(statuses[live]), live === "live" ? " on" : "")] : [];
  return [...status, ...recording("audio"), ...recording("video")];
}

/** In whole minutes, one at least; empty if the length is not known. */
function lengthOf({ duration }: Media, { formatters }: PageLocale): readonly string[] {
  return duration ? [formatters.minutes(Math.max(1, Math.round(duration / 60)))] : [];
}
