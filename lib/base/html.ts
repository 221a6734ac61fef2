/**
 * HTML by a tagged template that escapes what is inserted: plain text never becomes markup, and markup is never escaped
 * twice.
 */
import { escapeAttribute, escapeText } from "./text.ts";

const SOURCE = Symbol("source");

/** HTML that is inserted as it is. Only `html` and `raw` make it: the symbol is not exported. */
export interface Html {
  readonly [SOURCE]: string;
}

/** Text is escaped; HTML is not; a list is joined. `undefined` is a type error, so that no page says "undefined". */
export type Insertable = string | number | Html | readonly (string | Html)[];

export function html(template: TemplateStringsArray, ...values: readonly Insertable[]): Html {
  const isQuoted = quotedPlaces(template);
  let source = template[0] ?? "";
  for (let i = 0; i < values.length; i++) {
    source += insert(values[i] ?? "", isQuoted[i] === true);
    source += template[i + 1];
  }
  return { [SOURCE]: source };
}

/** Trusted HTML: a constant of ours, never text of an author. */
export const raw = (source: string): Html => ({ [SOURCE]: source });

/** The HTML as a string, to be measured or written. */
export const sourceOf = (markup: Html): string => markup[SOURCE];

export function join(parts: readonly (string | Html)[], separator: string): Html {
  return html`${parts.flatMap((part, i) => (i === 0 ? [part] : [separator, part]))}`;
}

function insert(value: Insertable, isQuoted: boolean): string {
  if (typeof value === "string") return isQuoted ? escapeAttribute(value) : escapeText(value);
  if (typeof value === "number") return String(value);
  if (isList(value)) return value.map((part) => insert(part, isQuoted)).join("");
  if (isQuoted) throw new TypeError("an attribute holds text, not HTML");
  return value[SOURCE];
}

const isList = (value: Html | readonly (string | Html)[]): value is readonly (string | Html)[] => Array.isArray(value);

const places = new WeakMap<TemplateStringsArray, readonly boolean[]>();

/** For each place of a template whether it is within the quotes of an attribute. A template is analysed once. */
function quotedPlaces(template: TemplateStringsArray): readonly boolean[] {
  const cached = places.get(template);
  if (cached) return cached;
  let isOpen = false;
  const quoted = template.slice(0, -1).map((literal) => {
    isOpen = /="[^"]*$/.test(literal) || (isOpen && !literal.includes('"'));
    if (!isOpen && /=\s*$|='[^']*$/.test(literal))
      throw new TypeError(`an attribute without double quotes: ${literal}`);
    return isOpen;
  });
  places.set(template, quoted);
  return quoted;
}
