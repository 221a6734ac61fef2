/** What was written ↔ the properties of its post, as Micropub has them (W3C Micropub §3.3, microformats in JSON). */
import { fromLocal } from "../base/local.ts";
import { present } from "../base/present.ts";
import { EMPTY } from "../kept/empty.ts";
import type {
  MediaProperty,
  Mf2Properties,
  Mf2Value,
  PostContent,
  PostKind,
  PostLive,
  PostMedia,
} from "../kept/types.ts";

const MEDIA: readonly MediaProperty[] = ["photo", "video", "audio"];
const LINKS = ["in-reply-to", "like-of", "bookmark-of"] as const;

/** `now`: when it is sent, which is when a stream begins that begins now. */
export function propertiesOf(post: PostContent, now: string): Mf2Properties {
  const media = [...post.media.map(mediumOf), ...recordingOf(post.live)];
  const properties: { readonly [name: string]: readonly Mf2Value[] } = {
    name: filledIn(post.title.trim()),
    content: post.text.trim() === "" ? [] : [post.form ? { [post.form]: post.text } : post.text],
    category: post.tags,
    lang: filledIn(post.language),
    [post.how]: filledIn(post.link.trim()),
    ...Object.fromEntries(
      MEDIA.map((property) => [property, media.flatMap(([of, value]) => (of === property ? [value] : []))]),
    ),
    live: post.live ? [liveOf(post.live, now)] : [],
    published: post.when === "later" ? filledIn(fromLocal(post.at) ?? "") : [],
    "post-status": [post.when === "draft" ? "draft" : "published"],
  };
  return Object.fromEntries(Object.entries(properties).filter(([, values]) => values.length > 0));
}

const filledIn = (text: string): readonly string[] => (text === "" ? [] : [text]);

function mediumOf(medium: PostMedia): readonly [MediaProperty, Mf2Value] {
  const { property, alt, former, url, posterUrl: poster, width, height, duration, type, size } = medium;
  if (former !== undefined) {
    if (alt === altOf(former)) return [property, former];
    return [property, { ...(typeof former === "string" ? { value: former } : former), alt }];
  }
  if (property === "photo") return [property, present({ value: url, alt })];
  return [property, present({ value: url, alt, width, height, duration, poster, type, size })];
}

const altOf = (value: Mf2Value): string => (typeof value === "string" ? "" : text(value["alt"]));

const RECORDED: readonly (readonly [MediaProperty, RegExp])[] = [
  ["video", /\.(?:mp4|m4v|webm|mov)$/i],
  ["audio", /\.(?:mp3|m4a|ogg|opus|wav|flac)$/i],
];

/** A recording that is a file of its own is a medium of the post; a page with a player takes the place of the stream. */
function recordingProperty(recording: string): MediaProperty | undefined {
  const path = URL.canParse(recording) ? new URL(recording).pathname : "";
  return RECORDED.find(([, pattern]) => pattern.test(path))?.[0];
}

function recordingOf(live: PostLive | undefined): readonly (readonly [MediaProperty, Mf2Value])[] {
  const recording = live?.recording.trim() ?? "";
  const property = recordingProperty(recording);
  return property === undefined ? [] : [[property, recording]];
}

function liveOf({ url, status, start, end, recording }: PostLive, now: string): Mf2Value {
  const page = recording.trim() !== "" && recordingProperty(recording.trim()) === undefined ? recording.trim() : url;
  const [from, to] = [fromLocal(start), fromLocal(end)];
  return present({
    ...{ url: page.trim(), status, start: from ?? (status === "pending" ? undefined : now) },
    end: to ?? (status === "ended" ? now : undefined),
  });
}

/** A former post as its author can change it here. */
export function writtenOf(properties: Mf2Properties, now: number): PostContent {
  const how = LINKS.find((name) => properties[name]) ?? "bookmark-of";
  const published = text(first(properties, "published"));
  const isLater = Date.parse(published) > now;
  const live = first(properties, "live");
  return {
    ...EMPTY,
    title: text(first(properties, "name")),
    text: text(first(properties, "content")),
    ...formOf(first(properties, "content")),
    tags: (properties["category"] ?? []).map(text),
    language: text(first(properties, "lang")),
    when: text(first(properties, "post-status")) === "draft" ? "draft" : isLater ? "later" : "now",
    at: isLater ? published : "",
    how,
    link: text(first(properties, how)),
    media: MEDIA.flatMap((property) => (properties[property] ?? []).map((value) => formerMedium(property, value))),
    ...(live === undefined || typeof live === "string" ? {} : { live: formerLive(live) }),
  };
}

const first = (properties: Mf2Properties, name: string): Mf2Value | undefined => properties[name]?.[0];

/** A text goes back in the form in which it came: HTML that came as a text would be shown as such. */
function formOf(content: Mf2Value | undefined): { readonly form?: "html" | "markdown" } {
  if (typeof content !== "object") return {};
  if (content["markdown"] !== undefined) return { form: "markdown" };
  return content["html"] === undefined ? {} : { form: "html" };
}

/** Of a text in several forms the one that its author wrote. */
function text(value: unknown): string {
  if (typeof value !== "object" || value === null) return value === undefined || value === null ? "" : String(value);
  const { markdown, html, value: plain } = value as { readonly [name: string]: unknown };
  return text(markdown ?? html ?? plain);
}

function formerMedium(property: MediaProperty, value: Mf2Value): PostMedia {
  const url = typeof value === "string" ? value : text(value["value"]);
  const name = decodedName(url);
  return { id: url, property, alt: altOf(value), name, type: "", size: 0, url, former: value };
}

function decodedName(url: string): string {
  const name = url.split("/").at(-1) ?? url;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function formerLive(live: { readonly [name: string]: unknown }): PostLive {
  const status = live["status"] === "live" || live["status"] === "ended" ? live["status"] : "pending";
  const [start, end] = [text(live["start"]), text(live["end"])];
  return { url: text(live["url"]), status, start, end, recording: "" };
}

export const kindOf = ({ live, link, media }: PostContent): PostKind =>
  live ? "live" : link !== "" ? "link" : (media[0]?.property ?? "text");

export interface PostDifference {
  readonly replace?: Mf2Properties;
  readonly delete?: readonly string[];
}

/** Only what its author changed here is asked for, so that all else of the post stays as it is there. */
export function differenceOf(former: Mf2Properties, post: PostContent, now: string): PostDifference | undefined {
  const before = propertiesOf(writtenOf(former, Date.parse(now)), now);
  const after = propertiesOf(post, now);
  const replace = Object.fromEntries(
    Object.entries(after).filter(([name, values]) => JSON.stringify(values) !== JSON.stringify(before[name])),
  );
  // A post that was to come later comes now.
  const isNow = before["published"] !== undefined && after["published"] === undefined && post.when === "now";
  const gone = Object.keys(before).filter((name) => !(name in after) && !(isNow && name === "published"));
  const replaced: Mf2Properties = isNow ? { ...replace, published: [now] } : replace;
  if (Object.keys(replaced).length === 0 && gone.length === 0) return undefined;
  return {
    ...(Object.keys(replaced).length > 0 ? { replace: replaced } : {}),
    ...(gone.length > 0 ? { delete: gone } : {}),
  };
}

/** Whether the post is as it was asked to be: the answer to a former request was lost. */
export function isAsAsked(current: Mf2Properties, asked: PostDifference, now: string): boolean {
  const there = propertiesOf(writtenOf(current, Date.parse(now)), now);
  const wanted = propertiesOf(writtenOf({ ...asked.replace }, Date.parse(now)), now);
  const same = (name: string) => JSON.stringify(there[name]) === JSON.stringify(wanted[name]);
  return (asked.delete ?? []).every((name) => !there[name]) && Object.keys(asked.replace ?? {}).every(same);
}
