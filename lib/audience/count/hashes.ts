/** Salted hashes of 53 bits, and sets of them that take a few bytes for each: what one count of a day knows clients by. */
import { webcrypto } from "node:crypto";

/** Two odd multipliers, so that every bit of a text reaches both halves; `finished` uses those of MurmurHash3. */
const [FIRST, SECOND] = [0x9e3779b1, 0x5f356495];
const TWO_32 = 2 ** 32;
const HIGH_BITS = 0x1fffff;

export interface Hasher {
  /** Of a text. */
  of(text: string): number;
  /** Of two hashes, in this order. */
  pair(one: number, other: number): number;
}

/** Two numbers of 32 bits. */
export type Salt = readonly [one: number, other: number];

/** By chance: never the same twice. */
export function newSalt(): Salt {
  const [one = 0, other = 0] = webcrypto.getRandomValues(new Uint32Array(2));
  return [one, other];
}

/**
 * `salt`: new for each count, and kept nowhere. Who does not know it learns nothing of a text from
 * its hash; who does could find an address by trying all of them. So hashes never leave the count either.
 */
export function openHasher([one, other]: Salt): Hasher {
  return {
    of(text) {
      let a = one | 0;
      let b = other | 0;
      for (let i = 0; i < text.length; i++) {
        const unit = text.charCodeAt(i);
        a = Math.imul(a ^ unit, FIRST);
        b = Math.imul(b ^ unit, SECOND);
      }
      return finished(a, b);
    },
    pair(first, second) {
      const a = Math.imul((first | 0) ^ one, FIRST) ^ Math.imul((second / TWO_32) | 0, SECOND);
      const b = Math.imul((second | 0) ^ other, SECOND) ^ Math.imul((first / TWO_32) | 0, FIRST);
      return finished(Math.imul(a ^ (a >>> 15), FIRST), Math.imul(b ^ (b >>> 13), SECOND));
    },
  };
}

function finished(one: number, other: number): number {
  let a = Math.imul(one ^ (one >>> 16), 0x85ebca6b) ^ Math.imul(other ^ (other >>> 13), 0xc2b2ae35);
  let b = Math.imul(other ^ (other >>> 16), 0x85ebca6b) ^ Math.imul(one ^ (one >>> 13), 0xc2b2ae35);
  a = Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 13), 0x85ebca6b);
  return TWO_32 * ((b ^ (b >>> 16)) & HIGH_BITS) + ((a ^ (a >>> 16)) >>> 0);
}

export interface HashSet {
  /** Whether it was not in the set before. */
  add(hash: number): boolean;
  has(hash: number): boolean;
}

const FIRST_SIZE = 1 << 10;
/** Of the places, how many are taken before there are twice as many. */
const MOST_TAKEN = 0.6;

/** Open addressing in a typed array: a `Set` of numbers takes five times as much. */
export function openHashSet(): HashSet {
  let places = new Float64Array(FIRST_SIZE);
  let taken = 0;

  /** Where the hash is, or else the free place that it would get. 0 is what a free place holds. */
  function placeOf(hash: number): number {
    const mask = places.length - 1;
    let at = (hash | 0) & mask;
    while (places[at] !== 0 && places[at] !== hash) at = (at + 1) & mask;
    return at;
  }

  function grow(): void {
    const former = places;
    places = new Float64Array(former.length * 2);
    for (const hash of former) if (hash !== 0) places[placeOf(hash)] = hash;
  }

  return {
    add(hash) {
      const kept = hash || 1;
      const at = placeOf(kept);
      if (places[at] === kept) return false;
      places[at] = kept;
      taken += 1;
      if (taken > places.length * MOST_TAKEN) grow();
      return true;
    },
    has(hash) {
      const kept = hash || 1;
      return places[placeOf(kept)] === kept;
    },
  };
}
