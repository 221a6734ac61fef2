/** The shape of an entry that was read back, and of what posts have in common with entries. */
import type { Author, Entry, Episode, Live, Media, Person, Rendition } from "../model.ts";
import {
  type FieldGuards,
  isFlag,
  isListOf,
  isMoment,
  isNumber,
  isObjectOf,
  isOneOf,
  isText,
  maybe,
  type TypeGuard,
} from "./guards.ts";

const RENDITION: FieldGuards<Rendition> = {
  url: isText,
  type: isText,
  length: isNumber,
  title: maybe(isText),
  width: maybe(isNumber),
  height: maybe(isNumber),
  bitrate: maybe(isNumber),
};

const MEDIA: FieldGuards<Media> = {
  ...RENDITION,
  medium: isOneOf("audio", "video", "image", "document"),
  duration: maybe(isNumber),
  thumbnail: maybe(isText),
  alternates: isListOf(isObjectOf(RENDITION)),
};

const LIVE: FieldGuards<Live> = {
  start: isMoment,
  end: maybe(isMoment),
  status: maybe(isOneOf("pending", "live", "ended")),
  url: isText,
  type: isText,
};

const PERSON: FieldGuards<Person> = {
  name: isText,
  role: maybe(isText),
  group: maybe(isText),
  image: maybe(isText),
  url: maybe(isText),
};

const EPISODE: FieldGuards<Episode> = {
  number: maybe(isNumber),
  season: maybe(isNumber),
  type: maybe(isOneOf("full", "trailer", "bonus")),
  explicit: maybe(isFlag),
  subtitle: maybe(isText),
  transcripts: isListOf(
    isObjectOf<Episode["transcripts"][number]>({ url: isText, type: isText, language: maybe(isText) }),
  ),
  chapters: maybe(isObjectOf<NonNullable<Episode["chapters"]>>({ url: isText, type: isText })),
  persons: isListOf(isObjectOf(PERSON)),
};

const AUTHOR: FieldGuards<Author> = { name: isText, email: maybe(isText), url: maybe(isText) };

export const isAuthor: TypeGuard<Author> = isObjectOf(AUTHOR);
export const isMedia: TypeGuard<Media> = isObjectOf(MEDIA);
export const isLive: TypeGuard<Live> = isObjectOf(LIVE);
export const isEpisode: TypeGuard<Episode> = isObjectOf(EPISODE);

export const isEntry: TypeGuard<Entry> = isObjectOf<Entry>({
  title: isText,
  language: isText,
  authors: isListOf(isAuthor),
  html: isText,
  summary: maybe(isText),
  lead: maybe(isText),
  image: maybe(isText),
  external: maybe(isText),
  comments: maybe(isText),
  media: maybe(isListOf(isMedia)),
  live: maybe(isLive),
  episode: maybe(isEpisode),
  markdown: maybe(isText),
});
