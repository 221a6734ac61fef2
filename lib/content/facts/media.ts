/** What a post comes with to hear, to watch or to keep: files named in front matter, in whatever shape → Media. */

import type { ReportProblem } from "../../base/problems.ts";
import type { Media, Rendition } from "../../model.ts";
import { type Fields, textOf } from "../frontmatter/values.ts";
import type { Field } from "../frontmatter/yaml.ts";
import { readBytes, readDuration } from "./amounts.ts";
import { type Context, type Draft, draftsOf, filled, MAX_FORMS, type Medium } from "./drafts.ts";
import type { Standing } from "./files.ts";
import { foldKey, lineOf, membersOf, quoted } from "./members.ts";
import { isStream, typeByName, typeByWord, UNKNOWN_TYPE } from "./mime.ts";

/** Keys that name a file, folded, and what it is where its type does not tell. In this order they count. */
const KEYS: ReadonlyMap<string, Medium | undefined> = new Map([
  ...named(undefined, "enclosure enclosures enclosureurl"),
  ...named("audio", "audio audios audiourl audiofile audiosrc audiolink audiopath mp3 mp3url m4a"),
  ...named("video", "video videos videourl videofile videosrc videopath mp4 mp4url"),
  ...named("audio", "podcast podcastfile podcasturl podcastaudio podcastlink"),
  ...named("audio", "episodefile episodeurl episodeaudio episodemp3"),
]);

function named(medium: Medium | undefined, names: string): readonly (readonly [string, Medium | undefined])[] {
  return names.split(" ").map((name) => [name, medium] as const);
}

/** What may stand beside the key of a single file and tell more of it. */
const BESIDE = {
  length: "length filesize bytes podcastbytes podcastfilesize podcastlength audiolength audiosize enclosurelength",
  duration: "duration podcastduration audioduration videoduration episodeduration itunesduration",
  /** Some mean the duration: `length: 31:12`. */
  clock: "length podcastlength audiolength",
  type: "mime mimetype mediatype enclosuretype audiotype type",
};

/** More than any post comes with; each is looked for in the content store. */
const MAX_MEDIA = 30;

export interface MediaRead {
  readonly media: readonly Media[];
  /** Content keys that were asked for their size. */
  readonly deps: readonly string[];
}

const NONE: MediaRead = { media: [], deps: [] };

/** The fields that name files, in the order in which they count. */
export function mediaFields(fields: Fields): readonly (readonly [name: string, field: Field])[] {
  const found: (readonly [name: string, field: Field])[] = [];
  for (const [key, field] of fields) {
    if (key.length > 16) continue;
    const name = foldKey(key);
    if (KEYS.has(name) && textOf(field) !== undefined) found.push([name, field]);
  }
  if (found.length < 2) return found;
  const order = [...KEYS.keys()];
  return found.sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
}

/** Never throws; what is no file is left out with a warning. */
export function readMedia(fields: Fields, standing: Standing, report: ReportProblem): MediaRead {
  const written = mediaFields(fields);
  if (written.length === 0) return NONE;
  const context = { standing, report };
  const drafts = written.flatMap(([name, field]) => draftsOf(name, field, KEYS.get(name), context));
  const each = merged(drafts).slice(0, MAX_MEDIA);
  const [only, ...others] = each;
  const complete = only && others.length === 0 ? [completed(only, fields)] : each;
  const deps = new Set<string>();
  return { media: complete.map((draft) => mediaOf(draft, deps, context)), deps: [...deps].sort() };
}

/** Two keys that name one file are one. */
function merged(drafts: readonly Draft[]): readonly Draft[] {
  const byUrl = new Map<string, Draft>();
  for (const draft of drafts) {
    const same = byUrl.get(draft.url);
    if (!same) byUrl.set(draft.url, draft);
    else {
      const medium = same.medium ?? draft.medium;
      byUrl.set(draft.url, { ...filled(same, draft), medium, others: [...same.others, ...draft.others] });
    }
  }
  return [...byUrl.values()];
}

/** A single file, with what other keys of the post say of it. */
function completed(draft: Draft, fields: Fields): Draft {
  const beside = membersOf({ members: new Map([...fields].map(([key, { value }]) => [key, value])), source: "" });
  const first = <T>(names: string, read: (text: string) => T | undefined): T | undefined => {
    for (const name of names.split(" ")) {
      const text = lineOf(beside.get(name) ?? null);
      const value = text === undefined ? undefined : read(text);
      if (value !== undefined) return value;
    }
    return undefined;
  };
  return {
    ...draft,
    length: draft.length ?? first(BESIDE.length, readBytes),
    duration:
      draft.duration ??
      first(BESIDE.duration, readDuration) ??
      first(BESIDE.clock, (text) => (text.includes(":") ? readDuration(text) : undefined)),
    // `type: post` is no MIME type.
    type: draft.type ?? first(BESIDE.type, (text) => (text.includes("/") ? typeByWord(text) : undefined)),
  };
}

function mediaOf(draft: Draft, deps: Set<string>, context: Context): Media {
  const rendition = renditionOf(draft, deps, context);
  const seen = new Set([draft.url]);
  const others = draft.others.filter(({ url }) => !seen.has(url) && seen.add(url)).slice(0, MAX_FORMS);
  return {
    medium: mediumOf(rendition.type, draft.medium),
    ...rendition,
    ...(draft.duration !== undefined && { duration: draft.duration }),
    ...(draft.thumbnail !== undefined && { thumbnail: draft.thumbnail }),
    alternates: others.map((other) => renditionOf(other, deps, context)),
  };
}

function renditionOf(draft: Draft, deps: Set<string>, context: Context): Rendition {
  const { url, title, width, height, bitrate } = draft;
  const type = draft.type ?? typeByName(url);
  if (type === undefined) {
    context.report("media-type", `what ${quoted(draft.written)} is cannot be told from its name`, draft.field);
  }
  return {
    ...{ url, type: type ?? UNKNOWN_TYPE, length: lengthOf(draft, type ?? UNKNOWN_TYPE, deps, context) },
    ...(title !== undefined && { title }),
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(bitrate !== undefined && { bitrate }),
  };
}

/** The author's, else that of the object under one of the keys; 0 where nobody knows. */
function lengthOf(draft: Draft, type: string, deps: Set<string>, { standing, report }: Context): number {
  if (draft.length !== undefined) return draft.length;
  if (isStream(type)) return 0;
  for (const key of draft.keys) deps.add(key);
  for (const key of draft.keys) {
    const size = standing.sizes?.(key);
    if (size !== undefined) return size;
  }
  const why = draft.keys.length > 0 ? "the content store has no such file" : "the file is not among the content";
  report("media-length", `the length of ${quoted(draft.written)} is not known: ${why}`, draft.field);
  return 0;
}

function mediumOf(type: string, told: Medium | undefined): Medium {
  const [, kind] = /^(audio|video|image)\//.exec(type) ?? [];
  if (kind === "audio" || kind === "video" || kind === "image") return kind;
  if (isStream(type)) return told ?? "video";
  return (type === UNKNOWN_TYPE && told) || "document";
}
