/** The counts as CSV: read back as they were, and run by no spreadsheet. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderCsv } from "../../lib/audience/csv.ts";
import type { DayCount } from "../../lib/audience/types.ts";
import { anyText } from "../support/nasty.ts";
import { channelOf, dayOf, MONTH } from "./counted.ts";

/** By the grammar of RFC 4180, 2. */
function parseCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const [whole = "", quoted, plain = ""] = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))/y.exec(text.slice(at)) ?? [];
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    at += whole.length;
    if (text.startsWith("\r\n", at)) {
      rows.push(row);
      row = [];
      at += 2;
    } else if (text[at] === ",") at += 1;
    else throw new Error(`a cell does not end at ${at}: ${text.slice(at, at + 20)}`);
  }
  if (row.length > 0) throw new Error("the last line does not end");
  return rows;
}

/** Without the apostrophes that keep a text from being a formula. */
const asItWas = (cell: string): string => cell.replace(/(?<=^|[;\t\r\n])'/g, "");

const rowsOf = (...days: readonly DayCount[]) => parseCsv(renderCsv(days)).slice(1);

describe("the file", () => {
  test("has a row for each number", () => {
    // Git keeps texts with LF.
    const expected = readFileSync("test/audience/csv.csv", "utf8").replace(/\r?\n/g, "\r\n");
    expect(renderCsv(MONTH.slice(0, 2))).toBe(expected);
  });

  test("begins with the names of the columns, also where nothing was counted", () => {
    expect(renderCsv([])).toBe("day,what,name,agent,count,estimated,doubtful\r\n");
  });

  test("does not depend on the order of the days", () => {
    expect(renderCsv(MONTH.toReversed())).toBe(renderCsv(MONTH));
  });

  test("marks what is left out of figures", () => {
    expect(rowsOf(...MONTH).filter((row) => row.at(-1) === "1")).toEqual([
      ["2026-11-27", "subscribers", "site", "Feedly", "5000000", "0", "1"],
    ]);
  });
});

const days = (name: string): DayCount =>
  dayOf("2026-11-28", {
    channels: { [name]: channelOf({ subscribers: { [name]: 3 } }) },
    missing: { [name]: { requests: 4, subscribers: 0 } },
  });

describe("a cell", () => {
  test.each([
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@SUM(1)", "'@SUM(1)"],
    ["＝1", "'＝1"],
    ["\t=1", "'\t'=1"],
    ['="a","b"', `"'=""a"",""b"""`],
    ["a;=1", "a;'=1"],
    ['a;"=1', `"a;'""=1"`],
    ["'quoted'", "''quoted'"],
    ["/feed?a=1+1", "/feed?a=1+1"],
    ["1-2=3", "1-2=3"],
    ["滴,灌", '"滴,灌"'],
  ])("that says %j is %j", (text, cell) => {
    expect(renderCsv([days(text)])).toContain(`\r\n2026-11-28,requests for missing,${cell},,4,0,0\r\n`);
  });

  test("is never a formula, and is read back as it was, whatever a name is", () => {
    const names = fc.oneof(
      anyText,
      fc.string({ unit: fc.constantFrom("=", "+", "@", "'", '"', ";", ",", "\r\n", "\n", "\t", "\0", "a") }),
    );
    fc.assert(
      fc.property(names, (name) => {
        const rows = rowsOf(days(name));
        expect(rows.flat().filter((cell) => /(?:^|[;\t\r\n])[=+\-@＝＋－＠\t\r\n\0]/.test(cell))).toEqual([]);
        expect(rows.map((row) => row.map(asItWas))).toContainEqual(
          ["2026-11-28", "subscribers", name, name, "3", "0", "0"], //
        );
      }),
      { numRuns: 200 },
    );
  });
});
