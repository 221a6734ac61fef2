/** Values of front matter as text: each on one line, so that it can be replaced by itself. */
import { type FieldValue, isBare } from "./types.ts";

export type ValueForm = "yaml" | "toml" | "json";

/** What YAML reads as the text that it is, wherever it stands: no number, date or flag, and none of its signs. */
const PLAIN = /^\p{L}[\p{L}\p{M}\p{N}_-]*(?: [\p{L}\p{M}\p{N}_-]+)*$/u;
const NOT_TEXT = /^(?:true|false|yes|no|on|off|y|n|null|nan|inf|infinity)$/i;

/** Besides what JSON escapes: what YAML and TOML allow in no text, what editors do not show, and the end of a line in JavaScript. */
const UNSEEN = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** Escaped as in JSON: the escapes that `JSON.stringify` writes are read by YAML (1.2, section 5.7) and TOML (basic strings), too. */
export const quoted = (text: string): string =>
  JSON.stringify(text.toWellFormed()).replace(
    UNSEEN,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

export const isPlain = (text: string): boolean => PLAIN.test(text) && !NOT_TEXT.test(text);

export function valueText(value: FieldValue, form: ValueForm): string {
  if (typeof value === "string") return form === "yaml" && isPlain(value) ? value : quoted(value);
  if (isBare(value)) return form === "json" && !isJson(value.bare) ? quoted(value.bare) : value.bare;
  if (Array.isArray(value)) return `[${value.map((each) => valueText(each, form)).join(", ")}]`;
  const members = [...(value as ReadonlyMap<string, FieldValue>)].map(
    ([name, each]) => `${keyText(name, form)}${form === "toml" ? " = " : ": "}${valueText(each, form)}`,
  );
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

const isJson = (text: string): boolean => /^(?:true|false|null|-?\d+(?:\.\d+)?)$/.test(text);

export function keyText(name: string, form: ValueForm): string {
  const isUsual = form === "toml" ? /^[A-Za-z\d_-]+$/.test(name) : form === "yaml" && /^[A-Za-z][\w-]*$/.test(name);
  return isUsual && !NOT_TEXT.test(name) ? name : quoted(name);
}
