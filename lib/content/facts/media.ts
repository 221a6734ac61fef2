/** The media of a post: files that front matter names, in any shape, or else those that its text plays → Media. */
import { present } from "../../base/optional.ts";
import type { ReportProblem } from "../../base/problems.ts";
import { isServed } from "../../base/served.ts";
import type { Media, Rendition } from "../../model.ts";
import { type Field, isMapValue } from "../frontmatter/types.ts";
import { type Fields, hasText } from "../frontmatter/values.ts";
import { isZero, readBytes, readDuration } from "./amounts.ts";
import type { PostLocation } from "./files.ts";
import { filmsOf } from "./films.ts";
import {
  type Draft,
  draftsOf,
  MAX_RENDITIONS,
  type MediaContext,
  type Medium,
  URL_NAMES,
  withDetails,
} from "./mediavalues.ts";
import { foldedFields, foldKey, lineIn, lineOf, membersOf, quoted, withMembers } from "./members.ts";
import { isRecording, isStream, NAMES_RECORDING, typeByName, typeByWord, UNKNOWN_TYPE } from "./mime.ts";
import { recordingsIn } from "./recordings.ts";

/**
 * Folded keys that name a file, in the order in which they count; each with the medium where the type is no sign of it.
 */
const KEYS: ReadonlyMap<string, Medium | undefined> = new Map([
  ...named(undefined, "enclosure enclosures enclosureurl"),
  ...named("audio", "audio audios audiourl audiofile audiosrc audiolink audiopath mp3 mp3url m4a"),
  ...named("video", "video videos videourl videofile videosrc videopath mp4 mp4url"),
  ...named("audio", "podcast podcastfile podcasturl podcastaudio podcastaudiourl podcastlink podcastmp3"),
  ...named("audio", "episodefile episodeurl episodeaudio episodeaudiourl episodemp3"),
  ...named("audio", "recording sound media file filename"),
]);

/** What else these may name is no recording. */
const VAGUE: ReadonlySet<string> = new Set(["recording", "sound", "media", "file", "filename"]);

/** Maps in which themes gather what they say of a recording. */
const MAPS = ["podcast", "media", "itunes", "episode", "params", "extra"];

function named(medium: Medium | undefined, names: string): readonly (readonly [string, Medium | undefined])[] {
  return names.split(" ").map((name) => [name, medium] as const);
}

const BEFORE = " podcast audio audiofile video videofile file enclosure episode itunes mp3 media".split(" ");

/** The words, alone and after each of these. */
const prefixed = (words: string) => BEFORE.flatMap((before) => words.split(" ").map((word) => before + word));

/** Keys with details of a file, if the post has a single one. */
const BESIDE = {
  length: prefixed("length filesize bytes size"),
  duration: prefixed("duration"),
  /** Keys that some use for the duration: `length: 31:12`. */
  clock: prefixed("length"),
  type: "mime mimetype mediatype enclosuretype audiotype type".split(" "),
};

/** More than any post has; a bound, since each is looked up in the content store. */
const MAX_MEDIA = 30;

/** The fields that name files, in the order in which they count. */
export function mediaFields(fields: Fields): readonly (readonly [name: string, field: Field])[] {
  const found: (readonly [name: string, field: Field])[] = [];
  for (const [key, field] of withMembers(fields, MAPS)) {
    if (key.length > 18) continue;
    const name = foldKey(key);
    if (!KEYS.has(name) || !hasText(field)) continue;
    if (!VAGUE.has(name) || NAMES_RECORDING.test(field.source)) found.push([name, field]);
  }
  if (found.length < 2) return found;
  const order = [...KEYS.keys()];
  return found.sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
}

/** Never throws; a value that is no file is left out with a warning. */
export function readMedia(fields: Fields, location: PostLocation, report: ReportProblem): readonly Media[] {
  const written = mediaFields(fields);
  if (written.length === 0) return [];
  const drafts = written.flatMap(([name, field]) => {
    const medium = KEYS.get(name);
    const isFilm = medium === "video" && filmsOf(name, field, fields).length > 0;
    const isNoMistake = VAGUE.has(name) || isFilm || isDetails(name, field);
    return draftsOf(name, field, medium, { location, report: isNoMistake ? QUIET : report });
  });
  return mediaFrom(drafts, fields, { location, report });
}

/** Those that a text plays. It promises none, so nothing is reported. */
export function mediaInText(markdown: string, fields: Fields, location: PostLocation): readonly Media[] {
  const drafts = recordingsIn(markdown, location);
  return drafts.length === 0 ? [] : mediaFrom(drafts, fields, { location, report: QUIET });
}

export const QUIET: ReportProblem = () => undefined;

/** `podcast: { episode: 3, explicit: false }` */
const isDetails = (name: string, { value }: Field): boolean =>
  name === "podcast" && isMapValue(value) && lineIn(membersOf(value), URL_NAMES) === undefined;

function mediaFrom(drafts: readonly Draft[], fields: Fields, context: MediaContext): readonly Media[] {
  const each = merged(drafts).slice(0, MAX_MEDIA);
  const [only, ...others] = each;
  const complete = only && others.length === 0 ? [completed(only, fields, context.report)] : each;
  return complete.map((draft) => mediaOf(draft, context));
}

/** Drafts of one URL become one. */
function merged(drafts: readonly Draft[]): readonly Draft[] {
  const byUrl = new Map<string, Draft>();
  for (const draft of drafts) {
    const same = byUrl.get(draft.url);
    if (!same) byUrl.set(draft.url, draft);
    else {
      const medium = same.medium ?? draft.medium;
      byUrl.set(draft.url, { ...withDetails(same, draft), medium, others: [...same.others, ...draft.others] });
    }
  }
  return [...byUrl.values()];
}

/** A single file, with the details that other keys of the post give. */
function completed(draft: Draft, fields: Fields, report: ReportProblem): Draft {
  const beside = foldedFields(fields, MAPS);
  const first = <T>(names: readonly string[], read: (text: string) => T | undefined): T | undefined => {
    for (const name of names) {
      const text = lineOf(beside.get(name)?.value ?? null);
      const value = text === undefined ? undefined : read(text);
      if (value !== undefined) return value;
    }
    return undefined;
  };
  /** Reports the first value under one of the names, since it is none that can be read. */
  const reportUnread = (names: readonly string[], what: string) => {
    // `size: large` may be that of a picture.
    const field = names.flatMap((name) => (name === "size" ? [] : (beside.get(name) ?? [])))[0];
    const text = field && (lineOf(field.value) ?? field.source);
    if (text && !isZero(text)) report("media-unclear", `the ${what} ${quoted(text)} cannot be read`, field);
  };
  const clock = first(BESIDE.clock, (text) => (text.includes(":") ? readDuration(text) : undefined));
  const length = draft.length ?? first(BESIDE.length, readBytes);
  const duration = draft.duration ?? first(BESIDE.duration, readDuration);
  if (length === undefined && clock === undefined) reportUnread(BESIDE.length, "length");
  // `type: post` is no MIME type.
  const type = draft.type ?? first(BESIDE.type, (text) => (text.includes("/") ? typeByWord(text) : undefined));
  const medium = mediumOf(type ?? typeByName(draft.url) ?? UNKNOWN_TYPE, draft.medium);
  // Beside a document or a picture it may be that of an event.
  if (duration === undefined && isRecording({ medium })) reportUnread(BESIDE.duration, "duration");
  return { ...draft, length, duration: duration ?? clock, type };
}

function mediaOf(draft: Draft, context: MediaContext): Media {
  const rendition = renditionOf(draft, context);
  const urls = new Set([draft.url]);
  const others = draft.others.filter(({ url }) => !urls.has(url) && urls.add(url)).slice(0, MAX_RENDITIONS);
  return {
    medium: mediumOf(rendition.type, draft.medium),
    ...rendition,
    ...present({ duration: draft.duration, thumbnail: draft.thumbnail }),
    alternates: others.map((other) => renditionOf(other, context)),
  };
}

function renditionOf(draft: Draft, context: MediaContext): Rendition {
  const { url, title, width, height, bitrate } = draft;
  const type = draft.type ?? typeByName(url);
  if (type === undefined) {
    context.report("media-type", `the type of ${quoted(draft.written)} does not follow from its name`, draft.field);
  }
  return {
    url,
    type: type ?? UNKNOWN_TYPE,
    length: lengthOf(draft, type ?? UNKNOWN_TYPE, context),
    ...present({ title, width, height, bitrate }),
  };
}

/** The length that the author gives, else that of the object under one of the keys, else 0. */
function lengthOf(draft: Draft, type: string, { location, report }: MediaContext): number {
  // Caches of what is served are told when its bytes change, whoever gives its length.
  location.sizeOf(draft.keys.filter(isServed));
  if (draft.length !== undefined) return draft.length;
  if (isStream(type)) return 0;
  const size = location.sizeOf(draft.keys);
  if (size !== undefined) return size;
  const why = draft.keys.length > 0 ? "the content store has no such file" : "the file is not among the content";
  report("media-length", `the length of ${quoted(draft.written)} is not known: ${why}`, draft.field);
  return 0;
}

function mediumOf(type: string, byKey: Medium | undefined): Medium {
  const [, kind] = /^(audio|video|image)\//.exec(type) ?? [];
  if (kind === "audio" || kind === "video" || kind === "image") return kind;
  if (isStream(type)) return byKey ?? "video";
  return (type === UNKNOWN_TYPE && byKey) || "document";
}
