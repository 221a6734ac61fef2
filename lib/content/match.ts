/** Matches sticky patterns. */
export function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(source);
}

export const textAt = (pattern: RegExp, source: string, at: number): string | undefined =>
  matchAt(pattern, source, at)?.[0];

/**
 * Whether a pattern matches anywhere, which is cheap where what it begins with is rare: a search would try every character.
 * Where the characters that may follow that are given, it is tried before one of them only.
 */
export function hasAt(source: string, beginning: string, pattern: RegExp, next = ""): boolean {
  for (let at = source.indexOf(beginning); at >= 0; at = source.indexOf(beginning, at + 1)) {
    if (next !== "" && !next.includes(source.charAt(at + beginning.length))) continue;
    pattern.lastIndex = at;
    if (pattern.test(source)) return true;
  }
  return false;
}

export const SMALL_LETTERS = "abcdefghijklmnopqrstuvwxyz";
export const LETTERS = SMALL_LETTERS + SMALL_LETTERS.toUpperCase();
