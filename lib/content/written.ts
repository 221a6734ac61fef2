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

interface WholeFile {
  readonly bytes: Uint8Array;
  /** The text of the file above the body. */
  readonly above: string;
}

/**
 * Of the text without the blank lines and blanks around it, which say nothing. `file`: the one that ends with the text, whose
 * bytes need not be made again then.
 */
export function digestWords(body: string, file?: WholeFile): DigestedWords {
  const before = body.slice(0, afterBlankLines(body));
  const words = body.slice(before.length).trimEnd();
  const around = [before, body.slice(before.length + words.length)] as const;
  const written = file && bytesOf(file);
  const bodySize = written?.length ?? Buffer.byteLength(body);
  if (words === "") return { wordsDigest: "", around, bodySize };
  const wordsDigest = digestOf(written?.subarray(before.length, bodySize - Buffer.byteLength(around[1])) ?? words);
  return { wordsDigest, around, bodySize };
}

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** The bytes of the body; `undefined` where the file has line ends that the body has as `\n`. */
function bytesOf({ bytes, above }: WholeFile): Uint8Array | undefined {
  // A buffer is searched in a fraction of the time that other arrays of bytes take.
  if (Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(CARRIAGE_RETURN)) return undefined;
  let start = 0;
  while (BYTE_ORDER_MARK.every((byte, i) => bytes[start + i] === byte)) start += BYTE_ORDER_MARK.length;
  return bytes.subarray(start + Buffer.byteLength(above));
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
