/** The browser's own players for the recordings of an entry, which load nothing before they are asked to. */
import { type Html, html } from "../../base/html.ts";
import type { Entry, Media, Rendition } from "../../model.ts";
import { isBeside, isOwn, isShort, type Places } from "./own.ts";

export type RecordingMedium = "audio" | "video";

/** Of one recording. */
const MAX_FORMS = 4;
const MAX_CAPTIONS = 3;

/** What some browser plays. A playlist leads to files that the page's policy does not know. */
const PLAYED = /^(?:audio\/(?:mpeg|mp3|mp4|x-m4a|aac|ogg|opus|wav|flac|webm)|video\/(?:mp4|x-m4v|webm|ogg|quicktime))$/;

export interface Player {
  readonly markup: Html;
  /** URLs of what it may load. */
  readonly pictures: readonly string[];
  readonly recordings: readonly string[];
}

/** `undefined` where no browser plays the recording, or others serve it. `label` is the id of the entry's title. */
export function playerOf(
  media: Media,
  medium: RecordingMedium,
  entry: Entry,
  site: Places,
  label: string,
): Player | undefined {
  const forms = [media, ...media.alternates].filter(({ url, type }) => PLAYED.test(type) && isOwn(url, site));
  const [first, ...others] = forms.slice(0, MAX_FORMS);
  if (!first) return undefined;
  // The type of a single file would only keep a browser from trying.
  const file = others.length === 0 ? html` src="${first.url}"` : "";
  const sources = others.length === 0 ? [] : [first, ...others];
  const recordings = [first, ...others].map(({ url }) => url);
  if (medium === "audio") {
    const markup = html`<audio controls="" preload="none" aria-labelledby="${label}"${file}>${sources.map(sourceMarkup)}</audio>`;
    return { markup, recordings, pictures: [] };
  }
  const captions = captionsOf(entry, site);
  const pictures = [media.thumbnail ?? [], entry.image ?? []].flat().filter((url) => isOwn(url, site));
  const poster = pictures.slice(0, 1);
  const markup = html`<video controls="" preload="none" playsinline="" aria-labelledby="${label}"${shapeOf(first)}${poster.map((url) => html` poster="${url}"`)}${file}>${sources.map(sourceMarkup)}${captions.map((each) => trackMarkup(each, entry))}</video>`;
  return { markup, recordings: [...recordings, ...captions.map(({ url }) => url)], pictures: poster };
}

const sourceMarkup = ({ url, type }: Rendition): Html => html`<source src="${url}" type="${type}"/>`;

/** A track of another origin is loaded only if the recording is asked for with CORS, which its server may not know. */
function captionsOf({ episode }: Entry, site: Places): Transcripts {
  const texts = episode?.transcripts.filter(({ type, url }) => type === "text/vtt" && isBeside(url, site)) ?? [];
  return texts.filter(({ url }) => isShort(url)).slice(0, MAX_CAPTIONS);
}

type Transcripts = NonNullable<Entry["episode"]>["transcripts"];

const trackMarkup = ({ url, language }: Transcripts[number], entry: Entry): Html =>
  html`<track kind="captions" src="${url}" srclang="${language ?? entry.language}"/>`;

/** The shapes of the style sheet: a browser that knows the size alone takes the shape of the poster until the video is loaded. */
const SHAPES = [
  [9 / 16, "tall"],
  [3 / 4, "upright"],
  [1, "square"],
  [4 / 3, "broad"],
  [16 / 9, ""],
] as const;

/** The nearest shape, which is known before anything is loaded, so that nothing moves when it is. */
function shapeOf({ width = 0, height = 0 }: Rendition): Html {
  const [wide, high] = [Math.round(width), Math.round(height)];
  if (!(wide > 0 && high > 0)) return html``;
  const distance = (ratio: number) => Math.abs(Math.log(ratio / (wide / high)));
  const [, name] = SHAPES.reduce((best, each) => (distance(each[0]) < distance(best[0]) ? each : best));
  return html` width="${wide}" height="${high}"${name && html` class="${name}"`}`;
}
