/**
 * Pictures of a post ⇄ the lines at the beginning of its text that show them, one `![alt](url)` a line and a blank line below: what
 * the pages of every generator show, whatever the theme.
 */
import { xmlSafe } from "../../base/text.ts";
import type { PostedPhoto } from "./types.ts";

export interface PicturesInText {
  readonly photos: readonly PostedPhoto[];
  /** As they are written, one of each photo. */
  readonly lines: readonly string[];
  /** The text below them. */
  readonly rest: string;
}

/** A picture alone on its line, without anything that a generator or Markdown reads in it; other lines are text. */
const PICTURE =
  /^!\[((?:\\[!-/:-@[-`{-~]|[^\\[\]{}<>`])*)\]\(((?:https?:|(?![a-z][a-z\d+.-]*:))[^\s()<>{}[\]\\`"]+)\)[ \t]*$/i;

export function picturesIn(body: string): PicturesInText {
  const text = body.replace(/^(?:[ \t]*\n)+/, "");
  const photos: PostedPhoto[] = [];
  const lines: string[] = [];
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf("\n", at);
    const line = end < 0 ? text.slice(at) : text.slice(at, end);
    const photo = pictureIn(line);
    if (!photo) return line.trim() === "" ? { photos, lines, rest: text.slice(at) } : { ...NONE, rest: body };
    photos.push(photo);
    lines.push(line);
    at = end < 0 ? text.length : end + 1;
  }
  return { photos, lines, rest: "" };
}

const NONE = { photos: [], lines: [] } as const;

function pictureIn(line: string): PostedPhoto | undefined {
  if (!line.startsWith("![")) return undefined;
  const [, alt = "", url] = PICTURE.exec(line) ?? [];
  if (url === undefined) return undefined;
  const words = asTyped(alt).trim();
  return { url, ...(words !== "" && { alt: words }) };
}

/** Of a picture that is there already the line stays as it is written. */
export function pictureLines(photos: readonly PostedPhoto[], former: PicturesInText = picturesIn("")): string[] {
  return photos.map(({ url, alt = "" }) => {
    const there = former.photos.findIndex((each) => isSameAddress(each.url, url) && (each.alt ?? "") === alt);
    return former.lines[there] ?? `![${escapedAlt(xmlSafe(alt))}](${pictureAddress(url)})`;
  });
}

export const withPictures = (lines: readonly string[], rest: string): string =>
  [lines.join("\n"), rest].filter((part) => part !== "").join("\n\n");

/**
 * What Markdown reads in the words of a picture, and in text of the dialects besides. As references: kramdown and older versions of
 * marked put the words into `alt` as they stand, where a backslash would be seen and a reference is read (ESCAPE_ATTRIBUTE_RE in
 * lib/kramdown/utils/html.rb of gettalong/kramdown).
 */
const SIGNS = /[\\`*_[\]<>{}$~^|]|&(?=[#a-z])|([=+%:-])(?=\1)|(?<=__GH)O(?=ST_URL__)/gi;

const escapedAlt = (alt: string): string => alt.replace(SIGNS, (sign) => NAMED.get(sign) ?? `&#${sign.charCodeAt(0)};`);

const NAMED: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
]);

/** With what hand-written lines have, too. */
function asTyped(alt: string): string {
  return alt.replace(/&(?:#(\d{1,3})|(amp|lt|gt|quot));|\\([!-/:-@[-`{-~])/g, (_, code, name, escaped) => {
    if (escaped !== undefined) return escaped;
    return code === undefined ? (CHARACTERS[name] ?? "") : String.fromCodePoint(Number(code));
  });
}

const CHARACTERS: { readonly [name: string]: string } = { amp: "&", lt: "<", gt: ">", quot: '"' };

/** The address without what would end it, or begin something else: the same one to servers (RFC 3986, 2.1). */
export const pictureAddress = (url: string): string =>
  url.replace(
    /[()[\]{}\\`'*|^]|;(?<=&[#a-z\d]{1,32};)/gi,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

export const isSameAddress = (one: string, other: string): boolean => pictureAddress(one) === pictureAddress(other);
