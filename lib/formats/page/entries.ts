/** The newest entries of a channel, as its page lists them. */
import { type Html, html, join } from "../../base/html.ts";
import { hostOf } from "../../content/target.ts";
import type { Entry, Media } from "../../model.ts";
import type { PageItem } from "../types.ts";
import type { PageLocale } from "./locale.ts";
import { isOwn, isShort, type Places } from "./own.ts";
import { type Player, playerOf, type RecordingMedium } from "./players.ts";
import { shorten } from "./text.ts";

/** In characters. */
const TITLE = 120;
const FIRST_WORDS = 80;
const SUMMARY = 140;
const NAME = 40;
/** Further authors are left out. */
const MAX_AUTHORS = 3;

/** An entry as the page lists it, and the URLs of what it may load. */
export interface ShownEntry {
  readonly markup: Html;
  readonly pictures: readonly string[];
  readonly recordings: readonly string[];
}

export function entryList(items: readonly PageItem[], site: Places, locale: PageLocale): readonly ShownEntry[] {
  return items.map((item, i) => shownEntry(item, { site, locale, id: `entry-${i}` }));
}

interface Shown {
  readonly site: Places;
  readonly locale: PageLocale;
  /** Of the title. */
  readonly id: string;
}

function shownEntry(item: PageItem, { site, locale, id }: Shown): ShownEntry {
  const { facts, entry } = item;
  const lang = locale.languageAttributes(entry.language);
  const title = shorten(entry.title, TITLE);
  const summary = entry.summary ?? "";
  // An entry without a title is called by its first words; one without words, by its date.
  const name = title || shorten(summary, FIRST_WORDS);
  const date = dateOf(item, locale);
  const link = html`<a href="${facts.url}">${name || date}</a>`;
  const recordings = recordingsOf(entry, site, id);
  const cover = coverOf(entry, recordings, site);
  const authors = entry.authors.slice(0, MAX_AUTHORS).map((author) => html`<bdi>${shorten(author.name, NAME)}</bdi>`);
  const marks = [...statusOf(item, locale), ...recordings.map((each) => recordingMark(each, locale))];
  const meta = [...marks, ...(name ? [date] : []), ...targetOf(entry), ...authors];
  const metaLine = meta.length > 0 ? html`<p class="meta">${join(meta, " ")}</p>` : "";
  const note = title && summary ? html`<p class="note"${lang}>${shorten(summary, SUMMARY)}</p>` : "";
  const players = recordings.flatMap(({ player }) => player ?? []);
  const labelled = players.length > 0 ? html` id="${id}"` : "";
  const below = [...players.map(({ markup }) => markup), ...transcriptLink(entry, locale)];
  return {
    markup: html`<li>${cover.map(coverMarkup)}<h3${labelled}${name ? lang : ""}>${link}</h3>${metaLine}${note}${below}</li>\n`,
    pictures: [...cover, ...players.flatMap(({ pictures }) => pictures)],
    recordings: players.flatMap((player) => player.recordings),
  };
}

/** The host of what a link post is about, linked unless the address would take the place of other entries. */
function targetOf({ external }: Entry): readonly Html[] {
  if (external === undefined) return [];
  const host = shorten(hostOf(external), NAME);
  return [isShort(external) ? html`<a href="${external}">${host}</a>` : html`<bdi>${host}</bdi>`];
}

/** When a coming stream begins; else when the entry was published. */
function dateOf({ facts, entry, live }: PageItem, { formatters }: PageLocale): Html {
  const time = (instant: string, text: string) => html`<time datetime="${instant}">${text}</time>`;
  return live === "pending" && entry.live
    ? time(entry.live.start, formatters.dateTime(entry.live.start))
    : time(facts.published, formatters.date(facts.published));
}

/** Label for a stream's status. */
function statusOf({ live }: PageItem, { words, phrase }: PageLocale): readonly Html[] {
  const statuses = { live: words.live, pending: words.upcoming, ended: words.ended };
  return live ? [html`<span class="mark${live === "live" ? " on" : ""}">${phrase(statuses[live])}</span>`] : [];
}

interface Recording {
  readonly medium: RecordingMedium;
  readonly media: Media;
  readonly player: Player | undefined;
}

/** The first to hear, and the first to watch. */
function recordingsOf(entry: Entry, site: Places, id: string): readonly Recording[] {
  return (["audio", "video"] as const).flatMap((medium) => {
    const media = entry.media?.find((each) => each.medium === medium);
    return media ? [{ medium, media, player: playerOf(media, medium, entry, site, id) }] : [];
  });
}

/** Label for audio and video, with its length if that is known: a link where it does not play here. */
function recordingMark({ medium, media: { url, duration }, player }: Recording, locale: PageLocale): Html {
  const { words, phrase, formatters } = locale;
  const label = join([phrase(words[medium]), ...(duration ? [formatters.duration(duration)] : [])], " · ");
  return player || !isShort(url)
    ? html`<span class="mark">${label}</span>`
    : html`<a class="mark" href="${url}">${label}</a>`;
}

/** The picture of the entry, else that of its audio, if it is the site's; a video has its own in its player. */
function coverOf(entry: Entry, recordings: readonly Recording[], site: Places): readonly string[] {
  if (recordings.some(({ medium, player }) => medium === "video" && player)) return [];
  const pictures = [entry.image, ...recordings.map(({ media }) => media.thumbnail)];
  return pictures.flatMap((url) => (url !== undefined && isOwn(url, site) ? [url] : [])).slice(0, 1);
}

/** The title beside it says what it shows. */
const coverMarkup = (url: string): Html =>
  html`<img class="cover" src="${url}" alt="" loading="lazy" decoding="async" width="144" height="96"/>`;

/** What an entry says, to be read. */
function transcriptLink({ episode }: Entry, { words, phrase }: PageLocale): readonly Html[] {
  const url = episode?.transcripts.find((each) => isShort(each.url))?.url;
  return url === undefined ? [] : [html`<p class="note"><a href="${url}">${phrase(words.transcript)}</a></p>`];
}
