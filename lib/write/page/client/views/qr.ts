/**
 * An address as a QR code (ISO/IEC 18004), of one size alone: version 5 with the lowest error correction, which holds 106 bytes in one
 * block. That is all that a link with a code needs, and a third of what a library of every size would add to the page.
 */

const SIZE = 37;
const DATA = 108;
const CORRECTION = 26;
/** Where the small square lies that helps to find the grid (Annex E). */
const ALIGNMENT = 30;
/** Error correction L and mask 0, with their own check bits (§7.9). */
const FORMAT = 0x77c4;

type Dark = (x: number, y: number) => boolean;

/** Nothing, if the address is too long. */
export function codeOf(address: string): { readonly size: number; readonly isDark: Dark } | undefined {
  const bytes = [...new TextEncoder().encode(address)];
  if (bytes.length > DATA - 2) return undefined;
  const data = dataOf(bytes);
  const codewords = [...data, ...correctionOf(data)];
  const grid = patterns();
  let bit = 0;
  // In pairs of columns from the right, up and down by turns, past the column of the timing pattern (§7.7.3).
  for (let right = SIZE - 1; right > 0; right -= right === 8 ? 3 : 2) {
    for (let step = 0; step < 2 * SIZE; step++) {
      const x = right - (step % 2);
      const down = Math.floor(step / 2);
      const isUpward = ((right + 1) & 2) === 0;
      const y = isUpward ? SIZE - 1 - down : down;
      if (grid[y]?.[x] !== undefined) continue;
      const value = ((codewords[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1;
      bit++;
      const row = grid[y];
      if (row) row[x] = (value ^ ((x + y + 1) & 1)) === 1;
    }
  }
  return { size: SIZE, isDark: (x, y) => grid[y]?.[x] === true };
}

/** Mode, length, bytes and end in groups of four bits, then what fills the rest (§7.4). */
function dataOf(bytes: readonly number[]): readonly number[] {
  const groups = [4, ...[bytes.length, ...bytes].flatMap((byte) => [byte >> 4, byte & 15]), 0];
  return Array.from({ length: DATA }, (_, i) => {
    const [high, low] = [groups[2 * i], groups[2 * i + 1]];
    if (high !== undefined && low !== undefined) return (high << 4) | low;
    return (i - bytes.length) % 2 === 0 ? 0xec : 0x11;
  });
}

/** In the field of 256 elements that QR codes use. */
function product(x: number, y: number): number {
  let z = 0;
  for (let i = 7; i >= 0; i--) z = (z << 1) ^ ((z >> 7) * 0x11d) ^ (((y >> i) & 1) * x);
  return z;
}

/** Reed–Solomon: the remainder of the data by the product of (x − 2⁰) … (x − 2²⁵). */
function correctionOf(data: readonly number[]): readonly number[] {
  const divisor: number[] = [...Array(CORRECTION - 1).fill(0), 1];
  for (let i = 0, root = 1; i < CORRECTION; i++, root = product(root, 2))
    for (let j = 0; j < CORRECTION; j++) divisor[j] = product(divisor[j] ?? 0, root) ^ (divisor[j + 1] ?? 0);
  let rest: number[] = Array(CORRECTION).fill(0);
  for (const byte of data) {
    const factor = byte ^ (rest[0] ?? 0);
    rest = divisor.map((each, i) => (rest[i + 1] ?? 0) ^ product(each, factor));
  }
  return rest;
}

/** What is the same in every code of this size; `undefined` where data go. */
function patterns(): (boolean | undefined)[][] {
  const grid: (boolean | undefined)[][] = Array.from({ length: SIZE }, () => Array(SIZE).fill(undefined));
  const set = (x: number, y: number, isDark: boolean) => {
    const row = grid[y];
    if (row && x >= 0 && x < SIZE) row[x] = isDark;
  };
  for (let i = 0; i < SIZE; i++) {
    set(6, i, i % 2 === 0);
    set(i, 6, i % 2 === 0);
  }
  const square = (x: number, y: number, reach: number, light: readonly number[]) => {
    for (let down = -reach; down <= reach; down++)
      for (let across = -reach; across <= reach; across++)
        set(x + across, y + down, !light.includes(Math.max(Math.abs(across), Math.abs(down))));
  };
  for (const [x, y] of [
    [3, 3],
    [SIZE - 4, 3],
    [3, SIZE - 4],
  ] as const)
    square(x, y, 4, [2, 4]);
  square(ALIGNMENT, ALIGNMENT, 2, [1]);
  for (let i = 0; i < 15; i++) {
    const isDark = ((FORMAT >> i) & 1) === 1;
    set(8, i < 6 ? i : i < 8 ? i + 1 : SIZE - 15 + i, isDark);
    set(i < 8 ? SIZE - 1 - i : i === 8 ? 7 : 14 - i, 8, isDark);
  }
  set(8, SIZE - 8, true);
  return grid;
}
