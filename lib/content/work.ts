/**
 * The work that a post may take. It is counted in characters that are read, and never timed, so that the same post is
 * refused or rendered on every machine.
 */

import { problem } from "../base/problems.ts";
import type { Problem } from "../model.ts";

/** What of a post has grown beyond reason. */
export type Growth = "size" | "nesting" | "work" | "addresses";

/** A post that would take too much time or memory. */
export class TooMuchWork extends Error {
  readonly grown: Growth;
  /** The line of its Markdown at which it grew, where that is known; 1 for the first. */
  readonly line: number | undefined;

  constructor(grown: Growth, line?: number) {
    super(MESSAGES[grown]);
    this.grown = grown;
    this.line = line;
  }
}

/** The most characters of Markdown, not counting blank lines around it. */
export const LONGEST = 4_000_000;
/**
 * The most levels of blocks within blocks, and of marks within marks. A thread with little stack has room for several
 * times as many.
 */
export const DEEPEST = 100;

/** Every post may have this many characters read, and for each character of its text so many more. */
const FOR_ANY = 50_000_000;
const FOR_EACH = 200;

const MESSAGES: { readonly [grown in Growth]: string } = {
  size: `the text is longer than ${LONGEST / 1_000_000} million characters`,
  nesting: `the text is nested more than ${DEEPEST} levels deep`,
  work: "the text takes too much work to read",
  addresses: "the text names long addresses so often that its HTML would be little else",
};

/** What to do about it, where the usual fix does not apply. */
const FIXES: { readonly [grown in Growth]?: string } = {
  size: "split the post, and keep data and pictures in files of their own",
  addresses: "shorten the addresses, or the permalink of the post, or name them less often",
  nesting: "write the text with fewer quotations, lists or marks within each other",
};

/** `line` is that of the file. */
export const workProblem = (key: string, { grown, message }: TooMuchWork, line?: number): Problem =>
  problem("too-slow", key, message, line, FIXES[grown]);

export const isTooLong = (markdown: string): boolean => markdown.length > LONGEST && markdown.trim().length > LONGEST;

/** Rendering is synchronous, so there is one text at a time. */
let allowed = Number.POSITIVE_INFINITY;
let left = allowed;

/** Begins to count the work of a text of this length. */
export function beginWork(length: number): void {
  allowed = FOR_ANY + FOR_EACH * length;
  left = allowed;
}

/** The part of what is allowed that the text took which was read last. */
export const workTaken = (): number => 1 - left / allowed;

/** What copying a text costs: long ones are slower, for their length, than those that fit into the caches of a processor. */
export const copying = (characters: number): number => characters / (characters < 100_000 ? 64 : 12);

/** Throws `TooMuchWork` when no work is left. */
export function spend(characters: number): void {
  left -= characters;
  if (left < 0) throw new TooMuchWork("work");
}

/** Characters of HTML for each of Markdown, and for any text, that addresses may take besides those that it writes. */
const ADDRESSES_FOR_EACH = 16;
const ADDRESSES_FOR_ANY = 1_000_000;

let addressesLeft = Number.POSITIVE_INFINITY;

/** Counts, while the work goes on, what addresses take that a text of this length writes once and its HTML many times. */
export function countingAddresses<T>(length: number, work: () => T): T {
  addressesLeft = ADDRESSES_FOR_ANY + ADDRESSES_FOR_EACH * length;
  try {
    return work();
  } finally {
    addressesLeft = Number.POSITIVE_INFINITY;
  }
}

/** Throws `TooMuchWork` when addresses take too much. */
export function spendOnAddress(characters: number): void {
  addressesLeft -= characters;
  if (addressesLeft < 0) throw new TooMuchWork("addresses");
}
