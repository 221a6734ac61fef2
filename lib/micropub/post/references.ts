/** Replaces characters that would begin a template by character references, which readers see as the character. */
import { grammarFor } from "../../content/templates/syntax/grammars.ts";
import { scan } from "../../content/templates/syntax/scan.ts";
import type { TemplateContext } from "../../content/templates/types.ts";

export type TextContext = Pick<TemplateContext, "dialect" | "isMdx" | "variables" | "templates">;

const WRITTEN: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
]);
export const referenceTo = (character: string): string => WRITTEN.get(character) ?? `&#${character.codePointAt(0)};`;

/** Rounds in which what is still read as a template is escaped: an escape may uncover the next. */
const MOST_ROUNDS = 20;

/** With a reference in the place of the first character of whatever is still a template. */
export function withoutTemplates(text: string, context: TextContext, former = ""): string {
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
export function codesIn(text: string, isMdx: boolean): readonly (readonly [start: number, end: number])[] {
  const found = scan(text, { isMdx, readers: new Map(), shownCode: (code) => `${code} ` });
  return found.filter(({ family }) => family === "fixed" || family === "code").map(({ start, end }) => [start, end]);
}

/** The text in pieces, code and other text, each as it is to be written. */
export function pieces(
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

/** Of the characters that are seen in a line, but for those that begin a tag or a reference: in HTML these are written so. */
export const withoutNumbers = (text: string): string =>
  text.replace(/&#(\d{1,3});/g, (whole, code: string) => {
    const character = String.fromCodePoint(Number(code));
    return /[\x21-\x7e]/.test(character) && !/[&<>"']/.test(character) ? character : whole;
  });

export const unescaped = (text: string): string =>
  withoutNumbers(text).replaceAll("&lt;", "<").replaceAll("&amp;", "&");
