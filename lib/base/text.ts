/** Text that XML 1.0 can carry, how it is escaped, and names folded. */

// XML 1.0 §2.2 Char: everything but most C0 controls, surrogates, U+FFFE and U+FFFF.
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/** Without the characters that no XML document can hold, not even escaped; line ends as parsers give them back. */
export function xmlSafe(text: string): string {
  return text.replace(NOT_XML, "").replace(/\r\n?/g, "\n");
}

/** One line of it: white space folded as HTML folds it, so that a full-width space stays. */
export function oneLine(text: string): string {
  return xmlSafe(text)
    .replace(/[ \t\r\n]+/g, " ")
    .replace(/^ | $/g, "");
}

/** Names with one folded form are one: case, spaces, `-` and `_` do not tell names apart. */
export function foldName(name: string): string {
  return name
    .normalize("NFC")
    .toLowerCase()
    .normalize("NFC")
    .trim()
    .replace(/[\s_-]+/g, "-");
}

/** What is read of one line in which somebody wrote HTML or Markdown: links, bold and code are their text. */
export function withoutMarkup(text: string): string {
  return text
    .replace(/<\/?[a-z][^<>]*>/gi, "")
    .replace(/!?\[([^[\]]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+"[^"]*")?\)/g, "$1")
    .replace(/(\*\*|__)(?=\S)([^*_]+?)(?<=\S)\1/g, "$2")
    .replace(/(?<!`)`([^`]+)`(?!`)/g, "$1");
}

/** `>` is escaped too, so that no `]]>` is ever left to end a CDATA section. */
export function escapeText(text: string): string {
  return /[&<>]/.test(text) ? text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;") : text;
}

export function escapeAttribute(text: string): string {
  return escapeText(text).replace(/"/g, "&quot;");
}

const segmenters = new Map<"grapheme" | "sentence", Intl.Segmenter>();

/** Made when the first text comes, since that takes longer than most modules take to load. */
function segmentsOf(text: string, granularity: "grapheme" | "sentence"): Intl.Segments {
  const segmenter = segmenters.get(granularity) ?? new Intl.Segmenter(undefined, { granularity });
  segmenters.set(granularity, segmenter);
  return segmenter.segment(text);
}

/** Characters as people count them (UAX #29): a family of emoji is one. */
export const graphemesOf = (text: string): Intl.Segments => segmentsOf(text, "grapheme");

export const sentencesOf = (text: string): Intl.Segments => segmentsOf(text, "sentence");
