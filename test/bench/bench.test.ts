/** What the bench says of its measurements. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readSource } from "../../lib/content/frontmatter/frontmatter.ts";
import { coldStartBudget, type Measured, ratioRows, rowOf, verdict } from "./budget.ts";
import { checkHugo } from "./check.ts";
import { hugoPost } from "./hugo.ts";
import { syntheticPosts } from "./posts.ts";
import { inTheMiddle } from "./run.ts";
import { median, milliseconds } from "./stats.ts";
import { markdownTable, textTable } from "./table.ts";

describe("numbers", () => {
  test("the median is a number that was measured, whatever the order", () => {
    expect(median([30, 1, 2])).toBe(2);
    expect(median([10, 9])).toBe(10);
    expect(median([])).toBeNaN();
  });

  test("times show three digits", () => {
    expect([0.04, 9.87, 123.4, 1234, 12_345].map(milliseconds)).toEqual([
      "0.0 ms",
      "9.9 ms",
      "123 ms",
      "1.23 s",
      "12.3 s",
    ]);
  });

  test("of several runs the median counts, of time and of memory each, and a failure stays one", () => {
    const run = (ms: number, memory: number) => ({ ms, memory, stdout: "{}" });
    expect(inTheMiddle([run(3, 10), run(1, 30), run(2, 20)])).toEqual(run(2, 20));
    expect(inTheMiddle([run(3, 10), { ms: 1, stdout: "", failed: "exit 1" }])?.failed).toBe("exit 1");
    expect(inTheMiddle([])).toBeUndefined();
  });
});

describe("tables", () => {
  test("columns are as wide as what stands in them", () => {
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

  test("Markdown's has a line under its head, and a bar is no column", () => {
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

  test("a limit holds up to itself, and says nothing of what was not measured", () => {
    expect([1, 1.01, Number.NaN].map((value) => verdict(measured(value, 1)))).toEqual(["yes", "no", ""]);
    expect(verdict(measured(5))).toBe("");
  });

  test("what was not measured is a dash, with the reason", () => {
    expect(rowOf({ ...measured(Number.NaN, 1), from: "no Hugo" })).toEqual(["w", "–", "1.00 ×", "", "no Hugo"]);
  });

  test("the README's table has ratios alone, a column for each size", () => {
    const budget = (value: number): readonly Measured[] => [
      measured(value, 1),
      { ...measured(25, 25), work: "t", unit: "ms" },
    ];
    const sizes = new Map([
      [100, budget(0.5)],
      [1000, budget(0.05)],
    ]);
    const start = coldStartBudget({ rebuild: 140, alone: 100 });
    expect(ratioRows(sizes, start)).toEqual([
      ["", "100 posts", "1,000 posts", "at most"],
      ["w", "0.50 ×", "0.050 ×", "1.00 ×"],
      [start.work, "1.40 ×", "1.40 ×", "1.40 ×"],
    ]);
  });
});

describe("Hugo's copy of a post", () => {
  const fieldsOf = (text: string) => readSource("posts/a.md", new TextEncoder().encode(text)).source;

  test("has its dates with the site's offset, its authors as a list, and all else as it was", () => {
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

  test("is fine when it holds our entries in full, in whatever order", () => {
    expect(checkHugo(output("theirs", items.toReversed()), output("ours", items))).toEqual({ documents: 2 });
  });

  test.each([
    ["is not well-formed", items, "<rss>"],
    ["of 4 entries it has 1", items.map((item, i) => (i < 3 ? { ...item, title: `${i}` } : item)), "<rss/>"],
    ["d is not all there", items.map((item) => (item.title === "d" ? { ...item, content_html: "" } : item)), "<rss/>"],
  ])("is told to be no good: %s", (fault, theirs, rss) => {
    expect(checkHugo(output("bad", theirs, rss), output("ours", items)).fault).toContain(fault);
  });
});
