/** HTML of an app ⇄ a block of it in Markdown. */
import { referenceTo, type TextContext, withoutNumbers, withoutTemplates } from "./references.ts";

/** HTML that begins with one of these is one HTML block up to the next blank line (CommonMark 0.31.2, section 4.6, condition 6). */
const BLOCK = /^<(?:p|div|h[1-6]|ul|ol|dl|blockquote|figure|table|section|article|hr)[\s>/]/i;

/** HTML as one block of Markdown, which has no blank line, since that would end it. */
export function htmlBody(html: string, context: TextContext, former: string): string {
  const whole = withoutBlankLines(html.trim());
  const block =
    BLOCK.test(whole) && !/<(?:pre|script|style|textarea)\b/i.test(whole) ? whole : `<div>\n${whole}\n</div>`;
  const escaped = block.replace(SIGNS, (sign, at: number) =>
    former !== "" && former.includes(block.slice(at, at + MEANT)) ? sign : referenceTo(sign),
  );
  return withoutTemplates(escaped, context, former);
}

const SIGNS = /\{|\[(?=\[)|%(?=%)|(?<=__GH)O(?=ST_URL__)/g;
/** How many characters are compared to know a template that the file has already. */
const MEANT = 20;

/** The HTML that `htmlBody` made this body of; `undefined` for a body that is not HTML throughout. */
export function htmlOfBody(body: string): string | undefined {
  return isHtmlBody(body) ? withoutNumbers(withoutDiv(body)) : undefined;
}

/** In elements that keep line breaks, a blank line is written as a character reference. */
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
