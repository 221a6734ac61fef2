/** The heap of a command that publishes, in processes of their own: its bounds hold for a whole process. */
import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

/**
 * `fill` fills the young generation with what survives, as long as it goes on growing; `size` is how large it is, in MB. What is
 * to be done at times is done after each round, however long that took.
 */
const FILL = `
const { getHeapSpaceStatistics } = process.getBuiltinModule("node:v8");
const size = () => getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space").space_size / 2 ** 20;
const repeated = new Set();
globalThis.setInterval = (work) => (repeated.add(work), work);
globalThis.clearInterval = (work) => repeated.delete(work);
async function fill() {
  const kept = [];
  for (let round = 0; round < 60; round++) {
    for (let i = 0; i < 10_000; i++) kept[((round % 12) * 10_000) + i] = { text: "post " + i, numbers: [round, i] };
    await new Promise((resolve) => setImmediate(resolve));
    for (const work of repeated) work();
  }
  return size();
}
`;

/** The sizes that a program prints as JSON. */
function sizesOf(program: string, ...options: readonly string[]): readonly number[] {
  const args = [
    ...options,
    "--input-type=module",
    "--eval",
    `import { withHeapBounds } from "./lib/commands/heap.ts"; ${program}`,
  ];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

test("the main thread's stops growing while work is done, and may grow again afterwards", () => {
  const [during = 0, after = 0] = sizesOf(`${FILL}
    console.log(JSON.stringify([await withHeapBounds(fill), await fill()]));`);
  expect(during).toBeGreaterThanOrEqual(16);
  expect(during).toBeLessThanOrEqual(32);
  expect(after).toBeGreaterThan(during);
});

test("the garbage of a large heap is collected before it is as much as what is in use", () => {
  const [during = 0, after = 0] = sizesOf(`
    const { getHeapSpaceStatistics } = process.getBuiltinModule("node:v8");
    const old = () => getHeapSpaceStatistics().find(({ space_name }) => space_name === "old_space").space_used_size / 2 ** 20;
    async function churn() {
      const kept = [];
      let most = 0;
      for (let round = 0; round < 60; round++) {
        for (let i = 0; i < 3_000; i++) kept[(round % 20) * 3_000 + i] = new Array(200).fill(round);
        await new Promise((resolve) => setTimeout(resolve, 1));
        if (round >= 30) most = Math.max(most, old());
      }
      return most / (kept.length * 1616 / 2 ** 20);
    }
    console.log(JSON.stringify([await withHeapBounds(churn), await churn()]));`);
  expect(during).toBeLessThan(2);
  expect(after).toBeGreaterThan(during);
});

const THREAD = `${FILL} fill().then((size) => process.getBuiltinModule("node:worker_threads").parentPort.postMessage(size));`;
const IN_THREAD = `const { Worker } = process.getBuiltinModule("node:worker_threads");
  const inThread = () => new Promise((resolve) => {
    new Worker(${JSON.stringify(THREAD)}, { eval: true }).on("message", resolve);
  });`;

test("that of a thread that is begun for the work grows no further either; one that is begun later may", () => {
  const [during, after = 0] = sizesOf(`${IN_THREAD}
    console.log(JSON.stringify([await withHeapBounds(inThread), await inThread()]));`);
  expect(during).toBe(16);
  expect(after).toBeGreaterThan(16);
});

test("a size that the owner gave Node counts instead", () => {
  const [own = 0] = sizesOf(
    `${IN_THREAD} console.log(JSON.stringify([await withHeapBounds(inThread)]));`,
    "--max-semi-space-size=32",
  );
  expect(own).toBeGreaterThan(16);
});
