/** A value under a media key, in any of its shapes → drafts of media, before sizes are looked up in the store. */
import { present } from "../../base/optional.ts";
import type { ReportProblem } from "../../base/problems.ts";
import type { Media } from "../../model.ts";
import { type Field, isMapValue, type Value } from "../frontmatter/types.ts";
import { flagOf } from "../frontmatter/values.ts";
import { isZero, readBitrate, readBytes, readDuration, readPixels } from "./amounts.ts";
import { fewEnough } from "./bounds.ts";
import { isMediaFile, namedFile, namedRecording, type PostLocation } from "./files.ts";
import { lineIn, lineOf, listOf, type Members, memberOf, membersOf, quoted } from "./members.ts";
import { typeByName, typeByWord } from "./mime.ts";

export type Medium = Media["medium"];

export const URL_NAMES = ["url", "src", "file", "href", "path", "uri", "link", "audio", "video"];
const TYPE_NAMES = ["type", "mime", "mimetype", "mediatype", "contenttype"];
const LENGTH_NAMES = ["length", "size", "bytes", "filesize", "lengthinbytes", "sizeinbytes"];
const DURATION_NAMES = ["duration", "durationinseconds", "time"];
const TITLE_NAMES = ["title", "label", "name", "caption"];
const POSTER_NAMES = ["poster", "thumbnail", "thumb", "image", "cover"];
const OTHERS_NAMES = ["alternates", "renditions", "sources", "alternatives", "alternate", "versions"];

const PAGES =
  /^https?:\/\/(?:[\w-]+\.)*(?:youtube\.com|youtu\.be|vimeo\.com|bilibili\.com|b23\.tv|spotify\.com|soundcloud\.com|twitch\.tv|douyin\.com|tiktok\.com|youku\.com|v\.qq\.com|music\.163\.com)(?:[/?#]|$)/i;

/** Whether it is a page with a player, from which no file can be fetched. */
export const isPlayerPage = (url: string): boolean => PAGES.test(url);

/** The most renditions of one recording. */
export const MAX_RENDITIONS = 10;

export interface Draft {
  readonly written: string;
  readonly url: string;
  readonly keys: readonly string[];
  readonly medium: Medium | undefined;
  readonly field: Field;
  readonly type?: string | undefined;
  readonly length?: number | undefined;
  readonly duration?: number | undefined;
  readonly title?: string | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly bitrate?: number | undefined;
  readonly thumbnail?: string | undefined;
  readonly others: readonly Draft[];
}

export interface MediaContext {
  readonly location: PostLocation;
  readonly report: ReportProblem;
}

export function draftsOf(
  name: string,
  field: Field,
  medium: Medium | undefined,
  context: MediaContext,
): readonly Draft[] {
  const flag = typeof field.value === "string" ? flagOf(field) : undefined;
  if (typeof flag === "boolean") return []; // an option of the theme
  const written = Array.isArray(field.value) ? asOne(field.value) : listOf(field.value);
  const values = fewEnough(written, "files", field, context.report);
  const drafts = values.flatMap((value) => draftOf(value, field, medium, context) ?? []);
  const [first, ...others] = drafts;
  return first && others.length > 0 && !name.endsWith("s") && areRenditions(values) ? [{ ...first, others }] : drafts;
}

/** A list of an address, a length and a type is WordPress's `enclosure`, whose text has one on each line. */
function asOne(list: readonly Value[]): readonly Value[] {
  const [url, length, type = "", ...more] = list;
  const isOne = typeof url === "string" && typeof length === "string" && /^\d+$/.test(length.trim());
  return isOne && typeof type === "string" && more.length < 2 ? [[url, length, type].join("\n")] : list;
}

/** Maps with dimensions or a bitrate, of which at most one has a title, are renditions of one recording. */
function areRenditions(values: readonly Value[]): boolean {
  const maps = values.map((value) => (isMapValue(value) ? membersOf(value) : undefined));
  const isRendition = (map: Members | undefined) => map && lineIn(map, ["width", "height", "bitrate"]) !== undefined;
  return maps.every(isRendition) && maps.filter((map) => map && lineIn(map, TITLE_NAMES) !== undefined).length < 2;
}

function draftOf(value: Value, field: Field, medium: Medium | undefined, context: MediaContext): Draft | undefined {
  if (value === null || (typeof value === "string" && value.trim() === "")) return undefined;
  if (typeof value === "string") return draftFromText(value, field, medium, context);
  if (isMapValue(value)) return draftFromMap(membersOf(value), field, medium, context);
  unusable(field.source, field, context);
  return undefined;
}

/** WordPress's `enclosure`: address, length and type, each on a line; the plugin PowerPress adds more below them. */
const WORDPRESS = /^(\S+)\s+(\d{1,18})(?:\s+([\w.+-]+\/[\w.+-]+))?(?:\s+([\s\S]*))?$/;

function draftFromText(
  text: string,
  field: Field,
  medium: Medium | undefined,
  context: MediaContext,
): Draft | undefined {
  const [, url = text, length, type, more = ""] = WORDPRESS.exec(text.trim()) ?? [];
  const file = fileOf(url, field, medium, context);
  if (!file) return undefined;
  const [, duration = ""] = /"duration";s:\d+:"([^"]*)"/.exec(more) ?? [];
  return {
    ...file,
    length: length === undefined ? undefined : readBytes(length),
    type: type === undefined ? undefined : typeByWord(type),
    duration: readDuration(duration),
  };
}

function draftFromMap(
  members: Members,
  field: Field,
  medium: Medium | undefined,
  context: MediaContext,
): Draft | undefined {
  const inner = (values: readonly Value[]) =>
    values.slice(0, MAX_RENDITIONS).flatMap((value) => draftOf(value, field, medium, context) ?? []);
  // `audio: { mp3: a.mp3, ogg: a.ogg }` names its renditions by their extensions.
  const byName = [...members].flatMap(([name, value]) => (typeByName(`.${name}`) ? [value] : []));
  const others = inner([...listOf(memberOf(members, OTHERS_NAMES)), ...byName]);
  const url = lineIn(members, URL_NAMES);
  const file = url === undefined ? others[0] : fileOf(url, field, medium, context);
  if (!file) {
    if (url === undefined) unusable(field.source, field, context);
    return undefined;
  }
  const read = (names: readonly string[], reader: (text: string) => number | undefined, what: string) => {
    const text = lineIn(members, names);
    const amount = text === undefined ? undefined : reader(text);
    if (text !== undefined && amount === undefined && !isZero(text)) {
      context.report("media-unclear", `the ${what} ${quoted(text)} cannot be read`, field);
    }
    return amount;
  };
  const type = lineIn(members, TYPE_NAMES);
  const poster = lineIn(members, POSTER_NAMES);
  const details = {
    type: type === undefined ? undefined : typeByWord(type),
    length: read(LENGTH_NAMES, readBytes, "length"),
    duration: read(DURATION_NAMES, readDuration, "duration"),
    title: lineIn(members, TITLE_NAMES),
    width: read(["width"], readPixels, "width"),
    height: read(["height"], readPixels, "height"),
    bitrate: read(["bitrate"], readBitrate, "bitrate"),
    thumbnail: poster === undefined ? undefined : posterOf(poster, field, context),
  };
  return { ...withDetails(details, file), others: url === undefined ? others.slice(1) : others };
}

function posterOf(written: string, field: Field, { location, report }: MediaContext): string | undefined {
  const file = namedFile(written, location);
  if (file && isMediaFile(file)) location.expect(file, "poster", report, field);
  return file?.url;
}

type Details = Omit<Partial<Draft>, "others">;

/** The draft with these details, which count before its own. */
export function withDetails(details: Details, draft: Draft): Draft {
  return { ...draft, ...present(details) };
}

function fileOf(text: string, field: Field, medium: Medium | undefined, context: MediaContext): Draft | undefined {
  const written = lineOf(text);
  const file = written === undefined ? undefined : namedRecording(written, context.location);
  if (written === undefined || !file) {
    unusable(text, field, context);
    return undefined;
  }
  if (isPlayerPage(file.url)) {
    const message = `${quoted(text)} is a page with a player, not a file`;
    context.report("media-unusable", message, field);
    return undefined;
  }
  return { ...file, medium, field, others: [] };
}

function unusable(text: string, field: Field, { report }: MediaContext): void {
  report("media-unusable", `${quoted(text)} is neither a path nor a URL of a file`, field);
}
