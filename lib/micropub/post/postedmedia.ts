/** Photos, recordings and a stream among the properties of a post. */
import { invalid } from "../../base/http/error.ts";
import { present } from "../../base/optional.ts";
import { oneLine } from "../../base/text.ts";
import { readBytes, readDuration, readPixels } from "../../content/facts/amounts.ts";
import { parseDate } from "../../content/facts/dates.ts";
import type { LiveStatus } from "../../model.ts";
import type { Mf2Json, Properties } from "../request/types.ts";
import type { PostedPhoto, PostedRecording, PostedStream } from "./types.ts";

type Members = { readonly [name: string]: Mf2Json };

/** More than a post has. */
const MOST = 100;

/** `mp-photo-alt` has the words for each photo that comes as an address alone. */
export function photosOf(properties: Properties): readonly PostedPhoto[] {
  const alts = (properties.get("mp-photo-alt") ?? []).map((value) => lineOf(value));
  return listIn(properties, "photo").map((value, i) => {
    const { alt = alts[i], ...file } = fileIn("photo", value);
    return { ...file, ...present({ alt }), ...othersIn(value, []) };
  });
}

export const videosOf = (properties: Properties): readonly PostedRecording[] =>
  listIn(properties, "video").map((value) => recordingIn("video", value));

export const audiosOf = (properties: Properties): readonly PostedRecording[] =>
  listIn(properties, "audio").map((value) => recordingIn("audio", value));

function listIn(properties: Properties, name: string): readonly Mf2Json[] {
  const values = (properties.get(name) ?? []).filter((value) => value !== null && value !== "");
  if (values.length > MOST)
    throw invalid(`${name} has ${values.length} values, and ${MOST} at most: make two posts of it`);
  return values;
}

function recordingIn(name: string, value: Mf2Json): PostedRecording {
  const members = membersOf(value);
  const amount = (member: string, read: (text: string) => number | undefined) => {
    const written = lineOf(members[member] ?? null);
    return written === undefined ? undefined : read(written);
  };
  return {
    ...fileIn(name, value),
    ...present({
      type: lineOf(members["type"] ?? null),
      length: amount("size", readBytes) ?? amount("length", readBytes),
      width: amount("width", readPixels),
      height: amount("height", readPixels),
      duration: amount("duration", readDuration),
      poster: members["poster"] === undefined ? undefined : addressIn(`${name}.poster`, members["poster"]),
    }),
    ...othersIn(value, KNOWN),
  };
}

const KNOWN = ["type", "size", "length", "width", "height", "duration", "poster"];
/** Of microformats (https://microformats.org/wiki/microformats2-parsing#parse_an_img_element_for_src_and_alt), and of this file. */
const ALWAYS_KNOWN = ["value", "url", "alt", "properties", "children", "html"];
const MOST_OTHERS = 20;

function othersIn(value: Mf2Json, known: readonly string[]): Pick<PostedPhoto, "others"> {
  const others = Object.entries(membersOf(value)).filter(
    ([name]) => !known.includes(name) && !ALWAYS_KNOWN.includes(name) && /^[\w-]{1,40}$/.test(name),
  );
  return others.length === 0 ? {} : { others: Object.fromEntries(others.slice(0, MOST_OTHERS)) };
}

/** Micropub 3.3.2: an address, or an object of the address with words for those who do not see it. */
function fileIn(name: string, value: Mf2Json): PostedPhoto {
  const members = membersOf(value);
  return { url: addressIn(name, value), ...present({ alt: lineOf(members["alt"] ?? null) }) };
}

/** The address of a page: a text, or that in an object such as an h-cite. */
export function urlIn(name: string, value: Mf2Json): string {
  const written = addressIn(name, value);
  if (isPage(written)) return written;
  throw invalid(`${name}: ${JSON.stringify(written.slice(0, 100))} is no address of a page: write https://…`);
}

export const isPage = (address: string): boolean => /^https?:\/\//i.test(address) && URL.canParse(address);

function addressIn(name: string, value: Mf2Json): string {
  const address = addressOf(value);
  if (address !== undefined) return address;
  throw invalid(`${name} has no address: write "https://…" or {"value": "https://…", "alt": "…"}`);
}

/** Files may also be named by a path, as posts in files do. */
export function addressOf(value: Mf2Json): string | undefined {
  const members = membersOf(value);
  const inner = membersOf(members["properties"] ?? null);
  const candidates = [value, members["value"], members["url"], inner["url"], inner["uid"]];
  for (const each of candidates) {
    const line = lineOf((Array.isArray(each) ? each[0] : each) ?? null);
    if (line !== undefined && !/[\s<>"]|^(?!https?:)[a-z][a-z\d+.-]*:/i.test(line)) return line;
  }
  return undefined;
}

const STATUSES: readonly LiveStatus[] = ["pending", "live", "ended"];

export function streamOf(value: Mf2Json | undefined, timezone: string): PostedStream {
  const members = membersOf(value ?? null);
  const time = (name: string) => {
    const written = lineOf(members[name] ?? null);
    const instant = written === undefined ? undefined : parseDate(written, timezone);
    if (written !== undefined && instant === undefined) throw invalid(`live.${name} is no date`);
    return instant;
  };
  const word = lineOf(members["status"] ?? null);
  const status = STATUSES.find((each) => each === word);
  if (word !== undefined && status === undefined) throw invalid("live.status is none of pending, live and ended");
  const hasAddress = lineOf(value ?? null) !== undefined || members["url"] !== undefined;
  const url = hasAddress ? urlIn("live", value ?? null) : undefined;
  return present({ url, status, start: time("start"), end: time("end") });
}

function membersOf(value: Mf2Json): Members {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Members) : {};
}

function lineOf(value: Mf2Json): string | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  return oneLine(String(value).toWellFormed()).trim() || undefined;
}
