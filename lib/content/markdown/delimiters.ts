/**
 * `*`, `_` and `~` as marked reads them, in time that grows with the text: marked looks for the end of each emphasis
 * through all that follows. Only for texts with many such marks; the result is the same.
 */
import type { Tokens } from "marked";
import type { Addition } from "./addition.ts";
import { characterAt, characterBefore, firstFrom, indexFrom, lineRead, readPart } from "./reading.ts";

type Mark = "*" | "_" | "~";

/** Adjacent equal marks, and which emphasis they may be an end of (CommonMark §6.2, flanking). */
interface Run {
  readonly at: number;
  readonly length: number;
  readonly kind: "left" | "right" | "both" | "neither";
}

/** What decides whether a run counts as an end of the emphasis that another one begins. */
interface Opener {
  /** The number of marks of its whole run; 0 where the rule of three does not apply to it. */
  readonly runLength: number;
  /** It could also close an emphasis. */
  readonly canClose: boolean;
  /** Some marks of its run are behind already. */
  readonly isPart: boolean;
}

/** For one kind of opener: how many more marks are open before each run, and where that is less again. */
interface Balance {
  readonly open: Int32Array;
  /** For each run the next one before which less is open. */
  readonly nextLower: Int32Array;
  /** The marks before each run that the rule of three leaves out. */
  readonly leftOut: Int32Array;
  /** The runs at which the search is given up. */
  readonly barriers: readonly number[];
}

/** As in marked's rules: `~` is a letter beside `*`, and punctuation beside the others. */
const PUNCTUATION = /[\p{P}\p{S}]/u;
const SPACE = /\s/;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

const RUNS = { "*": /\*+/g, _: /_+/g, "~": /~+/g } as const;

type Side = "space" | "punctuation" | "letter";

function sideOf(character: string, mark: Mark): Side {
  if (character === "" || SPACE.test(character)) return "space";
  if (character === "~" && mark === "*") return "letter";
  return PUNCTUATION.test(character) ? "punctuation" : "letter";
}

function kindOf(text: string, at: number, length: number, mark: Mark): Run["kind"] {
  if (at === 0 || (mark === "~" && length > 2)) return "neither";
  const left = sideOf(characterBefore(text, at), mark);
  const right = sideOf(characterAt(text, at + length), mark);
  if (left === "space") return right === "space" ? "neither" : "left";
  if (right === "space") return "right";
  if (left === right) return mark === "_" && left === "letter" ? "neither" : "both";
  return left === "letter" ? "right" : "left";
}

/** The runs of one mark in a text, and how they balance for each kind of opener. */
class Runs {
  readonly mark: Mark;
  readonly runs: readonly Run[];
  readonly #positions: readonly number[];
  readonly #balances = new Map<string, Balance>();

  constructor(text: string, mark: Mark) {
    this.mark = mark;
    this.runs = [...text.matchAll(RUNS[mark])].map(({ 0: { length }, index: at }) => {
      return { at, length, kind: kindOf(text, at, length, mark) };
    });
    this.#positions = this.runs.map(({ at }) => at);
  }

  /** The index of the first run at or after a position. */
  indexFrom(position: number): number {
    return indexFrom(this.#positions, position);
  }

  /** The run that the position is in. */
  around(position: number): Run | undefined {
    const run = this.runs[this.indexFrom(position + 1) - 1];
    return run && position < run.at + run.length ? run : undefined;
  }

  balanceFor(opener: Opener): Balance {
    const { runLength, canClose, isPart } = opener;
    const key = `${this.mark === "~" ? runLength : runLength % 3} ${canClose} ${isPart}`;
    const balance = this.#balances.get(key) ?? balanceOf(this.runs, opener, this.mark);
    this.#balances.set(key, balance);
    return balance;
  }
}

/** CommonMark's rule of three (§6.2, rules 9 and 10). */
const isLeftOut = ({ kind, length }: Run, { runLength, canClose }: Opener): boolean =>
  (kind === "both" || (kind === "right" && canClose)) && runLength % 3 !== 0 && (runLength + length) % 3 === 0;

/** By how many marks a run changes what is open. */
function weightOf(run: Run, opener: Opener, mark: Mark): number {
  if (run.kind === "neither" || (mark === "~" && run.length !== opener.runLength)) return 0;
  return run.kind === "left" ? run.length : -run.length;
}

function balanceOf(runs: readonly Run[], opener: Opener, mark: Mark): Balance {
  const open = new Int32Array(runs.length + 1);
  const leftOut = new Int32Array(runs.length + 1);
  const barriers: number[] = [];
  for (const [i, run] of runs.entries()) {
    const out = mark !== "~" && isLeftOut(run, opener);
    if (out && opener.isPart && run.kind === "both") barriers.push(i);
    leftOut[i + 1] = (leftOut[i] ?? 0) + (out ? run.length : 0);
    open[i + 1] = (open[i] ?? 0) + (out ? 0 : weightOf(run, opener, mark));
  }
  return { open, leftOut, barriers, nextLower: nextLowerOf(open) };
}

/** For each number the index of the next one that is less; -1 where none is. */
function nextLowerOf(numbers: Int32Array): Int32Array {
  const next = new Int32Array(numbers.length).fill(-1);
  for (let i = numbers.length - 2; i >= 0; i--) {
    let lower = i + 1;
    while (lower !== -1 && (numbers[lower] ?? 0) >= (numbers[i] ?? 0)) lower = next[lower] ?? -1;
    next[i] = lower;
  }
  return next;
}

/** Where as many marks are closed as the opener has, by a run with an index from `from` to before `to`. */
function closerOf(runs: Runs, opener: Opener, marks: number, from: number, to: number) {
  const { open, leftOut, nextLower, barriers } = runs.balanceFor(opener);
  const base = open[from] ?? 0;
  let end = from;
  while (end !== -1 && (open[end] ?? 0) > base - marks) end = nextLower[end] ?? -1;
  const run = runs.runs[end - 1];
  if (!run || end > to || firstFrom(barriers, from) < end) return undefined;
  const surplus = marks + (open[end] ?? 0) - base + (leftOut[end] ?? 0) - (leftOut[from] ?? 0);
  return { at: run.at, marks: Math.min(run.length, run.length + surplus) };
}

const runsIn = {
  "*": (masked: string) => new Runs(masked, "*"),
  _: (masked: string) => new Runs(masked, "_"),
  "~": (masked: string) => new Runs(masked, "~"),
} as const;

/** What marked skips at the start of an emphasis: one mark of it within a pair of others. */
const SKIPPED = { "*": /[^_*]*?__[^_*]*?\*[^_*]*?(?=__)/y, _: /[^_*]*?\*\*[^_*]*?_[^_*]*?(?=\*\*)/y } as const;

function afterSkipped(masked: string, mark: "*" | "_", from: number): number {
  SKIPPED[mark].lastIndex = from;
  return SKIPPED[mark].test(masked) ? SKIPPED[mark].lastIndex : from;
}

const isSpaceOrPunctuation = (character: string): boolean => SPACE.test(character) || PUNCTUATION.test(character);
const mayPrecedeDeletion = (character: string): boolean =>
  isSpaceOrPunctuation(character) && character !== "*" && character !== "_";

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

export const manyMarks: Addition = {
  isNeeded: hasMany,
  extension: {
    tokenizer: {
      emStrong(rest, masked, prevChar = "") {
        const mark = rest.charAt(0);
        if (mark !== "*" && mark !== "_") return undefined;
        const start = masked.length - rest.length;
        const { runs, run, offset, to } = runAt(masked, start, mark);
        if (!run) return false;
        const marks = run.at + run.length - offset - start;
        const isPart = run.at < start + offset;
        const outer = characterBefore(masked, run.at - offset);
        const inner = characterAt(rest, marks);
        if (inner === "" || SPACE.test(inner)) return undefined;

        const beforeMark = isPart ? outer : prevChar;
        const isInnerPunctuation = sideOf(inner, "*") === "punctuation";
        if (mark === "_" && !isInnerPunctuation && LETTER_OR_DIGIT.test(beforeMark)) return undefined;
        if (isInnerPunctuation && beforeMark !== "" && !isSpaceOrPunctuation(beforeMark)) return undefined;

        const canClose = outer.trim() !== "" && (isInnerPunctuation || (mark === "*" && !isSpaceOrPunctuation(outer)));
        const opener = { runLength: run.length, canClose, isPart: prevChar === mark };
        const from = runs.indexFrom(afterSkipped(masked, mark, start + marks) + offset);
        const closer = closerOf(runs, opener, marks, from, to);
        if (!closer) return undefined;

        const raw = rest.slice(0, closer.at + closer.marks - offset - start);
        const used = Math.min(marks, closer.marks) % 2 === 1 ? 1 : 2;
        const text = raw.slice(used, -used);
        const tokens = readPart(this.lexer, text, start + used, mark);
        return { type: used === 1 ? "em" : "strong", raw, text, tokens } as Tokens.Em | Tokens.Strong;
      },
      del(rest, masked, prevChar = "") {
        if (!rest.startsWith("~")) return undefined;
        const start = masked.length - rest.length;
        const { runs, run, offset, to } = runAt(masked, start, "~");
        if (!run) return false;
        const marks = run.at + run.length - offset - start;
        const inner = characterAt(rest, marks);
        if (marks > 2 || inner === "" || SPACE.test(inner)) return undefined;
        if (PUNCTUATION.test(inner) && prevChar !== "" && !mayPrecedeDeletion(prevChar)) return undefined;
        const opener = { runLength: marks, canClose: false, isPart: false };
        const closer = closerOf(runs, opener, marks, runs.indexFrom(start + marks + offset), to);
        if (!closer) return undefined;
        const raw = rest.slice(0, closer.at + closer.marks - offset - start);
        const text = raw.slice(marks, -marks);
        return { type: "del", raw, text, tokens: readPart(this.lexer, text, start + marks, "~") };
      },
    },
  },
};

/** The run at a position of a text, and the runs of the text around it, in which it begins at `offset`. */
function runAt(masked: string, at: number, mark: Mark) {
  const { made: runs, at: offset } = lineRead().onceMasked(runsIn[mark], masked);
  return { runs, run: runs.around(at + offset), offset, to: runs.indexFrom(masked.length + offset) };
}
