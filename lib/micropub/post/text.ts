/**
 * What somebody types on a phone ⇄ the text of the file. Typed text is Markdown and nothing else: what the site's generator or the
 * feeds would take for HTML or for a template is escaped, so that it is read as it was typed.
 */
import { xmlSafe } from "../../base/text.ts";
import { isMoreMark } from "../../content/html/more.ts";
import { codeFinder } from "../../content/templates/code.ts";
import { grammarFor } from "../../content/templates/syntax/grammars.ts";
import { scan } from "../../content/templates/syntax/scan.ts";
import type { TemplateContext } from "../../content/templates/types.ts";
import { escapedCode, shownCode, withoutWrapper, wrapper } from "./code.ts";
import type { PostedContent } from "./types.ts";

export type TextContext = Pick<TemplateContext, "dialect" | "isMdx" | "variables" | "templates">;

/**
 * What is no text outside of code: a character reference, the beginning of a tag or comment, a brace, the two signs of a remark,
 * and what stands for an address or an anchor in other systems.
 */
const SIGNS =
  /&(?=#\d{1,7};|#x[\da-f]{1,6};|[a-z][a-z\d]{1,31};)|<(?=[a-z/!?])|\{|\[(?=\[)|%(?=%)|(?<=__GH)O(?=ST_URL__)|(?<=^|[ \t])\^(?=[a-z\d-]{1,60}[ \t]*$)/gim;
/** CommonMark 6.5. */
const AUTOLINK = /<(?:https?:\/\/[^\s<>]*|mailto:[^\s<>]*|[\w.+-]{1,64}@[\w.-]{1,253})>/iy;
const COMMENT = /<!--([\s\S]{0,100}?)-->/y;

const WRITTEN: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
]);
const referenceTo = (character: string): string => WRITTEN.get(character) ?? `&#${character.codePointAt(0)};`;

/** Rounds in which what is still read as a template is escaped: an escape may uncover the next. */
const MOST_ROUNDS = 20;

/** `former`: the text of the file before, in which templates and tags are meant as they stand; so they stay. */
export function bodyOf({ form, text }: PostedContent, context: TextContext, former = ""): string {
  const written = withoutBlankEnds(xmlSafe(text.toWellFormed()));
  if (form === "markdown") return written;
  return form === "html" ? htmlBody(written, context) : textBody(written, context, former);
}

/** What `bodyOf` made the body of, or would make it of. */
export function contentOfBody(body: string, isMdx: boolean): string | { readonly html: string } {
  const written = withoutBlankEnds(body);
  if (isHtmlBody(written)) return { html: unescaped(withoutDiv(written)) };
  const bare = withoutWrapper(written);
  const codes = codesIn(bare, isMdx);
  return pieces(bare, codes, shownCode, unescaped).join("");
}

function textBody(text: string, context: TextContext, whole: string): string {
  const former = withoutWrapper(whole);
  const meant = tokensIn(former, context.isMdx);
  let offset = 0;
  const escaped = pieces(
    text,
    codesIn(text, context.isMdx),
    (code) => {
      offset += code.length;
      return former.includes(code) ? code : escapedCode(code, context.dialect);
    },
    (piece) => {
      const start = offset;
      offset += piece.length;
      return piece.replace(SIGNS, (sign, at: number) =>
        isAllowed(text, start + at) || meant.has(tokenAt(text, start + at)) ? sign : referenceTo(sign),
      );
    },
  ).join("");
  const plain = withoutTemplates(escaped, context, former);
  // An author who keeps templates apart does so for the next as well.
  if (/\{%-? *raw/.test(former)) return plain;
  const codes = codesIn(plain, context.isMdx).map(([start, end]) => plain.slice(start, end));
  return wrapper(plain, codes, context.dialect);
}

/** An address between `<` and `>`, and the mark that ends the part for summaries. */
function isAllowed(text: string, at: number): boolean {
  AUTOLINK.lastIndex = at;
  if (AUTOLINK.test(text)) return true;
  COMMENT.lastIndex = at;
  const comment = COMMENT.exec(text)?.[1];
  return comment !== undefined && isMoreMark(comment.trim());
}

/** What a sign begins: a tag, a reference, a template, or the sign alone. */
const TOKEN =
  /&[#\w]{1,32};|<[^<>\n]{1,500}>|\{\{[^\n]{0,500}?\}\}|\{%[^\n]{0,500}?%\}|\{[^{}\n]{0,500}\}|\[\[[^\n[\]]{0,200}\]\]|[\s\S]/y;

/** What stands in a text unescaped: of a file that was written elsewhere it is meant as it stands. */
function tokensIn(text: string, isMdx: boolean): ReadonlySet<string> {
  const isCode = codeFinder(text, isMdx);
  const found = [...text.matchAll(SIGNS)]
    .filter(({ index }) => !isCode(index))
    .map(({ index }) => tokenAt(text, index));
  return new Set(found.filter((token) => !OWN_REFERENCE.test(token)));
}

const OWN_REFERENCE = /^&(?:amp|lt|#\d{1,3});$/;

function tokenAt(text: string, at: number): string {
  TOKEN.lastIndex = at;
  const token = TOKEN.exec(text)?.[0] ?? "";
  // A sign alone stands in most texts, and says nothing.
  return token.length > 1 ? token : text.slice(Math.max(at - 20, 0), at + 40);
}

/** With a reference in the place of the first character of whatever is still a template. */
function withoutTemplates(text: string, context: TextContext, former = ""): string {
  const meant = new Set(templatesIn(former, context).map(({ start, end }) => former.slice(start, end)));
  let written = text;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const found = templatesIn(written, context).filter(({ start, end }) => !meant.has(written.slice(start, end)));
    const starts = [...new Set(found.map(({ start }) => start))].sort((a, b) => a - b);
    if (starts.length === 0) return written;
    let rest = 0;
    const out: string[] = [];
    for (const at of starts) {
      out.push(written.slice(rest, at), referenceTo(written.charAt(at)));
      rest = at + 1;
    }
    written = out.join("") + written.slice(rest);
  }
  return written;
}

function templatesIn(text: string, context: TextContext): ReturnType<typeof scan> {
  const grammar = grammarFor(text, { ...context, isHtml: false });
  const found = grammar ? scan(text, { ...grammar, shownCode: (code) => code }) : [];
  // Code is shown as it is; what stands there is `escapedCode`'s.
  return found.filter(({ family, start }) => family !== "code" && !/[`~]/.test(text.charAt(start)));
}

/** Where code is, from start to end. */
function codesIn(text: string, isMdx: boolean): readonly (readonly [start: number, end: number])[] {
  const found = scan(text, { isMdx, readers: new Map(), shownCode: (code) => `${code} ` });
  return found.filter(({ family }) => family === "fixed" || family === "code").map(({ start, end }) => [start, end]);
}

/** The text in pieces, code and what is none, each as it is to be written. */
function pieces(
  text: string,
  codes: readonly (readonly [number, number])[],
  ofCode: (code: string) => string,
  ofText: (piece: string) => string,
): readonly string[] {
  const out: string[] = [];
  let at = 0;
  for (const [start, end] of codes) {
    out.push(ofText(text.slice(at, start)), ofCode(text.slice(start, end)));
    at = end;
  }
  out.push(ofText(text.slice(at)));
  return out;
}

const unescaped = (text: string): string =>
  text
    .replace(/&#(\d{1,3});/g, (whole, code: string) => {
      const character = String.fromCodePoint(Number(code));
      return /[\x21-\x7e]/.test(character) ? character : whole;
    })
    .replaceAll("&lt;", "<")
    .replaceAll("&amp;", "&");

const withoutBlankEnds = (text: string): string => text.replace(/^(?:[ \t]*\n)+/, "").trimEnd();

// ── HTML ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** CommonMark 4.6: a block that begins with one of these ends with the next blank line, and is HTML all along. */
const BLOCK = /^<(?:p|div|h[1-6]|ul|ol|dl|blockquote|figure|table|section|article|hr)[\s>/]/i;

/** HTML as one block of Markdown, which holds no blank line. */
function htmlBody(html: string, context: TextContext): string {
  const whole = withoutBlankLines(html.trim());
  const block =
    BLOCK.test(whole) && !/<(?:pre|script|style|textarea)\b/i.test(whole) ? whole : `<div>\n${whole}\n</div>`;
  return withoutTemplates(block.replace(/\{|\[(?=\[)|%(?=%)|(?<=__GH)O(?=ST_URL__)/g, referenceTo), context);
}

/** In what is shown line by line a blank line is written as a reference. */
function withoutBlankLines(html: string): string {
  const out: string[] = [];
  let at = 0;
  const opening = /<(?:pre|textarea)\b/gi;
  for (let found = opening.exec(html); found; found = opening.exec(html)) {
    const closing = /<\/(?:pre|textarea)\s*>/gi;
    closing.lastIndex = found.index;
    if (!closing.test(html)) break;
    const shown = html.slice(found.index, closing.lastIndex);
    out.push(joinedLines(html.slice(at, found.index)), shown.replace(/\n(?=[ \t]*\n)/g, "&#10;"));
    at = closing.lastIndex;
    opening.lastIndex = at;
  }
  return out.join("") + joinedLines(html.slice(at));
}

const joinedLines = (html: string): string => html.replace(/\n\s*\n/g, "\n");

const isHtmlBody = (body: string): boolean =>
  (BLOCK.test(body) || /^<div>\n/.test(body)) && /<\/[a-z\d]+>$/i.test(body) && !/\n[ \t]*\n/.test(body);

const withoutDiv = (body: string): string => /^<div>\n([\s\S]*)\n<\/div>$/.exec(body)?.[1] ?? body;
