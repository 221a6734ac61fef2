/** The newest entries of a channel: enough to see what one would subscribe to. */
import type { Item, Media } from "../../model.ts";
import { xmlAttribute, xmlText } from "../form.ts";
import { shorten } from "./text.ts";
import type { Voice } from "./voice.ts";

/** In characters. */
const [TITLE, FIRST_WORDS, SUMMARY, NAME] = [120, 80, 140, 40];
/** How many are named; the others are not. */
const AUTHORS = 3;

/** What is on now comes first, the rest as the channel has it. */
export function entryList(items: readonly Item[], voice: Voice): readonly string[] {
  const isOn = ({ live }: Item) => live === "live";
  return [...items.filter(isOn), ...items.filter((item) => !isOn(item))].map((item) => entryMarkup(item, voice));
}

function entryMarkup(item: Item, voice: Voice): string {
  const { facts, entry } = item;
  const lang = voice.langOf(entry.language);
  const title = shorten(entry.title, TITLE);
  const summary = entry.summary ?? "";
  // Where the author wants no title, the first words stand for one; where there are none, the date does.
  const name = xmlText(title || shorten(summary, FIRST_WORDS));
  const date = dateOf(item, voice);
  const link = `<a href="${xmlAttribute(facts.url)}">${name || date}</a>`;
  const authors = entry.authors.slice(0, AUTHORS).map((author) => `<bdi>${xmlText(shorten(author.name, NAME))}</bdi>`);
  const meta = [...marksOf(item, voice), ...(name ? [date] : []), ...authors].join(" ");
  const told = title && summary ? `<p class="note"${lang}>${xmlText(shorten(summary, SUMMARY))}</p>` : "";
  return `<li><h3${name && lang}>${link}</h3>${meta && `<p class="meta">${meta}</p>`}${told}</li>\n`;
}

/** Of a stream that is to come, when to be there; of anything else, when it was published. */
function dateOf({ facts, entry, live }: Item, { formats }: Voice): string {
  const time = (instant: string, text: string) => `<time datetime="${instant}">${xmlText(text)}</time>`;
  return live === "pending" && entry.live
    ? time(entry.live.start, formats.moment(entry.live.start))
    : time(facts.published, formats.date(facts.published));
}

function marksOf({ entry, live }: Item, voice: Voice): readonly string[] {
  const { words, say } = voice;
  const mark = (text: string, kind = "") => `<span class="mark${kind}">${text}</span>`;
  const recording = (medium: "audio" | "video") => {
    const first = entry.media?.find((media) => media.medium === medium);
    return first ? [mark([say(words[medium]), ...lengthOf(first, voice)].join(" · "))] : [];
  };
  const streams = { live: words.live, pending: words.upcoming, ended: words.ended };
  const stream = live ? [mark(say(streams[live]), live === "live" ? " on" : "")] : [];
  return [...stream, ...recording("audio"), ...recording("video")];
}

/** In whole minutes, and at least one. */
function lengthOf({ duration }: Media, { formats }: Voice): readonly string[] {
  return duration ? [xmlText(formats.minutes(Math.max(1, Math.round(duration / 60))))] : [];
}
