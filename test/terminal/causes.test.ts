/** Causes: problems that differ only in their places and in what they quote. */
import { describe, expect, test } from "vitest";
import type { Problem } from "../../lib/model.ts";
import { causesOf } from "../../lib/terminal/causes.ts";

const problemOf = (message: string, given: Partial<Problem> = {}): Problem => ({
  ...{ code: "odd", severity: "error", file: "posts/a.md", message, fix: "make it even" },
  ...given,
});

const amountsOf = (problems: readonly Problem[]) => causesOf(problems).map((cause) => cause.problems.length);

describe("problems have one cause", () => {
  test.each([
    ["quotes", 'the date "soon" cannot be read', 'the date "next week, maybe" cannot be read'],
    ["numbers", "the text has 12 lines", "the text has 1,300 lines"],
    ["files", "media/a.jpg is not in the content", "media/deep/b.png is not in the content"],
    ["addresses", "posts/b.md has https://a.example/x, too", "posts/c.md has https://b.example/, too"],
    ["arguments of a tag", "{% youtube a %} is not known to feeds", "{% youtube b c=d %} is not known to feeds"],
  ])("if they differ in %s alone", (_, one, other) => {
    expect(amountsOf([problemOf(one), problemOf(other)])).toEqual([2]);
  });

  test.each([
    ["words", "it is odd", "it is missing"],
    ["the name of a tag", "{% youtube a %} is not known to feeds", "{% gallery a %} is not known to feeds"],
    ["the name of a shortcode", "{{< figure a >}} is odd", "{{< video a >}} is odd"],
  ])("and not if they differ in %s", (_, one, other) => {
    expect(amountsOf([problemOf(one), problemOf(other)])).toEqual([1, 1]);
  });

  test("and not if an error is a warning elsewhere, or of another code", () => {
    const all = [problemOf("odd"), problemOf("odd", { severity: "warning" }), problemOf("odd", { code: "other" })];
    expect(amountsOf(all)).toEqual([1, 1, 1]);
  });
});

test("a code with endless messages has six causes at most, and none of its problems is lost", () => {
  const words = [..."abcdefghijklmnop"].map((letter) => problemOf(`${letter} is odd`));
  expect(amountsOf(words)).toEqual([11, 1, 1, 1, 1, 1]);
});

test("errors come first, then what concerns site.yaml, then what is most frequent", () => {
  const warnings = Array.from({ length: 5 }, () => problemOf("often", { severity: "warning", code: "often" }));
  const all = [
    ...warnings,
    problemOf("once"),
    problemOf("twice"),
    problemOf("twice", { file: "posts/b.md" }),
    problemOf("the site", { file: "site.yaml" }),
  ];
  expect(causesOf(all).map(({ example }) => example.message)).toEqual(["the site", "twice", "once", "often"]);
});
