/** A text of the owner with `{0}`, `{name}` and `{content}` in it: where each stands, and what is escaped there. */
import { escapeAttribute, escapeText } from "../../../base/text.ts";

export interface Slot {
  readonly name: string;
  readonly place: Place;
  /** It begins a line. */
  readonly isFirst: boolean;
  /** The marks of quotes before it on its line, and spaces for the mark of a list: what its further lines begin with. */
  readonly prefix: string;
}

/**
 * `value` is in the quotes of an attribute, `loose` in a value without quotes, `bare` all of one, `name` where an attribute may
 * stand; `target` is that of a link in Markdown.
 */
type Place = "text" | "value" | "loose" | "bare" | "name" | "target" | "code";

export interface Slots {
  readonly parts: readonly (string | Slot)[];
  /** Tags stand before its content. */
  readonly isHtml: boolean;
}

const MARK =
  /\{(?<slot>[\p{L}\p{N}_$@-]{1,100})\}|(?<code>`+)|(?<tag><\/?[a-z])|(?<link>\]\()|(?<quote>["'])|(?<end>[>)\s])/giu;

/** In which nothing is markup, nor an entity. */
const XMP = /<xmp(\s[^<>]*)?>([^<]*(?:<(?!\/?xmp)[^<]*)*)<\/xmp>/gi;
const shownAsPre = (_: string, attributes = "", content: string): string =>
  `<pre${attributes}>${escapeText(content)}</pre>`;

const known = new Map<string, Slots>();
const MOST_KNOWN = 1_000;

/** Paragraphs cannot stand within one, which the content may be. */
const AROUND = /<p(?:\s[^<>]*)?>[ \t]*\{content\}[ \t]*<\/p>/gi;

export function slotsOf(template: string): Slots {
  const before = known.get(template);
  if (before) return before;
  const slots = readSlots(template.replace(XMP, shownAsPre).replace(AROUND, "\n\n{content}\n\n"));
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(template, slots);
  return slots;
}

function readSlots(text: string): Slots {
  const parts: (string | Slot)[] = [];
  let inside: "text" | "tag" | "link" | "code" = "text";
  /** The quotation mark of the value, or the backticks of the code, that is open. */
  let open = "";
  let isHtml = false;
  let since = 0;
  for (const { 0: mark, index, groups = {} } of text.matchAll(MARK)) {
    if (groups["slot"] !== undefined) {
      const end = index + mark.length;
      const line = text.slice(text.lastIndexOf("\n", index - 1) + 1, index);
      const place = inside === "tag" ? inTag(index, end) : inside === "link" ? "target" : inside;
      parts.push(text.slice(since, index));
      parts.push({ name: groups["slot"], place, isFirst: /^[\s>]*$/.test(line), prefix: prefixOf(line) });
      since = end;
    } else if (inside === "code") {
      if (mark === open) inside = "text";
    } else if (inside === "tag") {
      if (mark === open) open = "";
      else if (groups["quote"] !== undefined && open === "" && text[index - 1] === "=") open = mark;
      else if (mark === ">" && open === "") inside = "text";
    } else if (inside === "link") {
      if (groups["end"] !== undefined) inside = "text";
    } else if (groups["tag"] !== undefined) {
      inside = "tag";
      isHtml = true;
    } else if (groups["link"] !== undefined) {
      inside = "link";
    } else if (groups["code"] !== undefined && text.includes(mark, index + mark.length)) {
      inside = "code";
      open = mark;
    }
    if (inside === "text") open = "";
  }
  parts.push(text.slice(since));
  return { parts, isHtml };

  function inTag(start: number, end: number): Place {
    if (open !== "") return "value";
    if (/\s/.test(text[start - 1] ?? "")) return "name";
    return text[start - 1] === "=" && /^[\s>]/.test(text.slice(end, end + 1)) ? "bare" : "loose";
  }
}

const BLOCKS = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?/;

function prefixOf(line: string): string {
  const marks = BLOCKS.exec(line)?.[0] ?? "";
  return marks.trim() === "" ? "" : marks.replace(/[^\s>]/g, " ");
}

/** Markup becomes text; what is written as an entity stays one. */
const unmarked = (escaped: string): string => escaped.replace(/&amp;(#?\w{1,30};)/g, "&$1");
const attributeOf = (value: string): string => unmarked(escapeAttribute(value));
const entity = (character: string): string => `&#${character.codePointAt(0)};`;

/** A value as text, which is no markup in the place of the slot. */
export function escapedFor({ place, isFirst }: Slot, written: string): string {
  const value = written.trim().replace(/\s+/g, " ");
  switch (place) {
    case "value":
      return attributeOf(value).replace(/[`=|']/g, entity);
    case "loose":
      return attributeOf(value).replace(/[`=|' ]/g, entity);
    case "bare":
      return `"${attributeOf(value).replace(/[`|]/g, entity)}"`;
    case "name":
      return /^[\w-]*$/.test(value) ? value : "";
    case "target":
      return unmarked(escapeText(value))
        .replace(/ /g, "%20")
        .replace(/[()*_`[\]~\\$"'|]/g, entity);
    case "code":
      return value.replace(/`/g, "'");
    case "text": {
      const text = unmarked(escapeText(value)).replace(/["*_`[\]~\\$|^=+{}]/g, entity);
      return isFirst ? text.replace(/^(?:(\d{1,9})([.)])|[#:-])/, beginning) : text;
    }
  }
}

/** Not the mark of a heading, an item or a container. */
const beginning = (mark: string, digits: string | undefined, end = ""): string =>
  digits === undefined ? entity(mark) : `${digits}${entity(end)}`;
