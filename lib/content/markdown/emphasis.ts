/**
 * Emphasis beside Chinese, Japanese and Korean. CommonMark §6.2 lets `**` close after punctuation only before a space or
 * more punctuation, which these do not write: `**重点：**后文` would stay as it is. Here their characters count as letters on
 * the inner side of a mark, and as punctuation on the outer side, so that `**重点(x)**后文` closes, too. Kramdown has no such
 * rule: `**What?**If` is strong.
 */
import type { Lexer, Tokens } from "marked";
import { SPACELESS } from "../../base/text.ts";
import type { Addition, Needs } from "./addition.ts";
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
const isBesideMark = (text: string): boolean => (text.includes("*") || text.includes("~")) && BESIDE_MARK.test(text);

const RUNS = { "*": /\*+/g, _: /_+/g, "~": /~+/g } as const;
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
export type Side = "space" | "letter" | "punctuation" | "cjk";

/** Those of ASCII, and of the characters that Chinese mostly has. */
const ASCII_SIDES: readonly Side[] = Array.from({ length: 128 }, (_, code) => findSide(String.fromCharCode(code)));

function sideOf(character: string): Side {
  const code = character.charCodeAt(0);
  return ASCII_SIDES[code] ?? (code >= 0x4e00 && code <= 0x9fff ? "cjk" : findSide(character));
}

function findSide(character: string): Side {
  if (character === "" || /\s/.test(character)) return "space";
  if (character === "~" || IS_CJK.test(character)) return "cjk";
  return /[\p{P}\p{S}]/u.test(character) ? "punctuation" : "letter";
}

/** Whether a mark may open or close emphasis with these on its two sides (CommonMark §6.2, flanking). */
export const isFlanking = (inner: Side, outer: Side): boolean =>
  inner !== "space" && (inner !== "punctuation" || outer !== "letter");

/** `所有*.js和*.css文件`: the first mark would not open in CommonMark, and does not here. */
const GLOB = /^\p{L}\*\.\w/u;

/** What a run of marks may be an end of. */
export type Ends = (text: string, at: number, length: number) => Pick<Run, "opens" | "closes">;

const endsBesideCjk: Ends = (text, at, length) => {
  const before = sideOf(characterBefore(text, at));
  const after = sideOf(characterAt(text, at + length));
  const opens = isFlanking(after, before) && !GLOB.test(text.slice(Math.max(0, at - 1), at + 3));
  return { opens, closes: isFlanking(before, after) };
};

/** Kramdown asks only for no white space within the marks, for no letters around `_`, and for two `~`. */
const endsOfKramdown: Ends = (text, at, length) => {
  const mark = text.charAt(at);
  const before = text.slice(Math.max(0, at - 3), at);
  const after = characterAt(text, at + length);
  const isEnd = mark !== "~" || length === 2;
  return {
    opens: isEnd && /\S/.test(after) && !(mark === "_" && /\p{L}-?$/u.test(before)),
    closes: isEnd && /\S$/.test(before) && !(mark === "_" && /[\p{L}\p{N}]/u.test(after)),
  };
};

/**
 * CommonMark's rule of three (§6.2, rules 9 and 10); a deletion has equally many marks on both sides. What is left of a
 * run is not closed by the first of two marks that may open, `***b**、**c**`, nor one `_` by two: `\\__init__`.
 */
function match(mark: Mark, opener: Run, closer: Run): boolean {
  if (mark === "~") return opener.length === closer.length && closer.length <= 2;
  if (opener.left === 1 && closer.left === 2 && (closer.opens || mark === "_")) return false;
  if (!opener.closes && !closer.opens) return true;
  return (opener.length + closer.length) % 3 !== 0 || (opener.length % 3 === 0 && closer.length % 3 === 0);
}

/**
 * The pairs by where they begin, found as in CommonMark's appendix: from each closing run back to the nearest opener.
 */
function pairsIn(text: string, mark: Mark, ends: Ends): ReadonlyMap<number, Pair> {
  const pairs = new Map<number, Pair>();
  const open: Run[] = [];
  const nothingBefore = new Map<string, number>(); // by kind of run, where a search was in vain (`openers_bottom`)
  for (const { 0: run, index: at } of text.matchAll(RUNS[mark])) {
    const { length } = run;
    const closer: Run = { at, length, ...ends(text, at, length), left: length };
    while (closer.closes && closer.left > 0) {
      const kind = `${mark === "~" ? length : length % 3} ${closer.opens} ${closer.left === 2}`;
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

/** A part has no answer of the text around it. */
const NEVER = "";

/** `isNeeded` is asked of each text, `masked`, in which marks without a meaning, such as those in code, are replaced. */
export function emphasisBy(isNeeded: (text: string) => boolean, marks: string, ends: Ends): Addition {
  const pairsByMark = {
    "*": (masked: string) => pairsIn(masked, "*", ends),
    _: (masked: string) => pairsIn(masked, "_", ends),
    "~": (masked: string) => pairsIn(masked, "~", ends),
  } as const;

  /**
   * The emphasis at the start of `rest`; `false` if the text is read as CommonMark prescribes. Its pairs are found once:
   * those within a pair are the same for what is between its marks alone.
   */
  function emphasisAt(rest: string, masked: string, lexer: Lexer) {
    const mark = rest.charAt(0) as Mark;
    if (!(marks.includes(mark) && lineRead().onceMasked(isNeeded, masked, NEVER).made)) return false;
    const { made: pairs, at: offset } = lineRead().onceMasked(pairsByMark[mark], masked, mark);
    const at = masked.length - rest.length;
    const pair = pairs.get(at + offset);
    if (!pair) return undefined;
    const { marks: length } = pair;
    const raw = rest.slice(0, pair.end - offset - at);
    const text = raw.slice(length, -length);
    const type = mark === "~" ? "del" : length === 1 ? "em" : "strong";
    return { type, raw, text, tokens: readPart(lexer, text, at + length, mark) };
  }

  return {
    isNeeded,
    extension: {
      tokenizer: {
        emStrong(rest, masked) {
          return emphasisAt(rest, masked, this.lexer) as Tokens.Em | Tokens.Strong;
        },
        del(rest, masked) {
          return emphasisAt(rest, masked, this.lexer) as Tokens.Del;
        },
      },
    },
  };
}

/** Only for texts in which this makes a difference; others are read as CommonMark prescribes. */
const cjkEmphasis = emphasisBy(isBesideMark, "*~", endsBesideCjk);

const isWithinText = (text: string): boolean => /[^\s*_~][*_~]+[^\s*_~]|~\S/.test(text);
const kramdownEmphasis = emphasisBy(isWithinText, "*_~", endsOfKramdown);

export const EMPHASES: readonly Addition[] = [cjkEmphasis, kramdownEmphasis];

export const emphasisIn = ({ dialect }: Needs): Addition => (dialect === "jekyll" ? kramdownEmphasis : cjkEmphasis);
