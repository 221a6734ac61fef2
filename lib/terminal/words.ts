/** Numbers with their nouns. */

export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;

/** `3 future`, without those that are zero. */
export const amounts = (counts: readonly (readonly [string, number])[]): readonly string[] =>
  counts.filter(([, n]) => n > 0).map(([what, n]) => `${n} ${what}`);
