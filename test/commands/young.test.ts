/** The young generation of a command that publishes, in processes of their own: its bound holds for a whole process. */
import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

/** `fill` fills the young generation with what survives, as long as it goes on growing; `size` is how large it is, in MB. */
const FILL = `
const { getHeapSpaceStatistics } = process.getBuiltinModule("node:v8");
const size = () => getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space").space_size / 2 ** 20;
async function fill() {
  const kept = [];
  for (let round = 0; round < 120; round++) {
    for (let i = 0; i < 10_000; i++) kept[((round % 12) * 10_000) + i] = { text: "post " + i, numbers: [round, i] };
    await new Promise((resolve) => setTimeout(resolve, round < 30 ? 1 : 0));
  }
  return size();
}
`;

/** The sizes that a program prints as JSON. */
function sizesOf(program: string): readonly number[] {
  const args = [
    "--input-type=module",
    "--eval",
    `import { withYoungBound } from "./lib/commands/young.ts"; ${program}`,
  ];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

test("the main thread's stops growing while work is done, and may grow again afterwards", () => {
  const [during = 0, after = 0] = sizesOf(`${FILL}
    console.log(JSON.stringify([await withYoungBound(fill), await fill()]));`);
  expect(during).toBeGreaterThanOrEqual(16);
  expect(during).toBeLessThanOrEqual(32);
  expect(after).toBeGreaterThan(during);
});

test("that of a thread that is begun for the work grows no further either", () => {
  const inThread = `${FILL} fill().then((size) => console.log(JSON.stringify([size])));`;
  const sizes = sizesOf(`const { Worker } = process.getBuiltinModule("node:worker_threads");
    await withYoungBound(() => new Promise((resolve) => {
      new Worker(${JSON.stringify(inThread)}, { eval: true }).on("exit", resolve);
    }));`);
  expect(sizes).toEqual([16]);
});
