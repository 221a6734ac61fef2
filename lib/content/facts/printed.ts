/** Texts that the templates of some generators print as HTML: what people see of them. */
import { Parser } from "htmlparser2";
import { oneLine } from "../../base/text.ts";
import type { DialectName } from "../../model.ts";
import { DIALECTS } from "./dialects.ts";

/** The text of a line of front matter: entities decoded, tags left out where they are tags. Other dialects escape it. */
export const printed = (text: string, dialect: DialectName): string =>
  DIALECTS[dialect].printsHtml && /[&<]/.test(text) ? withoutEntities(withoutTags(text)) : text;

/** The same for a text whose tags are left out already. */
export const decoded = (text: string, dialect: DialectName): string =>
  DIALECTS[dialect].printsHtml ? withoutEntities(text) : text;

const ENTITY = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});/gi;

/** Without its semicolon it may be part of an address, so it stays. */
const withoutEntities = (text: string): string =>
  text.includes("&") ? oneLine(text.replace(ENTITY, characterOf)) : text;

function characterOf(entity: string): string {
  let text = "";
  new Parser({
    ontext(piece) {
      text += piece;
    },
  }).end(entity);
  return text;
}

const NAMES =
  "a abbr b bdi big cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup tt u var";
const TAG = new RegExp(String.raw`<(?:br|wbr)[ \t]*\/?>|<(\/?)(${NAMES.replaceAll(" ", "|")})(?:[ \t][^<>]*)?>`, "gi");

/** A tag alone is what the text is about: of an element, both are left out. In code marks they are text. */
function withoutTags(text: string): string {
  if (!text.includes("<")) return text;
  const open: { readonly name: string; readonly at: number }[] = [];
  const tags: (readonly [start: number, end: number, text: string])[] = [];
  const paired = new Set<number>();
  const isCode = codeIn(text);
  for (const { 0: tag, 1: closes, 2: written = "", index } of text.matchAll(TAG)) {
    if (isCode(index)) continue;
    const name = written.toLowerCase();
    if (name === "") paired.add(index);
    else if (closes === "") open.push({ name, at: index });
    else if (open.at(-1)?.name === name) paired.add(open.pop()?.at ?? index).add(index);
    tags.push([index, index + tag.length, /^<br/i.test(tag) ? " " : ""]);
  }
  let from = 0;
  const pieces = tags.flatMap(([start, end, replacement]) => {
    if (!paired.has(start)) return [];
    const before = text.slice(from, start) + replacement;
    from = end;
    return [before];
  });
  return oneLine(pieces.join("") + text.slice(from));
}

/** A function that tells, of offsets in their order, whether they are between two code marks. */
function codeIn(text: string): (at: number) => boolean {
  const marks = [...text.matchAll(/`+/g)].map(({ index }) => index);
  let next = 0;
  return (at) => {
    while ((marks[next] ?? at) < at) next += 1;
    return next % 2 === 1 && next < marks.length;
  };
}
