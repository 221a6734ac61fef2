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

// The first measurement compiles the code, and others may meet the garbage collector.
const least = (work: () => void, times: number) => Math.min(...Array.from({ length: times }, () => cpuOf(work)));

/** The work of four times the size is four times as much, and sixteen times if it is quadratic. */
export function expectLinear(work: (size: number) => () => void, size = 64_000): void {
  const [small, large] = [least(work(size), 3), least(work(4 * size), 2)];
  expect(large).toBeLessThan(8 * small + 50);
}
