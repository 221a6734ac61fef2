/**
 * Makes HTML as marked writes it safe without a tree: it is copied, with absolute URLs. The result is that of the tree;
 * for anything unusual it is `undefined`, and the tree is needed.
 */
import { Parser } from "htmlparser2";
import { present } from "../../base/optional.ts";
import { escapeText, xmlSafe } from "../../base/text.ts";
import { isMoreMark } from "./more.ts";
import { ASIDES, DEEPEST, TOC_MARK } from "./profile.ts";
import { changedTag, type Tag, unchangedTag } from "./quicktags.ts";
import { isEmptyLink, isForReading, NOWHERE, plainText, type SafeHtml, trimmed, unescaped } from "./reading.ts";

/** Characters that XML cannot hold, or that a parser changes. */
const isUnusual = (html: string): boolean =>
  /[\u0000-\u0008\u000b-\u001f]/.test(html) ||
  html.includes("\ufffe") ||
  html.includes("\uffff") ||
  !html.isWellFormed();

/** The longest mark for a table of contents, not counting white space around it and entities in it. */
const LONGEST_TOC = 64;

const LIST_AFTER = /^\s*<[uo]l/;
const LIST_BEFORE = /<\/[uo]l>\s*$/;

const SLASH = 47;
const EXCLAMATION_MARK = 33;

export function copySafe(html: string, base: string, isBeside = NOWHERE): SafeHtml | undefined {
  if (isUnusual(html)) return undefined;
  const open: Tag[] = [];
  let parent: Tag | undefined;
  let done = ""; // what is before the paragraph that may be the lead; apart, as it would be copied for each of them
  let out = "";
  let from = 0; // from here to `at`, the HTML is copied unchanged
  let at = 0;
  let ampersand = html.indexOf("&");
  // The open paragraph: where it begins, what is in it so far; and whether `out` begins with it, as it may be the lead.
  let begin = 0;
  let linkBegin = 0;
  let hasText = false;
  let hasElement = false;
  let hasRemovedTag = false;
  let mayBeLead = false;
  let lead: string | undefined;
  let asideLead = "";
  let beforeMore: string | undefined;

  /** Copies up to `end`, and writes `written` in the place of what follows, up to `next`. */
  function replace(end: number, written: string, next: number): void {
    out += html.slice(from, end) + written;
    from = next;
    if (ampersand !== -1 && ampersand < next) ampersand = html.indexOf("&", next);
  }

  /** False for a paragraph that the tree may remove. */
  function closeParagraph(end: number): boolean {
    if (!hasElement) {
      if (!hasText || mayBeToc(html.slice(begin, end), hasRemovedTag)) return false;
    }
    if (!mayBeLead) return true;
    replace(end, "", end);
    const text = isForReading(out, isBeside) ? plainText(out) : "";
    if (text !== "" && open.some(({ name }) => ASIDES.has(name))) asideLead ||= text;
    else if (text !== "") lead = text;
    mayBeLead = false;
    return true;
  }

  for (;;) {
    const less = html.indexOf("<", at);
    const greater = html.indexOf(">", at);
    const end = less === -1 ? html.length : less;
    if (greater !== -1 && greater < end) return undefined;
    if (ampersand !== -1 && ampersand < end) {
      const shown = shownText(html.slice(at, end));
      if (!hasText) hasText = shown.trim() !== "";
      replace(at, shown, end);
    } else if (!hasText && end > at) hasText = html.slice(at, end).trim() !== "";
    if (less === -1) break;
    if (greater === -1) return undefined;
    at = greater + 1;
    const first = html.charCodeAt(less + 1);

    if (first === SLASH) {
      const closed = open.pop();
      if (!closed || greater - less - 2 !== closed.name.length || !html.startsWith(closed.name, less + 2)) {
        return undefined;
      }
      if (closed.name === "p" && !closeParagraph(less)) return undefined;
      if (closed.name === "a" && isEmptyLink(shownText(html.slice(linkBegin, less)))) return undefined;
      if (closed.written === "") replace(less, "", at);
      else parent = innermost(open);
      continue;
    }

    if (first === EXCLAMATION_MARK) {
      const dashes = html.indexOf("-->", less + 4);
      if (!html.startsWith("<!--", less) || dashes === -1 || open.length > 0) return undefined;
      const comment = html.slice(less + 4, dashes);
      if (/^-?>|--/.test(comment)) return undefined;
      at = dashes + 3;
      replace(less, "", at);
      if (beforeMore !== undefined || !isMoreMark(comment)) continue;
      const before = done + out;
      if (LIST_AFTER.test(html.slice(at, at + 20)) && LIST_BEFORE.test(before.slice(-20))) return undefined;
      beforeMore = trimmed(before);
      continue;
    }

    const text = html.slice(less + 1, greater);
    let opened = unchangedTag(text, base, open);
    if (opened === undefined) {
      const changed = changedTag(html, text, at, open, base);
      if (changed === undefined) return undefined;
      at = changed.end;
      replace(less, changed.written, at);
      opened = changed.tag;
      if (opened === undefined) {
        if (changed.written !== "") hasText = true;
        else hasRemovedTag = true;
        continue;
      }
    } else if (ampersand !== -1 && ampersand < at) {
      ampersand = html.indexOf("&", at);
    }
    const { name, written, isVoid, closes } = opened;
    if (closes && (closes.has(parent?.name ?? "") || closes.has(open.at(-1)?.name ?? ""))) return undefined;
    if (written !== "") hasElement = true;
    else hasRemovedTag = true;
    if (isVoid) {
      if (name === "br" && open.some((around) => around.name === "pre")) return undefined;
      continue;
    }
    if (open.length >= DEEPEST) return undefined;
    if (name === "p" && open.some((around) => around.name === "p")) return undefined;
    open.push(opened);
    if (written !== "") parent = opened;
    if (name === "a") linkBegin = at;
    if (name === "p") {
      begin = at;
      hasText = false;
      hasElement = false;
      hasRemovedTag = false;
      if (lead === undefined) {
        replace(at, "", at);
        done += out;
        out = "";
        mayBeLead = true;
      }
    }
  }
  if (open.length > 0) return undefined;
  out = done + out + html.slice(from);
  return { html: trimmed(out), lead: lead ?? asideLead, ...present({ beforeMore }) };
}

/** The innermost that is written. */
function innermost(open: readonly Tag[]): Tag | undefined {
  for (let i = open.length - 1; i >= 0; i--) if (open[i]?.written !== "") return open[i];
  return undefined;
}

/** Whether a paragraph with this text and no elements may be a mark for a table of contents. */
function mayBeToc(text: string, hasRemovedTag: boolean): boolean {
  if (!/toc|&(?!(?:amp|lt|gt|quot|#39);)/i.test(text)) return false;
  if (hasRemovedTag) return true;
  const isLong = text.length > LONGEST_TOC && !text.includes("&") && text === text.trim();
  return !isLong && TOC_MARK.test(unescaped(shownText(text)));
}

/** Text as it is written in the result. */
function shownText(text: string): string {
  if (!text.includes("&")) return text;
  const plain = text.replaceAll("&quot;", '"').replaceAll("&#39;", "'");
  return /&(?!(?:amp|lt|gt);)/.test(plain) ? escapeText(xmlSafe(decoded(text))) : plain;
}

function decoded(text: string): string {
  let all = "";
  new Parser({
    ontext(piece) {
      all += piece;
    },
  }).end(text);
  return all;
}
