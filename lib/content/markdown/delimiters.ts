/**
 * `*`, `_` and `~` in time that grows with the text: marked looks for the end of each emphasis through all that follows. Only
 * for texts with many such marks.
 */
import { type Ends, emphasisBy, isFlanking, type Side } from "./emphasis.ts";
import { characterAt, characterBefore } from "./reading.ts";

const PUNCTUATION = /[\p{P}\p{S}]/u;

/** As in marked's rules: `~` is a letter beside `*`, and punctuation beside the others. */
function sideOf(character: string, mark: string): Side {
  if (character === "" || /\s/.test(character)) return "space";
  if (character === "~" && mark === "*") return "letter";
  return PUNCTUATION.test(character) ? "punctuation" : "letter";
}

/** CommonMark §6.2; within a word `_` is a letter of it. */
const endsOfCommonMark: Ends = (text, at, length) => {
  const mark = text.charAt(at);
  const before = sideOf(characterBefore(text, at), mark);
  const after = sideOf(characterAt(text, at + length), mark);
  return {
    opens: isFlanking(after, before) && !(mark === "_" && before === "letter"),
    closes: isFlanking(before, after) && !(mark === "_" && after === "letter"),
  };
};

/** So many marks, and those of a shorter text, cost marked no time worth mentioning. */
const MANY = 300;
const LONG = 4_000;

function hasMany(markdown: string): boolean {
  if (markdown.length < LONG) return false;
  let count = 0;
  for (const mark of ["*", "_", "~"]) {
    for (let at = markdown.indexOf(mark); at !== -1; at = markdown.indexOf(mark, at + 1)) {
      if (++count > MANY) return true;
    }
  }
  return false;
}

export const manyMarks = emphasisBy(hasMany, "*_~", endsOfCommonMark);
