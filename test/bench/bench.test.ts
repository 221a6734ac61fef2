/** How the bench computes and prints its measurements. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readSource } from "../../lib/content/frontmatter/frontmatter.ts";
import { coldStartBudget, type Measured, ratioRows, rowOf, verdict } from "./budget.ts";
import { checkHugo } from "./check.ts";
import { hugoPost } from "./hugo.ts";
import { syntheticPosts } from "./posts.ts";
import { medianRun } from "./run.ts";
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

  test("several runs give the medians of time and of memory, and fail if one failed", () => {
    const run = (ms: number, memory: number) => ({ ms, memory, stdout: "{}" });
    expect(medianRun([run(3, 10), run(1, 30), run(2, 20)])).toEqual(run(2, 20));
    expect(medianRun([run(3, 10), { ms: 1, stdout: "", failed: "exit 1" }])?.failed).toBe("exit 1");
    expect(medianRun([])).toBeUndefined();
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

  test("the table of docs/performance.md has only ratios, with a column for each size, and the limits of all", () => {
    const budget = (value: number): readonly Measured[] => [
      measured(value, value * 2),
      { ...measured(25, 25), work: "t", unit: "ms" },
    ];
    const sizes = new Map([
      [100, budget(0.5)],
      [1000, budget(0.05)],
    ]);
    const start = coldStartBudget({ rebuild: 140, alone: 100 });
    expect(ratioRows(sizes, start)).toEqual([
      ["", "100 posts", "1,000 posts", "at most"],
      ["w", "0.50 ×", "0.050 ×", "1.00 ×, 0.10 ×"],
      [start.work, "1.40 ×", "1.40 ×", "1.25 ×"],
    ]);
  });
});

describe("Hugo's copy of a post", () => {
  const fieldsOf = (text: string) => readSource("posts/a.md", new TextEncoder().encode(text)).source;

  test("has dates with the site's offset, authors as a list, and everything else unchanged", () => {
    const text =
      "---\ntitle: A\ndate: 2020-01-02 03:04:05\nupdated: 2020-01-03\nauthor: ada\n---\n\ndate: 2020-01-01\n";
    expect(hugoPost(text)).toBe(
      "---\ntitle: A\ndate: 2020-01-02T03:04:05+08:00\nlastmod: 2020-01-03T00:00:00+08:00\nauthors: [ada]\n---\n\ndate: 2020-01-01\n",
    );
    expect(hugoPost("---\ndate: 2020-01-02T03:04:05+08:00\n---\n")).toBe("---\ndate: 2020-01-02T03:04:05+08:00\n---\n");
  });

  test("has the same body", () => {
    for (const { text } of syntheticPosts(50)) expect(fieldsOf(hugoPost(text))?.body).toBe(fieldsOf(text)?.body);
  });
});

describe("what Hugo wrote", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "dripfeed-check-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function output(name: string, items: readonly { title: string; content_html: string }[], rss = "<rss/>"): string {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, "feed.json"), JSON.stringify({ items }));
    writeFileSync(join(folder, name, "rss.xml"), rss);
    return join(folder, name);
  }
  const items = ["a", "b", "c", "d"].map((title) => ({ title, content_html: `<p>${title.repeat(100)}</p>` }));

  test("is accepted when it has our entries in full, in any order", () => {
    expect(checkHugo(output("theirs", items.toReversed()), output("ours", items))).toEqual({ documents: 2 });
  });

  test.each([
    ["is not well-formed", items, "<rss>"],
    ["of 4 entries it has 1", items.map((item, i) => (i < 3 ? { ...item, title: `${i}` } : item)), "<rss/>"],
    ["d is incomplete", items.map((item) => (item.title === "d" ? { ...item, content_html: "" } : item)), "<rss/>"],
  ])("is rejected: %s", (fault, theirs, rss) => {
    expect(checkHugo(output("bad", theirs, rss), output("ours", items)).fault).toContain(fault);
  });
});
