/** What `check` shows of many problems: each cause once, and no error hidden. */
import { expect, test } from "vitest";
import type { Problem } from "../../lib/model.ts";
import { examplesIn, showCauses } from "../../lib/terminal/check.ts";

const RECORDS = { public: 2, future: 0, expired: 0, hidden: 0, broken: 0, conflicting: 0, removed: 0 };

const problemOf = (code: string, given: Partial<Problem> = {}): Problem => ({
  ...{ code, severity: "error", file: `posts/${code}.md`, message: `${code} is odd`, fix: "make it even" },
  ...given,
});

const linesOf = (problems: readonly Problem[], view: Partial<Parameters<typeof showCauses>[1]> = {}) =>
  showCauses({ problems, records: RECORDS, heldBack: {} }, { frames: new Map(), ...view }).split("\n");

const letters = (from: string, to: string): readonly string[] =>
  [..."abcdefghijklmnopqrstuvwxyz"].filter((letter) => letter >= from && letter <= to);

test("every cause of an error has a line, and those of warnings beyond the first ten are counted", () => {
  const errors = letters("a", "p").map((code) => problemOf(code));
  const warnings = letters("q", "t").map((code) => problemOf(code, { severity: "warning" }));
  const lines = linesOf([...warnings, ...errors, problemOf("p", { line: 7 })], { all: "dripfeed check --all" });
  for (const { code } of errors) {
    expect(lines.filter((line) => line.includes(`error: ${code} is odd [${code}]`))).toHaveLength(1);
  }
  expect(lines.filter((line) => line.includes("warning: "))).toEqual([]);
  expect(lines).toContain("posts/p.md: 2 problems like this in 1 file");
  expect(lines.at(-1)).toBe("10 more causes; every problem with its lines: dripfeed check --all");
});

test("an error beyond the first ten that is several stands for all of them", () => {
  const few = letters("b", "k").flatMap((code) => [problemOf(code), problemOf(code), problemOf(code)]);
  const lines = linesOf([...few, problemOf("a", { line: 3 }), problemOf("a", { line: 4 })]);
  expect(lines).toContain("posts/a.md:3: error: a is odd [a] (and 1 more)");
});

test("what settles many problems stands above the totals", () => {
  const many = Array.from({ length: 4 }, () => problemOf("a"));
  const lines = linesOf(many, { advice: [{ code: "a", problems: 4, fix: "write it once" }] });
  const at = lines.indexOf("settle 4 problems [a] at once: write it once");
  expect(at).toBeGreaterThan(0);
  expect(lines.indexOf("2 posts checked: 2 public")).toBeGreaterThan(at);
});

test("frames are wanted for one problem of each of the first ten causes", () => {
  const all = letters("a", "l").flatMap((code) => [problemOf(code, { line: 1 }), problemOf(code, { line: 2 })]);
  const wanted = examplesIn(all);
  expect(wanted.map(({ code, line }) => `${code}${line}`)).toEqual(letters("a", "j").map((code) => `${code}1`));
});
