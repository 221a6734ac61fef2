/** Quoted texts and bracketed lists that go on at the margin: YAML wants their lines indented, what generators read it with does not. */
import { BLOCK_SCALAR } from "./attop.ts";
import { hasKnownKey } from "./known.ts";

/** A key or an item whose value begins with a quote or a bracket. */
const OPENING = /^( *)(?:-[ ]+[^\s"'[\]{}#:-][^:\n"'[{]*:[ \t]+|-[ ]+|[^\s"'[\]{}#:-][^:\n"'[{]*:[ \t]+)["'[{]/;
/** Ends the document, in a text too. */
const END = /^(?:---|\.\.\.)(?:\s|$)/;

/**
 * The same with these lines indented, on the same lines; where one begins with a key that we know, a quote was forgotten, and
 * nothing is changed.
 */
export function withIndentedTexts(text: string): string {
  const lines = text.split("\n");
  let start = 0;
  let scalar = -1;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const indent = line.search(/[^ ]|$/);
    const isWithin = scalar >= 0 && (indent > scalar || line.trim() === "");
    const opening = isWithin ? undefined : OPENING.exec(line)?.[0];
    if (!isWithin) scalar = BLOCK_SCALAR.test(line) ? indent : -1;
    const end = opening === undefined ? start : endOfFlow(text, start + opening.length - 1);
    if (end === undefined) return text;
    start += line.length + 1;
    for (; start <= end; at++) {
      const next = lines[at + 1] ?? "";
      if (END.test(next) || hasKnownKey(next)) return text;
      if (next.trim() !== "" && next.search(/[^ ]/) <= indent)
        lines[at + 1] = " ".repeat(indent + 1) + next.trimStart();
      start += next.length + 1;
    }
  }
  return lines.join("\n");
}

/** The offset of the character that closes the quote or bracket at `start`. */
function endOfFlow(text: string, start: number): number | undefined {
  let quote = "";
  let depth = 0;
  let isRemark = false;
  for (let at = start; at < text.length; at++) {
    const character = text[at] ?? "";
    const before = at === start ? " " : (text[at - 1] ?? "");
    if (isRemark) isRemark = character !== "\n";
    else if (quote !== "") {
      const isEscape = quote === '"' ? character === "\\" : character === "'" && text[at + 1] === "'";
      if (isEscape) at += 1;
      else if (character === quote) quote = "";
    } else if (/["']/.test(character) && /[\s[{,:]/.test(before)) quote = character;
    else if (character === "#" && /\s/.test(before)) isRemark = true;
    else if (/[[{]/.test(character)) depth += 1;
    else if (/[\]}]/.test(character)) depth -= 1;
    if (quote === "" && depth === 0) return at;
  }
  return undefined;
}
