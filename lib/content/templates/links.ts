/** Removes links whose target is not known; their text stays. */
/** Noncharacters of Unicode, but for the one that marks links to other posts. */
const MARKS = Array.from({ length: 31 }, (_, i) => String.fromCharCode(0xfdd1 + i));

/** A character that is not in the text, to mark targets that are not known; empty for a text that has them all. */
export const unusedMark = (text: string): string => MARKS.find((character) => !text.includes(character)) ?? "";

interface Bracket {
  /** The index of its mark in the output. */
  readonly at: number;
  readonly isPicture: boolean;
}

/** Removes the links, pictures and attributes that contain `lost`, and `lost` itself. */
export function withoutLost(text: string, lost: string): string {
  const attributed = text
    .replace(new RegExp(`<a [^<>${lost}]*${lost}[^<>]*>((?:(?!</?a[\\s>])[\\s\\S])*)</a>`, "g"), "$1")
    .replace(new RegExp(`[ \\t\\n][\\w:-]+=(?:"[^"${lost}]*${lost}[^"]*"|'[^'${lost}]*${lost}[^']*')`, "g"), "")
    .replace(new RegExp(`<[^\\s<>${lost}]*${lost}[^\\s<>]*>`, "g"), (_target, offset: number, all: string) =>
      /\]\(\s*$/.test(all.slice(Math.max(0, offset - 8), offset)) ? lost : "",
    );
  if (!attributed.includes(lost)) return attributed;
  const labels = new Set<string>();
  const defined = attributed.replace(
    new RegExp(`(?<![^\\n])[ \\t]{0,3}\\[([^\\]\\n]{1,200})\\]:[ \\t]*\\S*${lost}[^\\n]*`, "g"),
    (_line, label: string) => {
      labels.add(labelOf(label));
      return "";
    },
  );
  return unlinked(defined, lost, labels).replaceAll(lost, "");
}

/** The most characters of the label of a link (CommonMark 6.3). */
export const LONGEST_LABEL = 999;

export const labelOf = (text: string): string => text.trim().toLowerCase().replace(/\s+/g, " ");

const DESTINATION = /\(\s{0,9}[^\s()]*(?:\([^\s()]*\)[^\s()]*){0,9}(?:\s{1,9}(?:"[^"\n]*"|'[^'\n]*'))?\s{0,9}\)/y;
const REFERENCE = /\[([^\]\n]{0,200})\]/y;

function unlinked(text: string, lost: string, labels: ReadonlySet<string>): string {
  const out: string[] = [];
  const open: Bracket[] = [];
  let since = 0;
  for (const { 0: mark, index } of text.matchAll(/\\[\s\S]|!?\[|\]/g)) {
    if (mark.startsWith("\\") || index < since) continue;
    if (mark !== "]") {
      out.push(text.slice(since, index), mark);
      since = index + mark.length;
      open.push({ at: out.length - 1, isPicture: mark === "![" });
      continue;
    }
    const bracket = open.pop();
    if (!bracket) continue;
    const after = index + 1;
    DESTINATION.lastIndex = after;
    REFERENCE.lastIndex = after;
    const target = text[after] === "(" ? DESTINATION.exec(text)?.[0] : undefined;
    const [reference, label] = text[after] === "[" ? (REFERENCE.exec(text) ?? []) : [];
    out.push(text.slice(since, index));
    since = index;
    const isLost =
      target !== undefined
        ? target.includes(lost)
        : labels.size > 0 && labels.has(label ? labelOf(label) : words(bracket.at));
    if (!isLost) continue;
    out[bracket.at] = "";
    since = after + (target ?? reference ?? "").length;
  }
  out.push(text.slice(since));
  return out.join("");

  function words(at: number): string {
    const pieces = out.slice(at + 1, at + 40);
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
    return length > LONGEST_LABEL ? "" : labelOf(pieces.join(""));
  }
}
