/** How the bench computes and prints its measurements. */
import { describe, expect, test } from "vitest";
import { present } from "../../lib/base/optional.ts";
import { readSource } from "../../lib/content/frontmatter/frontmatter.ts";
import { budgetOf } from "./budget.ts";
import { hugoPost } from "./hugo.ts";
import { type Measured, rowOf, verdict } from "./measured.ts";
import { syntheticPosts } from "./posts.ts";
import { countedIn, medianRun } from "./run.ts";
import { pair, run, sizesOf } from "./samples.ts";
import { median, milliseconds } from "./stats.ts";
import { markdownTable, textTable } from "./table.ts";

describe("numbers", () => {
  test("the median is one of the numbers, whatever their order", () => {
    expect(median([30, 1, 2])).toBe(2);
    expect(median([10, 9])).toBe(10);
    expect(median([])).toBeNaN();
  });

  test("times have three significant digits", () => {
    expect([0.04, 9.87, 123.4, 1234, 12_345].map(milliseconds)).toEqual([
      "0.0 ms",
      "9.9 ms",
      "123 ms",
      "1.23 s",
      "12.3 s",
    ]);
  });

  test("several runs give the medians of time, CPU time and memory, and fail if one failed", () => {
    expect(medianRun([run(3, 7, 10), run(1, 8, 30), run(2, 9, 20)])).toEqual(run(2, 8, 20));
    expect(medianRun([run(3), { ms: 1, stdout: "", failed: "exit 1" }])?.failed).toBe("exit 1");
    expect(medianRun([])).toBeUndefined();
  });

  test("CPU time is that of the user and the system, also of a process that failed", () => {
    expect(countedIn("2048 1.25 0.5\n")).toEqual({ cpu: 1750, memory: 2 ** 21 });
    expect(countedIn("Command exited with non-zero status 3\n1024 0.00 0.01\n")).toEqual({ cpu: 10, memory: 2 ** 20 });
    expect(countedIn("")).toEqual({});
  });
});

describe("tables", () => {
  test("columns are as wide as their widest cell", () => {
    expect(
      textTable(
        [
          ["a", "b"],
          ["long", "10"],
          ["", "7"],
        ],
        ["left", "right"],
      ),
    ).toBe("a      b\nlong  10\n       7");
  });

  test("a Markdown table has a line under its head, and escapes bars in cells", () => {
    expect(
      markdownTable([
        ["a", "b"],
        ["x|y", "1"],
      ]),
    ).toBe("| a | b |\n| --- | --- |\n| x\\|y | 1 |");
  });
});

describe("the budget", () => {
  const measured = (value: number, limit?: number): Measured => ({ work: "w", unit: "×", value, limit, from: "" });

  test("a value equal to the limit holds, and a value that was not measured has no verdict", () => {
    expect([1, 1.01, Number.NaN].map((value) => verdict(measured(value, 1)))).toEqual(["yes", "no", ""]);
    expect(verdict(measured(5))).toBe("");
  });

  test("a value that was not measured is a dash, with the reason", () => {
    expect(rowOf({ ...measured(Number.NaN, 1), from: "no Hugo" })).toEqual(["w", "–", "1.00 ×", "", "no Hugo"]);
  });

  test("the work that both do has no ratio where the documents are not the same", () => {
    const pairs = [pair(run(200, 300, 2 ** 20), run(100, 100, 2 ** 21))];
    const rowsFor = (fault?: string) =>
      budgetOf({ ...sizesOf(1000, pairs), checked: { documents: 3, ...present({ fault }) } })
        .slice(0, 3)
        .map(rowOf);
    expect(rowsFor()).toEqual([
      ["the same documents as Hugo, time", "2.00 ×", "1.25 ×", "no", "200 ms : Hugo 100 ms"],
      ["the same documents as Hugo, CPU", "3.00 ×", "1.20 ×", "no", "300 ms : Hugo 100 ms"],
      ["the same documents as Hugo, memory", "0.50 ×", "1.00 ×", "yes", "1 MiB : Hugo 2 MiB"],
    ]);
    expect(rowsFor("it has no rss.xml").map((row) => row.slice(1))).toEqual(
      ["1.25 ×", "1.20 ×", "1.00 ×"].map((limit) => ["–", limit, "", "not the same: it has no rss.xml"]),
    );
  });

  test("a command that failed keeps within no limit", () => {
    const failed = { ...run(1, 1, 1), failed: "exit 1" };
    const budget = budgetOf({ ...sizesOf(100_000, [pair(failed, run(100))]), inFolders: failed });
    expect(budget.map(verdict)).toEqual(budget.map(() => ""));
    expect(budget.filter(({ limit }) => limit !== undefined).map(({ from }) => from)).toEqual(["exit 1", "exit 1"]);
  });

  test("nothing to do is compared with the start of bare Node, too", () => {
    const sizes = { ...sizesOf(1000, [pair(run(200), run(100))]), start: [pair(run(200), run(50))] };
    expect(budgetOf(sizes).find(({ from }) => from.includes(": Node "))).toEqual(
      expect.objectContaining({ value: 4, limit: 5 }),
    );
  });
});

describe("Hugo's copy of a post", () => {
  const fieldsOf = (text: string) => readSource("posts/a.md", new TextEncoder().encode(text)).source;

  test("has dates with the site's offset, authors as a list of names, and everything else unchanged", () => {
    const text =
      "---\ntitle: A\ndate: 2020-01-02 03:04:05\nupdated: 2020-01-03\nauthor: ada\n---\n\ndate: 2020-01-01\n";
    expect(hugoPost(text)).toBe(
      "---\ntitle: A\ndate: 2020-01-02T03:04:05+08:00\nlastmod: 2020-01-03T00:00:00+08:00\nauthors: [Ada Field]\n---\n\ndate: 2020-01-01\n",
    );
    expect(hugoPost("---\nauthor: Bo Marsh\n---\n")).toBe("---\nauthors: [Bo Marsh]\n---\n");
    expect(hugoPost("---\ndate: 2020-01-02T03:04:05+08:00\n---\n")).toBe("---\ndate: 2020-01-02T03:04:05+08:00\n---\n");
  });

  test("has the same body", () => {
    for (const { text } of syntheticPosts(50)) expect(fieldsOf(hugoPost(text))?.body).toBe(fieldsOf(text)?.body);
  });
});
