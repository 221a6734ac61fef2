/** What a post says → the fields of its front matter, in a dialect. */
import { DIALECTS } from "../../content/facts/dialects.ts";
import type { DialectName } from "../../model.ts";
import type { Mf2Json } from "../request/types.ts";
import { dateText } from "./dates.ts";
import { WRITERS } from "./dialects.ts";
import { bare, type FieldValue, type FieldValues, type Posted, type PostedRecording } from "./types.ts";

export function fieldsOf(posted: Posted, dialect: DialectName, timezone: string): FieldValues {
  const { keys, extra, dates, draft, held } = WRITERS[dialect];
  const fields = new Map<string, FieldValue>();
  const set = (path: string, value: FieldValue | undefined) => {
    if (value !== undefined) fields.set(path, value);
  };
  const date = (instant: string | undefined) => instant && bare(dateText(instant, timezone, dates));
  const shown = (text: string) => printable(text, dialect);
  const all = (texts: readonly string[]) => (texts.length > 0 ? texts.map(shown) : undefined);
  // A note has no title; without the key the title would be made of its text or of the file's name.
  set("title", shown(posted.title ?? ""));
  set(keys.date, date(posted.published) || undefined);
  set(keys.updated, date(posted.updated) || undefined);
  // https://www.getzola.org/documentation/content/page/ has a list of its own.
  if (extra === "") set("author", single(posted.authors.map(shown)));
  else set("authors", all(posted.authors));
  set("description", posted.summary === undefined ? undefined : shown(posted.summary));
  set(`${extra}lang`, posted.language);
  set("slug", posted.slug);
  set(keys.tags, all(posted.tags));
  set(keys.categories, categoriesOf(posted.channels.map(shown), dialect));
  if (posted.isDraft) set(draft[0], bare(draft[1]));
  if (posted.visibility !== "public") {
    set(`${extra}${posted.visibility}`, bare(true));
    for (const [key, value] of held[posted.visibility]) set(key, value);
  }
  for (const [name, urls] of posted.responses) set(extra + name, single(urls));
  if (posted.photos.length > 0) set(`${extra}photos`, posted.photos.map(fileOf));
  set(`${extra}${posted.videos.length > 1 ? "videos" : "video"}`, single(posted.videos.map(fileOf)));
  set(`${extra}${posted.audios.length > 1 ? "audios" : "audio"}`, single(posted.audios.map(fileOf)));
  const { url, status, start, end } = posted.live ?? {};
  const live = members({ url, status, start: date(start) || undefined, end: date(end) || undefined });
  set(`${extra}live`, live.size > 0 ? live : undefined);
  set(`${extra}location`, posted.location === undefined ? undefined : writtenOf(posted.location));
  const others = [...posted.others].map(([name, values]) => [name, writtenOf(values)] as const);
  set(`${extra}mf2`, others.length > 0 ? new Map(others) : undefined);
  return fields;
}

/** Templates of Hexo and Jekyll print such texts as HTML: they are written so that what was typed is seen. */
function printable(text: string, dialect: DialectName): string {
  if (!DIALECTS[dialect].printsHtml) return text;
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

/** Where a list of categories is one path, several paths are a list of lists. */
function categoriesOf(channels: readonly string[], dialect: DialectName): FieldValue | undefined {
  if (channels.length === 0) return undefined;
  if (DIALECTS[dialect].categories === "several") return channels;
  const paths = channels.map((channel) =>
    channel
      .split("/")
      .map((name) => name.trim())
      .filter(Boolean),
  );
  const [only, ...others] = paths;
  return others.length === 0 ? only : paths;
}

/** A single value as itself, several as a list, none as nothing. */
function single(values: readonly FieldValue[]): FieldValue | undefined {
  return values.length > 1 ? values : values[0];
}

/** A recording as its address, where nothing else is known of it, else as a map. */
function fileOf({ url, ...details }: PostedRecording): FieldValue {
  const { alt, type, length, width, height, duration, poster, others = {} } = details;
  const more = Object.entries(others).map(([name, value]) => [name, detailOf(value)]);
  const map = members({ url, alt, type, length, width, height, duration, poster, ...Object.fromEntries(more) });
  return map.size > 1 ? map : url;
}

/** A number or a flag is read from front matter as its text. */
function detailOf(value: Mf2Json): FieldValue | undefined {
  if (typeof value === "string" && /^(?:0|[1-9]\d{0,14}|true|false)$/.test(value)) return bare(value);
  return value === null ? undefined : writtenOf(value);
}

function members(given: { readonly [name: string]: FieldValue | number | undefined }): ReadonlyMap<string, FieldValue> {
  const known = Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, typeof value === "number" ? bare(value) : value] as const],
  );
  return new Map(known);
}

/** As it came, in lists and maps. */
function writtenOf(value: Mf2Json): FieldValue {
  if (typeof value === "string") return value.toWellFormed();
  if (Array.isArray(value)) return value.filter((each) => each !== null).map(writtenOf);
  if (typeof value !== "object" || value === null) return bare(value ?? "null");
  return new Map(
    Object.entries(value).flatMap(([name, each]) => (each === null ? [] : [[name.toWellFormed(), writtenOf(each)]])),
  );
}
