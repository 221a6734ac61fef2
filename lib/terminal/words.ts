/** Numbers with their nouns. */

export const count = (n: number, noun: string, plural = `${noun}s`): string => `${n} ${n === 1 ? noun : plural}`;

/** `3 future`, without those that are zero. */
export const amounts = (counts: readonly (readonly [string, number])[]): readonly string[] =>
  counts.filter(([, n]) => n > 0).map(([what, n]) => `${n} ${what}`);

export const showBytes = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
