/** Properties of microformats → what the post says, checked value by value. */
import { invalid } from "../../base/http/error.ts";
import { present } from "../../base/optional.ts";
import { oneLine } from "../../base/text.ts";
import { parseDate } from "../../content/facts/dates.ts";
import type { Instant } from "../../model.ts";
import { canonicalLanguage } from "../../site/language.ts";
import type { Mf2Json, Properties } from "../request/types.ts";
import { slugOfText } from "./names.ts";
import { audiosOf, photosOf, streamOf, urlIn, videosOf } from "./postedmedia.ts";
import { type Posted, type PostedContent, RESPONSES, type Visibility } from "./types.ts";

/** What is understood; other names are kept as they are. */
const KNOWN = new Set([
  ..."name content summary category published updated photo video audio location author post-status visibility".split(
    " ",
  ),
  ..."lang live url uid mp-slug mp-channel mp-photo-alt mp-syndicate-to syndication".split(" "),
  ...RESPONSES,
]);

export const isKnownProperty = (name: string): boolean => KNOWN.has(name);

/** More than any app sends. What is over is ignored, as all might be that is not known (Micropub, section 3.3.5). */
const MOST_OTHERS = 20;

/** Throws an `HttpError` that names the property whose value cannot be used. */
export function postedOf(properties: Properties, timezone: string): Posted {
  const one = (name: string) => first(properties, name);
  const text = (name: string) => textOf(name, one(name));
  const date = (name: string) => dateOf(name, text(name), timezone);
  const language = text("lang");
  if (language !== undefined && canonicalLanguage(language) === undefined) {
    throw invalid(`lang: ${shown(language)} is no language: write a tag such as zh-Hans or en`);
  }
  const others = [...properties].filter(([name]) => !KNOWN.has(name) && /^[a-z][a-z\d-]{0,63}$/.test(name));
  return {
    ...present({
      title: titleOf(properties),
      summary: text("summary"),
      published: date("published"),
      updated: date("updated"),
      language,
      slug: slugOfText(text("mp-slug") ?? "") || undefined,
      live: one("live") === undefined ? undefined : streamOf(one("live"), timezone),
      location: one("location"),
    }),
    authors: (properties.get("author") ?? []).flatMap((value) => nameIn("author", value) ?? []),
    tags: names(properties, "category"),
    channels: names(properties, "mp-channel"),
    isDraft: oneOf("post-status", text("post-status"), ["published", "draft"]) === "draft",
    visibility: oneOf("visibility", text("visibility"), VISIBILITIES) ?? "public",
    responses: new Map(
      RESPONSES.flatMap((name) => {
        const urls = (properties.get(name) ?? []).map((value) => urlIn(name, value));
        return urls.length > 0 ? [[name, urls] as const] : [];
      }),
    ),
    photos: photosOf(properties),
    videos: videosOf(properties),
    audios: audiosOf(properties),
    others: new Map(others.slice(0, MOST_OTHERS)),
  };
}

const VISIBILITIES: readonly Visibility[] = ["public", "unlisted", "private"];

/** `undefined` where there is none. HTML comes in an object with the key `html` (Micropub, section 4.1.3). */
export function contentOf(properties: Properties): PostedContent | undefined {
  const value = first(properties, "content");
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return { form: "text", text: value };
  if (typeof value === "object" && !Array.isArray(value)) {
    const { html, markdown, value: plain } = value as { readonly [name: string]: Mf2Json };
    if (typeof html === "string") return { form: "html", text: html };
    if (typeof markdown === "string") return { form: "markdown", text: markdown };
    if (typeof plain === "string") return { form: "text", text: plain };
  }
  throw invalid('content is neither a text nor {"html": "<p>…</p>"}');
}

export const titleOf = (properties: Properties): string | undefined => textOf("name", first(properties, "name"));

function first(properties: Properties, name: string): Mf2Json | undefined {
  return properties.get(name)?.[0];
}

const shown = (text: string): string => JSON.stringify(text.slice(0, 100));

/** One line of text; `undefined` for an empty one. */
function textOf(name: string, value: Mf2Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "object") throw invalid(`${name} is no text`);
  return oneLine(String(value).toWellFormed()).trim() || undefined;
}

/** A text, or the name in an object such as an h-card. */
function nameIn(name: string, value: Mf2Json): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return textOf(name, value);
  const { properties, value: own } = value as { readonly [name: string]: Mf2Json };
  const named =
    typeof properties === "object" && properties !== null && "name" in properties ? properties["name"] : own;
  return textOf(name, Array.isArray(named) ? named[0] : named);
}

/** Obsidian's `#`, and a comma behind a name, which Jekyll leaves out, are no part of it. */
function names(properties: Properties, property: string): readonly string[] {
  const all = (properties.get(property) ?? []).flatMap((value) => nameIn(property, value) ?? []);
  const bare = all.map((name) => name.replace(/^#+(?=[\p{L}\p{N}_])/u, "").replace(/(?<![\s,])[\s,]+$/, ""));
  return [...new Set(bare.filter((name) => name !== ""))];
}

function dateOf(name: string, text: string | undefined, timezone: string): Instant | undefined {
  const instant = text === undefined ? undefined : parseDate(text, timezone);
  if (text !== undefined && instant === undefined) {
    throw invalid(`${name}: ${shown(text)} is no date: write it as 2026-12-01T15:04:05+08:00`);
  }
  return instant;
}

function oneOf<T extends string>(name: string, text: string | undefined, known: readonly T[]): T | undefined {
  const found = known.find((each) => each === text);
  if (text !== undefined && found === undefined) {
    throw invalid(`${name}: ${shown(text)} is none of ${known.join(", ")}`);
  }
  return found;
}
