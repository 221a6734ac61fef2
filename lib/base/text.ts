/** Text: what XML 1.0 allows, escaped for it; names compared; markup removed; split into characters and sentences. */

// XML 1.0 §2.2 Char: everything but most C0 controls, surrogates, U+FFFE and U+FFFF.
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/** Removes the characters that XML does not allow even escaped; line ends become `\n`, as parsers read them (§2.11). */
export function xmlSafe(text: string): string {
  return text.replace(NOT_XML, "").replace(/\r\n?/g, "\n");
}

// Han, kana, Bopomofo, their punctuation and full-width forms: the characters of scripts that are written without spaces.
export const SPACELESS = String.raw`\p{Script=Han}\u3000-\u3129\u31a0-\u31bf\u31f0-\u31ff\ufe10-\ufe1f\ufe30-\ufe4f\uff01-\uff9f\uffe0-\uffe6`;
/** Punctuation that Chinese and Japanese share with other scripts. */
const SHARED = String.raw`\u00b7\u2014\u2018\u2019\u201c\u201d\u2026`;
const NO_SPACE = new RegExp(
  `(?<=[${SPACELESS}])[ \\t]*\\n[ \\t]*(?=[${SPACELESS}${SHARED}])|(?<=[${SHARED}])[ \\t]*\\n[ \\t]*(?=[${SPACELESS}])`,
  "gu",
);

/** Without the line breaks between Chinese or Japanese characters, for which no space is written; Korean has spaces. */
export const withoutBreaks = (text: string): string => (text.includes("\n") ? text.replace(NO_SPACE, "") : text);

const NO_PLAIN_LINE = /[\u0000-\u001f\ufffe\uffff]|\p{Surrogate}|^ | $| {2}/u;

/** The text as one line: white space is collapsed as in HTML, so that a full-width space stays. */
export function oneLine(text: string): string {
  if (!NO_PLAIN_LINE.test(text)) return text;
  return withoutBreaks(xmlSafe(text))
    .replace(/[ \t\r\n]+/g, " ")
    .replace(/^ | $/g, "");
}

/** `3,000,000` */
export const writtenNumber = (amount: number): string => amount.toLocaleString("en-US");

/** `3,000,000 characters, where 10,000 are the most` */
export const beyond = (amount: number, unit: string, most: number): string =>
  `${writtenNumber(amount)} ${unit}, where ${writtenNumber(most)} are the most`;

/** Two names are the same if their folded forms are: case, spaces, `-` and `_` make no difference. */
export function foldName(name: string): string {
  return name
    .normalize("NFC")
    .toLowerCase()
    .normalize("NFC")
    .trim()
    .replace(/[\s_-]+/g, "-");
}

/** The number of a note that leads to it, within `sup` or around it, and the way back from the note: no words of the text. */
const NOTE_LINKS =
  /[ \n]?(?:<sup[^<>]*><a [^<>#]*#[^<>]*>\[?\d{1,4}(?::\d{1,4})?\]?<\/a><\/sup>|<a [^<>#]*#[^<>]*>(?:<sup[^<>]*>\[?\d{1,4}\]?<\/sup>|↩\ufe0e?(?:<sup>\d{1,4}<\/sup>)?)<\/a>)/g;

/** HTML without the links by which notes and what they are about lead to each other. */
export const withoutNoteLinks = (html: string): string =>
  html.includes("</sup>") || html.includes("↩") ? html.replace(NOTE_LINKS, "") : html;

/** The text of a line that may contain HTML or Markdown: links, bold and code are replaced by their text. */
export function withoutMarkup(text: string): string {
  return withoutNoteLinks(text)
    .replace(/(?<!`) ?\[\^\d{1,4}\](?![(:`])/g, "")
    .replace(/<\/?[a-z][^<>]*>/gi, "")
    .replace(/!?\[([^[\]]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+"[^"]*")?\)/g, "$1")
    .replace(/(\*\*|__)(?=\S)([^*_]+?)(?<=\S)\1/g, "$2")
    .replace(/(?<!`)`([^`]+)`(?!`)/g, "$1");
}

/** `>` is escaped too, so that no `]]>` remains, which would end a CDATA section. */
export function escapeText(text: string): string {
  return /[&<>]/.test(text) ? text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;") : text;
}

export function escapeAttribute(text: string): string {
  return escapeText(text).replace(/"/g, "&quot;");
}

/** Without such characters at its end; a pattern would be tried at each of them, wherever they are. */
export function withoutEnding(text: string, character: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === character) end -= 1;
  return text.slice(0, end);
}

const segmenters = new Map<"grapheme" | "sentence", Intl.Segmenter>();

/** A segmenter is made at the first use, since that takes longer than loading most modules. */
function segmentsOf(text: string, granularity: "grapheme" | "sentence"): Intl.Segments {
  const segmenter = segmenters.get(granularity) ?? new Intl.Segmenter(undefined, { granularity });
  segmenters.set(granularity, segmenter);
  return segmenter.segment(text);
}

/** Characters as people count them (UAX #29): a family of emoji is one. */
export const graphemesOf = (text: string): Intl.Segments => segmentsOf(text, "grapheme");

export const sentencesOf = (text: string): Intl.Segments => segmentsOf(text, "sentence");

/** A text with a malformed escape stays as it is. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** An address for people. Only letters, marks, numbers and emoji: whatever hides, changes it or looks like ASCII (`／`) stays as it is. */
export function readableEscapes(address: string): string {
  return address.replace(/(?:%[89a-f][\da-f])+/gi, (escaped) => {
    try {
      const text = decodeURIComponent(escaped);
      return READABLE.test(text) && !FILLER.test(text) && !/[!-~]/.test(text.normalize("NFKC")) ? text : escaped;
    } catch {
      return escaped; // not UTF-8
    }
  });
}

const READABLE = /^[\p{L}\p{M}\p{N}\p{Emoji_Presentation}]+$/u;
/** Fillers and selectors, which are letters and marks all the same, and invisible. */
const FILLER = /\p{Default_Ignorable_Code_Point}/u;

/** The words of a text: a table of them is written as one. */
export const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** `a, b or c` */
export const listInWords = (words: readonly string[], last: "and" | "or"): string =>
  [words.slice(0, -1).join(", "), ...words.slice(-1)].filter(Boolean).join(` ${last} `);
