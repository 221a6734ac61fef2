/** Digests of what the author of a post wrote, as it is written. */
import { digest, digestOf } from "../base/digest.ts";
import { KEYS } from "./facts/dialects.ts";
import { filmsOf } from "./facts/films.ts";
import { mediaFields } from "./facts/media.ts";
import { type Fields, given, hasText, textOf } from "./frontmatter/values.ts";
import { afterBlankLines } from "./lines.ts";

/** The title as given, the words, and the media. */
export const digestSource = (fields: Fields, wordsDigest: string): string =>
  digest(textOf(given(fields, ...KEYS.title)) ?? null, wordsDigest, mediaAsWritten(fields));

export interface DigestedWords {
  /** Empty where there are none. */
  readonly wordsDigest: string;
  /** What is around them. */
  readonly around: readonly [before: string, after: string];
  /** Of the whole text, in bytes. */
  readonly bodySize: number;
}

const CARRIAGE_RETURN = 13;

/**
 * Of the text without the blank lines and blanks around it, which say nothing. Where `file` is the file that ends with the
 * text, its bytes need not be made of it again.
 */
export function digestWords(body: string, file?: Uint8Array): DigestedWords {
  const before = body.slice(0, afterBlankLines(body));
  const words = body.slice(before.length).trimEnd();
  const around = [before, body.slice(before.length + words.length)] as const;
  const bodySize = Buffer.byteLength(body);
  if (words === "") return { wordsDigest: "", around, bodySize };
  // In the text of others each line end is a single character.
  const isFile = file !== undefined && !file.includes(CARRIAGE_RETURN);
  const end = isFile ? file.length - Buffer.byteLength(around[1]) : 0;
  const written = isFile ? file.subarray(file.length - bodySize + before.length, end) : words;
  return { wordsDigest: digestOf(written), around, bodySize };
}

/** Keys whose change counts as an update, as that of the title and the text does. */
const MEDIA_KEYS: readonly string[] = [
  ...KEYS.image,
  "gallery",
  "enclosure",
  "audio",
  "video",
  "podcast",
  "podcast_file",
  "live",
  "transcript",
  "transcripts",
  "chapters",
];

/** As written, so that a change of how it is read is no update. */
function mediaAsWritten(fields: Fields): readonly (readonly [name: string, source: string])[] {
  const named: (readonly [name: string, source: string])[] = [];
  for (const name of MEDIA_KEYS) {
    const field = fields.get(name);
    if (field && hasText(field)) named.push([name, field.source]);
  }
  const films = [...fields].filter(([name, field]) => filmsOf(name, field, fields).length > 0);
  const others = [...mediaFields(fields), ...films].filter(
    ([, field]) => !named.some(([name]) => fields.get(name) === field),
  );
  return [...named, ...others.map(([name, { source }]) => [name, source] as const)];
}
