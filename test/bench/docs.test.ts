/** What the bench writes for docs/performance.md. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { budgetOf, coldStartBudget } from "./budget.ts";
import { docsRows, pictureOf, withMeasured } from "./docs.ts";
import type { Measured } from "./measured.ts";
import { pair, run, sizesOf } from "./samples.ts";

const OPERATIONS = { list: 0, get: 0, put: 0, delete: 0 };
const NONE = { content: OPERATIONS, public: OPERATIONS, state: OPERATIONS };
const start = coldStartBudget({ rebuild: 140, alone: 100 });

test("the table has ratios, memory, and times that have a limit, with a column for each size and the limits of all", () => {
  const ratio = (value: number, limit?: number): Measured => ({ work: "w", unit: "×", value, limit, from: "" });
  const others: readonly Measured[] = [
    { ...ratio(3), work: "unlimited", unit: "ms" },
    { ...ratio(4, 4), work: "counted", unit: "requests" },
  ];
  const sizes = new Map([
    [100, [ratio(0.5), ...others]],
    [1000, [ratio(0.05, 1.25), { ...ratio(20, 25), work: "warm", unit: "ms" as const }]],
    [10_000, [ratio(Number.NaN, 1)]],
  ]);
  expect(docsRows(sizes, start)).toEqual([
    ["posts", "100", "1,000", "10,000", "at most"],
    ["w", "0.50 ×", "0.050 ×", "–", "1.25 × for 1,000, 1.00 × for 10,000"],
    ["warm", "–", "20.0 ms", "–", "25.0 ms for 1,000"],
    [start.work, "1.40 ×", "1.40 ×", "1.40 ×", "1.25 ×"],
  ]);
});

test("a size at which everything on was measured alone has its memory and its edit, and dashes for the rest", () => {
  const alone = { ...sizesOf(100_000, [pair(run(100, 100, 2 ** 29), undefined)]), same: [], newest: [] };
  const warm = { edit: 120, nothing: 9, editOperations: NONE, nothingOperations: NONE, put: 31 };
  const large = { ...alone, inFolders: { ...run(1), warm } };
  const rows = docsRows(new Map([[100_000, budgetOf(large)]]), start);
  const row = (work: string) => rows.find(([name]) => name === work);
  expect(row("everything on, most memory")).toEqual(["everything on, most memory", "512 MiB", "512 MiB for 100,000"]);
  expect(row("one edit, warm, hints, folders")?.slice(1)).toEqual(["120 ms", "200 ms for 100,000"]);
  expect(row("the same documents as Hugo, time")?.[1]).toBe("–");
  expect(pictureOf([sizesOf(1000, [pair(run(1), run(1))]), large], "a machine")).not.toContain("NaN");
});

test("the picture has a line for each work and for Hugo, but none for a Hugo that is not installed", () => {
  const picture = (theirs: Parameters<typeof pair>[1]) =>
    pictureOf(
      [100, 1000].map((posts) => sizesOf(posts, [pair(run(100, 100, 2 ** 30), theirs)])),
      "a machine",
    );
  const linesIn = (svg: string) => [...svg.matchAll(/<path class="line look\d" [^>]*d="M[\d.]+,[\d.]+L/g)].length;
  expect(linesIn(picture(run(50, 50, 2 ** 28)))).toBe(8);
  expect(linesIn(picture(undefined))).toBe(6);
  expect(picture(run(50, 50, 2 ** 28))).toMatch(/>256 MiB<[\s\S]*>1 GiB</);
});

describe("the page", () => {
  const page = readFileSync("docs/performance.md", "utf8");

  test("has a place for what was measured, and keeps everything around it", () => {
    const written = withMeasured(page, "| table |");
    expect(written).toMatch(/\n<!-- measured -->\n\| table \|\n<!-- end of what was measured -->\n/);
    expect(withMeasured(written, "| other |")).toBe(written.replace("| table |", "| other |"));
    expect(() => withMeasured("# Performance\n", "")).toThrow("no lines");
  });

  test("has the rows that the bench has now", () => {
    const [, , ...works] = [...page.matchAll(/^\| (.+?) \|/gm)].map(([, work = ""]) => work);
    const [, ...rows] = docsRows(new Map([[1000, budgetOf(sizesOf(1000, []))]]), start);
    expect(works).toEqual(rows.map(([work]) => work));
  });
});
