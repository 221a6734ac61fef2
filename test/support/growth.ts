/** Whether work grows in proportion to its input, by the CPU that two sizes take. */
import { expect } from "vitest";

/** What this process has taken of the CPU, in milliseconds: what runs beside it does not count, as it does by the clock. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function cpuOf(work: () => void): number {
  const before = cpuMs();
  work();
  return cpuMs() - before;
}

/** The first measurement compiles the code, and any may meet the garbage collector: what is least of several counts. */
const ROUNDS = 6;

/** The work of four times the size is four times as much, and sixteen times if it is quadratic. */
export function expectLinear(work: (size: number) => () => void, size = 64_000): void {
  const [small, large] = [work(size), work(4 * size)];
  let least = { small: Number.POSITIVE_INFINITY, large: Number.POSITIVE_INFINITY };
  for (let round = 1; round <= ROUNDS; round++) {
    const repeated = Math.min(cpuOf(small), cpuOf(small));
    least = { small: Math.min(least.small, repeated), large: Math.min(least.large, cpuOf(large)) };
    if (round > 1 && least.large < 8 * least.small + 50) return;
  }
  expect(least.large).toBeLessThan(8 * least.small + 50);
}
