/** The text of feed-safe HTML, and which of its paragraphs can be the lead. */
import { withoutBreaks, withoutNoteLinks } from "../../base/text.ts";
import { typeByName } from "../facts/mime.ts";
import { embedOf } from "./embeds.ts";
import { INLINE } from "./profile.ts";

export interface SafeHtml {
  readonly html: string;
  /** The text of the first paragraph that is for reading, for a summary. */
  readonly lead: string;
  /** What is before the post's more mark, if there is one, with every element closed. */
  readonly beforeMore?: string;
}

/** Without the white space that removed elements leave at both ends. */
export const trimmed = (html: string): string => html.trimEnd().replace(/^[ \t\n]+/, "");

/** Stands for the edge of a block: a space, which feed-safe HTML itself does not have. */
const EDGE = "\f";

/** Lines that end with full-width punctuation, which is as wide as a space beside it. */
const ENDED_LINES = /(?<=[，。、；：？！…」』）》])<br>\n?/g;

/** The text of feed-safe HTML, with a space where a block begins or ends, and without what leads to notes and back. */
export function plainText(html: string): string {
  const text = withoutNoteLinks(html)
    .replace(ENDED_LINES, "")
    .replace(/<\/?([a-z][a-z0-9]*)\b[^<>]*>/g, (_, name: string) => (INLINE.has(name) ? "" : EDGE));
  return withoutBreaks(unescaped(text))
    .replace(/[ \t\n\f]+/g, " ")
    .trim();
}

/** Reverses `escapeText` and `escapeAttribute`. */
export const unescaped = (text: string): string =>
  text.includes("&")
    ? text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&")
    : text;

export interface SafeLink {
  readonly href: string;
  /** Its content, as HTML. */
  readonly inner: string;
}

/** The links of feed-safe HTML, in which none holds another, and the HTML around them. */
export function linksIn(html: string): { readonly links: readonly SafeLink[]; readonly around: string } {
  const pieces = html.split("</a>");
  const links: SafeLink[] = [];
  let around = pieces.pop() ?? "";
  for (const piece of pieces) {
    const start = piece.search(/<a\s/);
    const end = piece.indexOf(">", start);
    const [, href] = /\shref="([^"]*)"/.exec(piece.slice(start, end)) ?? [];
    const isLink = start >= 0 && href !== undefined;
    if (isLink) links.push({ href: unescaped(href), inner: piece.slice(end + 1) });
    around += isLink ? piece.slice(0, start) : piece;
  }
  return { links, around };
}

/** Whether a link with this content shows nothing. */
export const isEmptyLink = (html: string): boolean =>
  /^(?:\s|<[^<>]*>)*$/.test(html) && !/<(?:img|video|audio)\b/.test(html);

/** Whether an address is that of what a post has beside its text, such as the page that it is about. */
export type IsBeside = (href: string) => boolean;

export const NOWHERE: IsBeside = () => false;

/**
 * Whether HTML, such as the content of a paragraph, holds more than pictures and links to media and to what is beside the text. Links
 * alone that stand with one of these are more of its kind, such as the other pages that a post answers.
 */
export function isForReading(html: string, isBeside: IsBeside): boolean {
  if (!html.includes("<")) return html.trim() !== "";
  const { links, around } = linksIn(html);
  if (plainText(around) !== "") return true;
  if (links.some(({ href }) => isBeside(href))) return false;
  return links.some(({ href, inner }) => plainText(inner) !== "" && !leadsToMedia(href));
}

/** `.ts` is rather a program. */
const leadsToMedia = (href: string): boolean =>
  /^(?:audio|video)\/(?!mp2t)/.test(typeByName(href) ?? "") || embedOf(href)?.provider !== undefined;
