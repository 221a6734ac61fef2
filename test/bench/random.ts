/** Reproducible random numbers: the same seed gives the same numbers. */

export interface Random {
  /** At least 0, less than 1. */
  next(): number;
  /** A whole number, at least `low` and at most `high`. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(list: Choice<T>): T;
  /** Prefers early items, as some words and tags are used far more often than others. */
  favour<T>(list: Choice<T>): T;
  weigh<T>(weights: Weights<T>): T;
}

export type Choice<T> = readonly [T, ...T[]];

export interface Weights<T> {
  /** Each name as often as its weight. */
  readonly urn: Choice<T>;
}

export function weightsOf<T extends string>(weights: { readonly [name in T]: number }): Weights<T> {
  const names = Object.keys(weights) as T[];
  const [first, ...others] = names.flatMap((name) => Array.from({ length: weights[name] }, () => name));
  if (first === undefined) throw new Error("all weights are 0");
  return { urn: [first, ...others] };
}

/** Mulberry32: small, fast, and random enough for texts. Each `stream` of a seed gives other numbers. */
export function randomOf(seed: number, stream: number): Random {
  let state = scramble(scramble(seed) + stream);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const pick = <T>(list: Choice<T>): T => list[Math.floor(next() * list.length)] ?? list[0];
  return {
    next,
    pick,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    favour(list) {
      const chosen = next();
      return list[Math.floor(chosen * chosen * list.length)] ?? list[0];
    },
    weigh: ({ urn }) => pick(urn),
  };
}

/** A hash, so that neighbouring seeds give unrelated numbers. */
function scramble(seed: number): number {
  let hash = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
