/** Reads the shortcodes of Zola: `{{ name(arguments) }}` and `{% name(arguments) %}` with their ends `{% end %}`. */
import { foldedName } from "../../../../base/names.ts";
import { matchAt, textAt } from "../../../match.ts";
import { fixed, type Position, type Reader } from "../reader.ts";
import { endOf, tooLong } from "./ending.ts";
import { VERBATIM } from "./shortcodes.ts";

const NAME = /\{[{%]\s{0,99}([A-Za-z_]\w*)\s{0,99}\(/y;
const CLOSING = /\{%\s{0,99}end\s{0,99}%\}/y;
const ESCAPED_NAME = /\{[{%]\/\*\s{0,99}([A-Za-z_]\w*)\s{0,99}\(/y;
const END = () => /\{%\s{0,99}end\s{0,99}%\}/g;
const ESCAPED_END = () => /\{%\/\*\s{0,99}end\s{0,99}\*\/%\}/g;

/** One without parentheses is text, and one between comment marks is shown as text, without the marks. */
export const readCall: Reader = (position) => {
  const { source, at, find } = position;
  const sign = source[at + 1];
  if (sign !== "{" && sign !== "%") return undefined;
  if (source.startsWith("/*", at + 2)) return escaped(position, sign);
  const closing = sign === "%" ? textAt(CLOSING, source, at) : undefined;
  if (closing !== undefined) {
    return { family: "shortcode", role: "close", name: "", rest: "", start: at, end: at + closing.length };
  }
  const [opening = "", name = ""] = matchAt(NAME, source, at) ?? [];
  if (name === "") return undefined;
  const ending = sign === "{" ? "}}" : "%}";
  const close = endOf(position, at + opening.length, ending, `{${sign}`);
  if (close === undefined) return tooLong(position, at + opening.length, ending, `{${sign}`);
  const written = source.slice(at + opening.length, close).trimEnd();
  if (!written.endsWith(")")) return undefined;
  const end = close + 2;
  const key = foldedName(name);
  const construct = { family: "shortcode", name: key, rest: written.slice(0, -1), start: at, end } as const;
  if (sign === "{") return { ...construct, role: "whole" };
  const last = VERBATIM.has(key) ? find.pattern("end of a call", END, end) : undefined;
  if (!last) return { ...construct, role: "open" };
  return { ...construct, role: "whole", content: source.slice(end, last.start), end: last.end };
};

/** What stands between the two escaped tags is text, too. */
function escaped({ source, at, find }: Position, sign: string): ReturnType<Reader> {
  const name = matchAt(ESCAPED_NAME, source, at)?.[1];
  const ending = sign === "{" ? "*/}}" : "*/%}";
  const close = name === undefined ? -1 : find.text(ending, at + 4);
  if (close < 0) return undefined;
  const shown = `{${sign}${source.slice(at + 4, close)}${ending.slice(2)}`;
  const end = close + ending.length;
  const last = sign === "%" ? find.pattern("escaped end of a call", ESCAPED_END, end) : undefined;
  const rest = last ? `${shown}${source.slice(end, last.start)}{% end %}` : shown;
  return fixed(at, last?.end ?? end, rest);
}
