/** Removes reference links that nothing defines, since what defined them was left out; their text stays. */
import { codeFinder } from "./code.ts";
import { LONGEST_LABEL, labelOf } from "./links.ts";

/** The definition of a link, not of a footnote. */
const DEFINITION = /^[ \t>]{0,40}(?:[-*+][ \t]+)?\[(?!\^)((?:[^[\]\\\n]|\\.){1,200})\]:/gm;
const LABEL = /\[((?!\^)(?:[^[\]\\]|\\[\s\S]){0,200})\]/y;
const MARK = /\\[\s\S]|\n[ \t]*(?=\n)|!?\[|\]/g;

interface Bracket {
  /** The index of its mark in the output. */
  readonly mark: number;
  readonly start: number;
  /** Where its text begins. */
  readonly inner: number;
}

/** Replaces `[text][label]` and `[text][]`, outside code, by their text where no definition has their label. */
export function withoutUndefined(text: string, isMdx: boolean): string {
  if (!text.includes("][")) return text;
  const labels = new Set([...text.matchAll(DEFINITION)].map(([, label = ""]) => labelOf(label)));
  const isCode = codeFinder(text, isMdx);
  const out: string[] = [];
  let open: Bracket[] = [];
  let since = 0;
  let lastReference = -1;
  for (const { 0: mark, index } of text.matchAll(MARK)) {
    if (mark.startsWith("\\") || index < since || isCode(index)) continue;
    if (mark.startsWith("\n")) {
      open = [];
    } else if (mark !== "]") {
      out.push(text.slice(since, index), mark);
      since = index + mark.length;
      open.push({ mark: out.length - 1, start: index, inner: since });
    } else {
      const bracket = open.pop();
      LABEL.lastIndex = index + 1;
      const [reference, label = ""] = (bracket && text[index + 1] === "[" && LABEL.exec(text)) || [];
      if (!bracket || reference === undefined) continue;
      const end = index + 1 + reference.length;
      const isPicture = text[bracket.start] === "!";
      const isBeside = !isPicture && bracket.start !== lastReference && isAfterWord(text, bracket.start);
      if (isBeside && !/\s/.test(label)) continue;
      lastReference = end;
      const isWordy = label === "" && index - bracket.inner > LONGEST_LABEL;
      if (!isWordy && labels.has(labelOf(label || text.slice(bracket.inner, index)))) continue;
      out.push(text.slice(since, index));
      out[bracket.mark] = "";
      since = end;
    }
  }
  out.push(text.slice(since));
  return out.join("");
}

/** `a[0][1]` is an expression, not a link. */
const isAfterWord = (text: string, at: number): boolean => /[\w)\]]/.test(text[at - 1] ?? "");
