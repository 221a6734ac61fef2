/**
 * Emphasis beside Chinese, Japanese and Korean. CommonMark §6.2 lets `**` close after punctuation only before a space or
 * more punctuation, which these do not write: `**重点：**后文` would stay as it is. Here their characters count as letters on
 * the inner side of a mark, and as punctuation on the outer side, so that `**重点(x)**后文` closes, too.
 */
import type { Lexer, Tokens } from "marked";
import { SPACELESS } from "../../base/text.ts";
import type { Addition } from "./addition.ts";
import { characterAt, characterBefore, lineRead, readPart } from "./reading.ts";

/** Punctuation that is written between Chinese or Japanese words without a space. */
const MARKS =
  "\\u2014\\u2018\\u2019\\u201c\\u201d\\u2026\\u3001-\\u3003\\u3008-\\u3011\\u3014-\\u301f\\u30fb\\uff01-\\uff0f\\uff1a-\\uff20\\uff3b-\\uff40\\uff5b-\\uff65";
/** With the selectors of a character's variants, which follow it. */
const CJK = String.raw`${MARKS}${SPACELESS}\p{Script=Hangul}\ufe00-\ufe02\u{e0100}-\u{e01ef}`;

const BESIDE_MARK = new RegExp(
  String.raw`[*~](?:(?=[${MARKS}])|(?<=[${MARKS}][*~])|(?<=(?![*~])[\p{P}\p{S}][*~])[*~]{0,2}(?=[${CJK}])|(?<=[${CJK}][*~])[*~]{0,2}(?![*~])(?=[\p{P}\p{S}]))`,
  "u",
);
const IS_CJK = new RegExp(`[${CJK}]`, "u");
const isBesideMark = (text: string): boolean => BESIDE_MARK.test(text);

const RUNS = { "*": /\*+/g, "~": /~+/g } as const;
/** `_` is left to CommonMark: it works only around words that are separated by spaces. */
type Mark = keyof typeof RUNS;

/**
 * Adjacent marks. The inner ones are paired first: an opening run is used from its end, a closing one from its start.
 */
interface Run {
  at: number;
  readonly length: number;
  readonly opens: boolean;
  readonly closes: boolean;
  /** The number of marks that are not paired yet, from `at` on. */
  left: number;
}

/** Where an emphasis ends, and how many marks it has on each side. */
interface Pair {
  readonly end: number;
  readonly marks: number;
}

/** What is on one side of a mark. `cjk` counts as a letter on the inner side and as punctuation on the outer. */
type Side = "space" | "letter" | "punctuation" | "cjk";

function sideOf(character: string): Side {
  if (character === "" || /\s/.test(character)) return "space";
  if (character === "~" || IS_CJK.test(character)) return "cjk";
  return /[\p{P}\p{S}]/u.test(character) ? "punctuation" : "letter";
}

/** Whether a mark may open or close emphasis with these on its two sides (CommonMark §6.2, flanking). */
const isFlanking = (inner: Side, outer: Side): boolean =>
  inner !== "space" && (inner !== "punctuation" || outer !== "letter");

/** `所有*.js和*.css文件`: the first mark would not open in CommonMark, and does not here. */
const GLOB = /^\p{L}\*\.\w/u;

function runsOf(text: string, mark: Mark): readonly Run[] {
  return [...text.matchAll(RUNS[mark])].map(({ 0: { length }, index: at }) => {
    const before = sideOf(characterBefore(text, at));
    const after = sideOf(characterAt(text, at + length));
    const opens = isFlanking(after, before) && !GLOB.test(text.slice(Math.max(0, at - 1), at + 3));
    return { at, length, opens, closes: isFlanking(before, after), left: length };
  });
}

/** CommonMark's rule of three (§6.2, rules 9 and 10); a deletion has equally many marks on both sides. */
function match(mark: Mark, opener: Run, closer: Run): boolean {
  if (mark === "~") return opener.length === closer.length && closer.length <= 2;
  if (!opener.closes && !closer.opens) return true;
  return (opener.length + closer.length) % 3 !== 0 || (opener.length % 3 === 0 && closer.length % 3 === 0);
}

/**
 * The pairs by where they begin, found as in CommonMark's appendix: from each closing run back to the nearest opener.
 */
function pairsIn(text: string, mark: Mark): ReadonlyMap<number, Pair> {
  const pairs = new Map<number, Pair>();
  const open: Run[] = [];
  const nothingBefore = new Map<string, number>(); // by kind of run, where a search was in vain (`openers_bottom`)
  for (const closer of runsOf(text, mark)) {
    const kind = `${mark === "~" ? closer.length : closer.length % 3} ${closer.opens}`;
    while (closer.closes && closer.left > 0) {
      const from = nothingBefore.get(kind) ?? 0;
      const i = open.findLastIndex((opener) => opener.at < from || match(mark, opener, closer));
      const opener = open[i];
      if (!opener || opener.at < from) {
        nothingBefore.set(kind, closer.at);
        break;
      }
      const marks = Math.min(opener.left, closer.left, 2);
      opener.left -= marks;
      closer.left -= marks;
      closer.at += marks;
      pairs.set(opener.at + opener.left, { end: closer.at, marks });
      open.length = opener.left > 0 ? i + 1 : i;
    }
    if (closer.opens && closer.left > 0) open.push(closer);
  }
  return pairs;
}

const pairsByMark = {
  "*": (masked: string) => pairsIn(masked, "*"),
  "~": (masked: string) => pairsIn(masked, "~"),
} as const;

/**
 * The emphasis at the start of `rest`; `false` if the text has no such characters. Its pairs are found once: those within
 * a pair are the same for what is between its marks alone.
 */
function emphasisAt(rest: string, masked: string, mark: Mark, lexer: Lexer) {
  if (!lineRead().onceMasked(isBesideMark, masked, NEVER).made) return false;
  const { made: pairs, at: offset } = lineRead().onceMasked(pairsByMark[mark], masked, mark);
  const at = masked.length - rest.length;
  const pair = pairs.get(at + offset);
  if (!pair) return undefined;
  const { marks } = pair;
  const raw = rest.slice(0, pair.end - offset - at);
  const text = raw.slice(marks, -marks);
  return { raw, text, marks, tokens: readPart(lexer, text, at + marks, mark) };
}

/** No part has the answer of the text around it. */
const NEVER = "";

/**
 * Only for texts in which this makes a difference; others are read as CommonMark prescribes. `masked` is the text in
 * which marks without a meaning, such as those in code, are replaced.
 */
export const cjkEmphasis: Addition = {
  isNeeded: isBesideMark,
  extension: {
    tokenizer: {
      emStrong(rest, masked) {
        const found = rest.startsWith("*") && emphasisAt(rest, masked, "*", this.lexer);
        return found && ({ type: found.marks === 1 ? "em" : "strong", ...found } as Tokens.Em | Tokens.Strong);
      },
      del(rest, masked) {
        const found = rest.startsWith("~") && emphasisAt(rest, masked, "~", this.lexer);
        return found && { type: "del", ...found };
      },
    },
  },
};
