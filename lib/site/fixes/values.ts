/** What to write in the place of a value of another type: text in quotes, a number without its unit, a list, true or false. */
import { nearest } from "../../base/nearest.ts";
import { listInWords } from "../../base/text.ts";
import { write } from "./fix.ts";

const isPlain = (value: unknown): value is string | number | boolean =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean";

/** A number or a flag that is meant as text, or a list of one. */
export function textFix(value: unknown): string {
  const [only, ...others] = Array.isArray(value) ? value : [value];
  return isPlain(only) && others.length === 0 ? write(String(only)) : "write one text, in quotes if it has `: ` in it";
}

const YES = /^(?:true|yes|on|y|1)$/i;
const NO = /^(?:false|no|off|n|0|none|never)$/i;

export function flagFix(value: unknown): string {
  const text = String(value).trim();
  const quotes = typeof value === "string" && /^(?:true|false)$/i.test(text) ? ", without quotes" : "";
  if (YES.test(text)) return `write true${quotes}`;
  return NO.test(text) ? `write false${quotes}` : "write true or false";
}

/** `"20"`, and the year of `2015-01-01`. What a unit is worth is not known here. */
export function numberFix(value: unknown, from: number, to: number): string {
  const [, digits, rest] = /^\s*(\d{1,15})(\s*|[-/]\d.*)$/s.exec(String(value)) ?? [];
  const number = Number(digits);
  if (digits !== undefined && number >= from && number <= to) {
    return rest?.trim() === "" ? `write ${number}, without quotes` : `write ${number}`;
  }
  return `write a whole number from ${from} to ${to}${/\d\s*\p{L}/u.test(String(value)) ? ", without a unit" : ""}`;
}

/** A single name, or names with commas between them, in the place of a list. */
export function listFix(value: unknown): string | undefined {
  if (!isPlain(value) || typeof value === "boolean") return undefined;
  const all = typeof value === "string" ? value.split(/[,，]/).flatMap((each) => each.trim() || []) : [value];
  return all.length === 0 ? undefined : write(all);
}

export function choiceFix(value: unknown, names: readonly string[]): string {
  const near = isPlain(value) ? nearest(String(value), names) : undefined;
  return `write ${near ?? listInWords(names, "or")}`;
}

/** Of a text or a list where keys belong. */
export const keysFix = (keys: readonly string[]): string => `write it with keys and values: ${keys.join(", ")}`;

export const colourFix = (value: unknown): string =>
  /^#?[\da-f]{6}$/i.test(String(value).trim())
    ? `write "#${String(value).trim().replace("#", "")}"`
    : 'write its red, green and blue in quotes, such as "#2a9d83"';
