/** The name of a post's file, whatever somebody types as its slug or title. */
/** Characters: file systems have names of 255 bytes, and a character takes four at most. */
const LONGEST = 50;
/** Words of a text that has no title. */
const MOST_WORDS = 6;

/**
 * Names that mean something else: the page of a folder, its text for readers of a repository, the page for what is not found, and
 * devices of Windows (https://learn.microsoft.com/windows/win32/fileio/naming-a-file).
 */
const RESERVED = /^(?:index|readme|license|404|con|prn|aux|nul|com\d|lpt\d)$/;

/**
 * Letters, marks and digits of every script, in lower case, with dashes between words, as slugs of channels have them. Empty where
 * the text has none of them. No dot, slash, blank or control is left, so that it leads nowhere else.
 */
export function slugOfText(text: string): string {
  const words = text
    .toWellFormed()
    .normalize("NFC")
    .toLowerCase()
    .normalize("NFC")
    .replace(/['’]/g, "")
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(Boolean);
  const kept: string[] = [];
  let length = 0;
  for (const word of words) {
    const characters = [...word];
    if (length > 0 && length + characters.length > LONGEST) break;
    kept.push(characters.slice(0, LONGEST).join(""));
    length += characters.length + 1;
    if (length > LONGEST) break;
  }
  // A mark alone would join what stands before it.
  return kept.join("-").replace(/^[\p{M}-]+/u, "");
}

interface Naming {
  readonly slug?: string | undefined;
  readonly title?: string | undefined;
  /** Without marks of Markdown or HTML, as far as that is easily told. */
  readonly words: string;
  /** `2026-12-01`, and `150405` for what says nothing that could be its name. */
  readonly day: string;
  readonly time: string;
  readonly folder: string;
  readonly isDated: boolean;
}

/** Content keys for the post, the best first, then numbered without end. */
export function* keysFor({ slug, title, words, day, time, folder, isDated }: Naming): Generator<string> {
  const texts = [
    slug,
    title,
    words
      .split(/\s+/, MOST_WORDS + 20)
      .slice(0, MOST_WORDS)
      .join(" "),
  ];
  const name = texts.map((text) => slugOfText(text ?? "")).find((each) => each !== "") ?? time;
  // Eleventy takes a file that is named as its folder for the page of it.
  const isTaken = RESERVED.test(name) || folder.endsWith(`${name}/`);
  const free = isTaken ? `post-${name}` : name;
  const begin = `${folder}${isDated ? `${day}-` : ""}${free}`;
  yield `${begin}.md`;
  for (let next = 2; ; next++) yield `${begin}-${next}.md`;
}

/** The words of a text, without addresses of links, tags and signs of Markdown. */
export const wordsOf = (text: string): string =>
  text
    .slice(0, 2_000)
    .replace(/<[^<>]*>/g, " ")
    .replace(/!?\[([^[\]]*)\]\([^()]*\)/g, "$1")
    .replace(/https?:\/\/\S+/g, " ")
    .replace(/&(?:#\d+|[a-z]+);/gi, " ")
    .trim();
