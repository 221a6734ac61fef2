/** Pairs of runs, and their ratios. */
import { describe, expect, test } from "vitest";
import { beside, ratioOf } from "./pairs.ts";
import { pair, run } from "./samples.ts";

describe("pairs of runs", () => {
  test("give the median of their ratios, not the ratio of their medians", () => {
    const pairs = [pair(run(2), run(1)), pair(run(30), run(10)), pair(run(40), run(100))];
    expect(ratioOf(pairs, "ms")).toEqual({ median: 2, least: 0.4, most: 3 });
  });

  test("give none if a run failed, if an amount was not measured, or without another program", () => {
    const failed = { ms: 1, stdout: "", failed: "exit 1" };
    expect(ratioOf([pair(run(2), run(1)), pair(run(2), failed)], "ms")).toBeUndefined();
    expect(ratioOf([pair({ ms: 1, stdout: "" }, run(1))], "cpu")).toBeUndefined();
    expect(ratioOf([pair(run(2), undefined)], "ms")).toBeUndefined();
    expect(ratioOf([], "ms")).toBeUndefined();
  });

  test("begin with the other program in every second round", () => {
    const order: string[] = [];
    const named = (name: string) => () => {
      order.push(name);
      return run(1);
    };
    for (const round of [0, 1]) beside(round, named("ours"), named("theirs"));
    expect(order).toEqual(["ours", "theirs", "theirs", "ours"]);
    expect(beside(1, named("ours"), undefined)).toEqual({ ours: run(1), theirs: undefined });
  });
});
