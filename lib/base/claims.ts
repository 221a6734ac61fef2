/** What is left of a list that two threads work off: each claims some of it, and none is claimed twice. */

/** Shared by the threads: how many are left, and how much was done by all. */
export interface Claims {
  readonly cells: Int32Array<SharedArrayBuffer>;
}

const LEFT = 0;
const DONE = 1;

export function newClaims(amount: number): Claims {
  const cells = new Int32Array(new SharedArrayBuffer(8));
  cells[LEFT] = amount;
  return { cells };
}

/** At most an eighth of what is left is claimed at once: less towards the end, so that no thread waits long for the other. */
const SHARE = 1 / 8;

/** Claims up to `most`; gives how many were left before, and how many are claimed. */
export function claim({ cells }: Claims, most: number): { readonly left: number; readonly claimed: number } {
  for (;;) {
    const left = Atomics.load(cells, LEFT);
    const claimed = Math.min(left, most, Math.ceil(left * SHARE));
    if (claimed === 0 || Atomics.compareExchange(cells, LEFT, left, left - claimed) === left) return { left, claimed };
  }
}

/** From now on there is nothing to claim. */
export function closeClaims({ cells }: Claims): void {
  Atomics.store(cells, LEFT, 0);
}

/** Tells the other thread that this one goes on. */
export function noteDone({ cells }: Claims): void {
  Atomics.add(cells, DONE, 1);
}

export const countDone = ({ cells }: Claims): number => Atomics.load(cells, DONE);
