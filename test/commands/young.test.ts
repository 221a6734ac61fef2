/** The young generation of a command that publishes, in processes of their own: its bound holds for a whole process. */
import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

/** Fills the young generation with what survives, as long as it goes on growing; then prints how large it is, in MB. */
const FILL = `
const { getHeapSpaceStatistics } = process.getBuiltinModule("node:v8");
const size = () => getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space").space_size;
const kept = [];
(async () => {
  for (let round = 0; round < 120; round++) {
    for (let i = 0; i < 10_000; i++) kept[((round % 12) * 10_000) + i] = { text: "post " + i, numbers: [round, i] };
    await new Promise((resolve) => setTimeout(resolve, round < 30 ? 1 : 0));
  }
  console.log(size() / 2 ** 20);
})();
`;

function youngOf(program: string): number {
  const bound = 'import { boundYoungGeneration } from "./lib/commands/young.ts"; boundYoungGeneration();';
  const args = ["--input-type=module", "--eval", `${bound}${program}`];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(stderr).toBe("");
  return Number(stdout);
}

test("the main thread's young generation stops growing", () => {
  expect(youngOf(FILL)).toBeLessThanOrEqual(32);
});

test("that of a thread begun later has its size from the beginning, and keeps it", () => {
  const inThread = `const { Worker } = process.getBuiltinModule("node:worker_threads"); new Worker(${JSON.stringify(FILL)}, { eval: true });`;
  expect(youngOf(inThread)).toBe(16);
});
