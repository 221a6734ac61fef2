/** Whether work grows in proportion to its input, by the CPU that two sizes take. */
import { expect } from "vitest";

function cpuOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

// The first measurement compiles the code, and others may meet the garbage collector.
const least = (work: () => void, times: number) => Math.min(...Array.from({ length: times }, () => cpuOf(work)));

/** The work of four times the size is four times as much, and sixteen times if it is quadratic. */
export function expectLinear(work: (size: number) => () => void, size = 64_000): void {
  const [small, large] = [least(work(size), 3), least(work(4 * size), 2)];
  expect(large).toBeLessThan(8 * small + 50);
}
