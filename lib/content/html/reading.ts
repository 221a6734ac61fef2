/** The text of feed-safe HTML, and which of its paragraphs can be the lead. */
import { embedOf } from "./embeds.ts";
import { INLINE } from "./profile.ts";

export interface SafeHtml {
  readonly html: string;
  /** The text of the first paragraph that is for reading, for a summary. */
  readonly lead: string;
  /** The text before the post's more mark, if there is one. */
  readonly beforeMore?: string;
}

/** Without the white space that removed elements leave at both ends. */
export const trimmed = (html: string): string => html.trimEnd().replace(/^[ \t\n]+/, "");

/** The text of feed-safe HTML, with a space where a block begins or ends. */
export function plainText(html: string): string {
  const text = html.replace(/<\/?([a-z][a-z0-9]*)[^>]*>/g, (_, name: string) => (INLINE.has(name) ? "" : " "));
  return unescaped(text)
    .replace(/[ \t\n]+/g, " ")
    .trim();
}

/** Reverses `escapeText` and `escapeAttribute`. */
export const unescaped = (text: string): string =>
  text.includes("&")
    ? text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&")
    : text;

const LINK = /<a href="([^"]*)"[^>]*>[\s\S]*?<\/a>/g;

/** Whether a paragraph with this content holds more than pictures and links to media. */
export function isForReading(html: string): boolean {
  if (!html.includes("<")) return html.trim() !== "";
  if (plainText(html.replace(LINK, "")) !== "") return true;
  const rest = html.replace(LINK, (link, href: string) => (embedOf(unescaped(href))?.provider ? "" : link));
  return plainText(rest) !== "";
}
