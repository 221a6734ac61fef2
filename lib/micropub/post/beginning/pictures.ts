/** A picture of a post ⇄ its line in the text: `![alt](url)`. */
import { xmlSafe } from "../../../base/text.ts";
import type { PostedPhoto } from "../types.ts";
import { isSameAddress, typedAddress, typedWords, writtenAddress, writtenWords } from "./signs.ts";
import type { ShownLine } from "./types.ts";

/** A picture alone on its line, without anything that a generator or Markdown reads in it; other lines are text. */
const PICTURE =
  /^!\[((?:\\[!-/:-@[-`{-~]|[^\\[\]{}<>`])*)\]\(((?:https?:|(?![a-z][a-z\d+.-]*:))[^\s()<>{}[\]\\`"]+)\)[ \t]*$/i;

export function pictureIn(line: string): PostedPhoto | undefined {
  if (!line.startsWith("![")) return undefined;
  const [, alt = "", url] = PICTURE.exec(line) ?? [];
  if (url === undefined) return undefined;
  const words = typedWords(alt).trim();
  return { url: typedAddress(url), ...(words !== "" && { alt: words }) };
}

/** Of a picture that is there already the line stays as it is written. */
export function pictureLines(photos: readonly PostedPhoto[], former: readonly ShownLine[]): readonly string[] {
  return photos.map(({ url, alt = "" }) => {
    const there = former.find((each) => isSameAddress(each.url, url) && (each.alt ?? "") === alt);
    return there?.line ?? `![${writtenWords(xmlSafe(alt))}](${writtenAddress(url)})`;
  });
}
