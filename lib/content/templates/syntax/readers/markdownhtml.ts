/**
 * Reads elements that say that Markdown is read in them, `<div markdown="1">`, as kramdown, PHP Markdown Extra and
 * Python-Markdown do: CommonMark reads it behind a blank line.
 */
import { hasAt, LETTERS, matchAt } from "../../../match.ts";
import type { Construct } from "../../types.ts";
import { isLineEnd, prefixOf } from "../layout.ts";
import { fixed, type Position, type Reader } from "../reader.ts";

const NAMES =
  "address|article|aside|audio|blockquote|body|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|iframe|li|main|math|nav|object|ol|p|picture|section|summary|table|tbody|td|tfoot|th|thead|tr|ul|video";
const TAG = new RegExp(`<(\\/?)(${NAMES})(?=[\\s>])([^<>]*)>`, "gi");
const ATTRIBUTE = /\smarkdown(?:=(?:"(?:1|block|span)"|'(?:1|block|span)'|1|block|span))?(?=\s|$)/;
const WITH_ATTRIBUTE = /<[a-z][^<>]*\smarkdown[\s=>]/iy;

/** For kramdown a block of HTML ends with its closing tag, for CommonMark with a blank line; a picture is none. */
const WITH_TEXT_BEHIND = new RegExp(`<(?:\\/(?:${NAMES})|img\\s[^<>]*)>(?:[ \\t]*\\n)?[ \\t]*(?!\`{3})[^\\s<]`, "iy");
const TEXT_BEHIND = /^[ \t]*(?:\n[ \t>]*)?[^\s<]/;
const PICTURE = /(<img\s[^<>]*>)[ \t]*\n[ \t>]*(?![*+-][ \t]|\d+[.)])(?=[\p{L}\p{N}*_[(!"'])/iuy;

interface Tag {
  readonly end: number;
  /** What is written in its place, on a line of its own; `undefined` for HTML whose content is none of Markdown. */
  readonly shown: string | undefined;
  /** Of both tags of an element. */
  readonly element: { prefix?: string };
  /** What is written behind it if it is no blank line: HTML goes on behind an element in HTML. */
  readonly after: string | undefined;
}

/** For one text, whose tags are paired once; `undefined` when it has nothing of this. */
export function kramdownElements(markdown: string, isJekyll: boolean): Reader | undefined {
  const mayHave = hasAt(markdown, "<", WITH_ATTRIBUTE, LETTERS) || (isJekyll && hasAt(markdown, "<", WITH_TEXT_BEHIND));
  if (!mayHave) return undefined;
  const tags = tagsIn(markdown);
  return (position) => {
    const tag = tags.get(position.at);
    if (tag === undefined) return pictureIn(position);
    return tag.shown === undefined ? apart(tag, position) : placed(tag, tag.shown, position);
  };
}

/** Those of elements that are in no other, or only in such as hold Markdown; in others, of those that say so. */
function tagsIn(markdown: string): ReadonlyMap<number, Tag> {
  const tags = new Map<number, Tag>();
  const open: RegExpExecArray[] = [];
  const counts = new Map<string, number>();
  let raw = 0;
  const count = (tag: RegExpExecArray, by: number): void => {
    counts.set(nameOf(tag), (counts.get(nameOf(tag)) ?? 0) + by);
    if (!hasAttribute(tag)) raw += by;
  };
  for (const tag of markdown.matchAll(TAG)) {
    if (tag[1] === "") {
      open.push(tag);
      count(tag, 1);
    } else if (counts.get(nameOf(tag))) {
      for (let opening = open.pop(); opening; opening = open.pop()) {
        count(opening, -1);
        if (nameOf(opening) !== nameOf(tag)) continue;
        if (raw === 0 || mayBeInHtml(opening)) addPair(tags, opening, tag, raw > 0);
        break;
      }
    }
  }
  return tags;
}

const nameOf = ({ 2: name = "" }: RegExpExecArray): string => name.toLowerCase();
const hasAttribute = ({ 3: attributes = "" }: RegExpExecArray): boolean => ATTRIBUTE.test(attributes);
const endOf = ({ 0: text, index }: RegExpExecArray): number => index + text.length;

/** Not what Markdown makes itself, nor what is so far from the margin that its content would be code. */
const mayBeInHtml = (opening: RegExpExecArray): boolean =>
  hasAttribute(opening) &&
  !/^(?:p|h[1-6])$/.test(nameOf(opening)) &&
  !/^[ \t]{4}/.test(opening.input.slice(opening.input.lastIndexOf("\n", opening.index) + 1, opening.index));

const LONGEST_HEADING = 1_000;

function addPair(tags: Map<number, Tag>, opening: RegExpExecArray, closing: RegExpExecArray, isInHtml: boolean): void {
  const isRead = hasAttribute(opening);
  const level = /^h([1-6])$/.exec(nameOf(opening))?.[1];
  const isShort = closing.index - opening.index < LONGEST_HEADING;
  const isHeading =
    isRead && level !== undefined && isShort && !opening.input.slice(opening.index, closing.index).includes("\n");
  // A paragraph and a heading are made by Markdown.
  const isMade = isHeading || nameOf(opening) === "p";
  const shown = isHeading ? "#".repeat(Number(level)) : isMade ? "" : opening[0].replace(ATTRIBUTE, "");
  const element = {};
  const close = isMade ? "" : closing[0];
  const [first, last] = isRead ? [shown, close] : [];
  tags.set(opening.index, { end: endOf(opening), shown: first, element, after: isHeading ? " " : undefined });
  tags.set(closing.index, { end: endOf(closing), shown: last, element, after: isInHtml ? "" : undefined });
}

/** The tag on a line of its own, with blank lines around it. */
function placed(tag: Tag, shown: string, position: Position): Construct {
  const { end, element } = tag;
  const { source, at, line, since } = position;
  const isClosing = source[at + 1] === "/";
  const isAlone = at === line.content;
  // Further indentation than that of the opening tag would make code of a closing tag.
  if (!isClosing) element.prefix = prefixOf(source, position);
  const { prefix = "" } = element;
  const blank = prefix.trimEnd();
  const isMoved = isClosing && isAlone && line.start >= since;
  const before = isMoved ? `${blank}\n${prefix}` : isAlone ? "" : `\n${blank}\n${prefix}`;
  const after = tag.after ?? (isLineEnd(source, end) ? `\n${blank}` : `\n${blank}\n${prefix}`);
  return fixed(isMoved ? line.start : at, end, before + shown + after);
}

/** The closing tag, with a blank line before the text behind it. */
function apart({ end, element }: Tag, position: Position): Construct | undefined {
  const { source, at, line } = position;
  if (source[at + 1] !== "/") {
    if (at === line.content) element.prefix = prefixOf(source, position);
    return undefined;
  }
  const { prefix } = element;
  if (prefix === undefined || !TEXT_BEHIND.test(source.slice(end, end + 80))) return undefined;
  const blank = prefix.trimEnd();
  return fixed(at, end, `${source.slice(at, end)}\n${blank}${isLineEnd(source, end) ? "" : `\n${prefix}`}`);
}

/** A picture that begins a paragraph: alone on its line it would be a block for CommonMark. */
function pictureIn({ source, at, line }: Position): Construct | undefined {
  if (at !== line.content || line.isHtml || line.isAfterText) return undefined;
  const [written, tag] = matchAt(PICTURE, source, at) ?? [];
  return written === undefined ? undefined : fixed(at, at + written.length, `${tag} `);
}

/** kramdown's mark that ends a block, `^` on a line of its own: a comment ends one in CommonMark. */
export const readEndOfBlock: Reader = ({ source, at, line }) =>
  at === line.content && !line.isItem && isLineEnd(source, at + 1) ? fixed(at, at + 1, "<!-- -->") : undefined;

export const hasEndOfBlock = (markdown: string): boolean => hasAt(markdown, "^", /(?<![^\n])\^[ \t]*(?![^\n])/y);
