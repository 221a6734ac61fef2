/** What a post from a phone says, and how front matter has it: between the properties of microformats and the keys of a dialect. */
import type { Instant, LiveStatus } from "../../model.ts";
import type { Mf2Json } from "../request/types.ts";

/** `text` is Markdown without HTML and templates, as people type it; `markdown` is the dialect's own, kept as it is. */
export interface PostedContent {
  readonly form: "text" | "html" | "markdown";
  readonly text: string;
}

export interface PostedPhoto {
  readonly url: string;
  readonly alt?: string;
  /** What else the front matter says of it, such as a title: an update keeps it. */
  readonly others?: { readonly [name: string]: Mf2Json };
}

/** A recording: `poster` is what is seen of a video before it plays. */
export interface PostedRecording extends PostedPhoto {
  readonly type?: string;
  /** Bytes. */
  readonly length?: number;
  readonly width?: number;
  readonly height?: number;
  /** Seconds. */
  readonly duration?: number;
  readonly poster?: string;
}

export interface PostedStream {
  readonly url?: string;
  readonly status?: LiveStatus;
  readonly start?: Instant;
  readonly end?: Instant;
}

export type Visibility = "public" | "unlisted" | "private";

export const RESPONSES = ["in-reply-to", "like-of", "bookmark-of", "repost-of"] as const;

/** What the front matter says. */
export interface Posted {
  readonly title?: string;
  readonly summary?: string;
  readonly published?: Instant;
  readonly updated?: Instant;
  readonly authors: readonly string[];
  readonly language?: string;
  readonly slug?: string;
  readonly tags: readonly string[];
  /** Each a path where the dialect has such: `Fields/North`. */
  readonly channels: readonly string[];
  readonly isDraft: boolean;
  readonly visibility: Visibility;
  readonly responses: ReadonlyMap<(typeof RESPONSES)[number], readonly string[]>;
  readonly photos: readonly PostedPhoto[];
  readonly videos: readonly PostedRecording[];
  readonly audios: readonly PostedRecording[];
  readonly live?: PostedStream;
  readonly location?: Mf2Json;
  /** What has no key in front matter, by its own names. */
  readonly others: ReadonlyMap<string, readonly Mf2Json[]>;
}

/** FieldValue without quotes: a date, a number, a flag. */
export interface Bare {
  readonly bare: string;
}

/** A value of front matter, to be written in YAML, TOML or JSON. */
export type FieldValue = string | Bare | readonly FieldValue[] | ReadonlyMap<string, FieldValue>;

/** By path, `title` or `taxonomies.tags`, in the order in which they are written. */
export type FieldValues = ReadonlyMap<string, FieldValue>;

export const bare = (value: string | number | boolean): Bare => ({ bare: String(value) });
export const isBare = (value: FieldValue): value is Bare => typeof value === "object" && "bare" in value;
