/** Matches a sticky pattern at one offset. */

export function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(source);
}

export const textAt = (pattern: RegExp, source: string, at: number): string | undefined =>
  matchAt(pattern, source, at)?.[0];
