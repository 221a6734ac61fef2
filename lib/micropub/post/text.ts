/**
 * What somebody types on a phone ⇄ the text of the file. Typed text is Markdown and nothing else: what the site's generator or the
 * feeds would take for HTML or for a template is escaped, so that it is read as it was typed.
 */
import { xmlSafe } from "../../base/text.ts";
import { isMoreMark } from "../../content/html/more.ts";
import { codeFinder } from "../../content/templates/code.ts";
import { escapedCode, shownCode, withoutWrapper, wrapper } from "./code.ts";
import { htmlBody, htmlOfBody } from "./html.ts";
import { codesIn, pieces, referenceTo, type TextContext, unescaped, withoutTemplates } from "./references.ts";
import type { PostedContent } from "./types.ts";

/**
 * What is no text outside of code: a character reference, the beginning of a tag or comment, a brace, the two signs of a remark,
 * and what stands for an address or an anchor in other systems.
 */
const SIGNS =
  /&(?=#\d{1,7};|#x[\da-f]{1,6};|[a-z][a-z\d]{1,31};)|<(?=[a-z/!?])|\{|\[(?=\[)|%(?=%)|(?<=__GH)O(?=ST_URL__)|(?<=^|[ \t])\^(?=[a-z\d-]{1,60}[ \t]*$)/gim;
/** In MDX each `<` begins a tag (https://mdxjs.com/docs/what-is-mdx/). */
const SIGNS_OF_MDX = new RegExp(`<(?![a-z/!?])|${SIGNS.source}`, SIGNS.flags);
/** Autolinks (CommonMark 0.31.2, section 6.5), of the schemes that people type. */
const AUTOLINK = /<(?:https?:\/\/[^\s<>]*|mailto:[^\s<>]*|[\w.+-]{1,64}@[\w.-]{1,253})>/iy;
const COMMENT = /<!--([\s\S]{0,100}?)-->/y;

/** `former`: the text of the file before, in which templates and tags are meant as they stand; so they stay. */
export function bodyOf({ form, text }: PostedContent, context: TextContext, former = ""): string {
  const written = withoutBlankEnds(xmlSafe(text.toWellFormed()));
  if (form === "markdown") return written;
  return form === "html" ? htmlBody(written, context, former) : textBody(written, context, former);
}

/** What `bodyOf` made the body of, or would make it of. */
export function contentOfBody(body: string, isMdx: boolean): string | { readonly html: string } {
  const written = withoutBlankEnds(body);
  const html = htmlOfBody(written);
  if (html !== undefined) return { html };
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
      return piece.replace(context.isMdx ? SIGNS_OF_MDX : SIGNS, (sign, at: number) =>
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

export const withoutBlankEnds = (text: string): string => text.replace(/^(?:[ \t]*\n)+/, "").trimEnd();

/** What begins at a sign: a tag, a reference, a template, or nothing but the sign. */
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
