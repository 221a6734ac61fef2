/** Texts that the templates of some generators print as HTML: what people see of them. */
import { Parser } from "htmlparser2";
import { oneLine } from "../../base/text.ts";
import type { DialectName } from "../../model.ts";
import { DIALECTS } from "./dialects.ts";

/** The text of a line of front matter: entities decoded, tags left out where they are tags. Other dialects escape it. */
export const printed = (text: string, dialect: DialectName): string =>
  DIALECTS[dialect].printsHtml && /[&<]/.test(text) ? withoutEntities(withoutTags(text)) : text;

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
/** Code, a line break, or an element that holds no other. */
const ELEMENT = new RegExp(
  String.raw`(${"`"}[^${"`"}]*${"`"})|<(?:br|wbr)[ \t]*/?>|<(${NAMES.replaceAll(" ", "|")})(?:[ \t][^<>]*)?>([^<]*)</\2>`,
  "gi",
);
const DEEPEST = 4;

/** A tag alone is what the text is about, and so is one in code: it stays. */
function withoutTags(text: string): string {
  let found = text;
  for (let level = 0; level < DEEPEST && found.includes("<"); level++) {
    found = found.replace(ELEMENT, (tag, code?: string, _?: string, inner?: string) => {
      return code ?? inner ?? (/^<br/i.test(tag) ? " " : "");
    });
  }
  return oneLine(found);
}
