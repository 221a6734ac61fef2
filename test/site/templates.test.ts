import { describe, expect, test } from "vitest";
import { parseSite } from "../../lib/site/site.ts";

const problemsOf = (text: string) => {
  const site = `title: A\nurl: https://example.org/\nsince: 1999\n${text}`;
  const result = parseSite(new TextEncoder().encode(site), "content", 2026);
  return result.ok ? [] : result.problems;
};

describe("an entry of templates that means nothing is an error with its line, and what to write", () => {
  test.each([
    ["a: 1", "templates.a must be drop, content, or in quotes the HTML or Markdown that it stands for"],
    ["a: { 0 }", "templates.a must be drop, content, or in quotes the HTML or Markdown that it stands for"],
    ["a: Drop", "templates.a must be drop, content, or in quotes the HTML or Markdown that it stands for"],
    ["a: contents", "templates.a must be drop, content, or in quotes the HTML or Markdown that it stands for"],
    ['a: ""', "templates.a must not be empty"],
    ["a:", "templates.a must not be empty"],
    ["a: ~", "templates.a must not be empty"],
    [
      'a: "{{ b }}"',
      "templates.a can hold no {{ … }} and no {% … %}: its arguments are {0}, {1}, {name} and {content}, and there is no logic",
    ],
  ])("%s", (entry, message) => {
    const fix =
      "write `a: drop`, `a: content`, or the text itself: `a: '<a href=\"https://example.com/{0}\">{title}</a>'`";
    expect(problemsOf(`templates:\n  b: drop\n  ${entry}\n`)).toMatchObject([
      { code: "site-value", severity: "error", line: 6, message, fix },
    ]);
  });

  test("two spellings of one name cannot both be meant", () => {
    expect(problemsOf("templates:\n  my-note: drop\n  b: drop\n  MyNote: content\n")).toMatchObject([
      { line: 7, message: "templates.MyNote cannot have both my-note and MyNote, which are one name" },
    ]);
  });
});

describe("a value of variables is a text, a number, or holds such values", () => {
  test.each([
    ["a: [1, 2]", 5, "variables.a must be a text of at most 20000 characters, a number, or keys with such values"],
    [
      "a:\n    b: { c: [x] }",
      6,
      "variables.a.b.c must be a text of at most 20000 characters, a number, or keys with such values",
    ],
  ])("%s", (entry, line, message) => {
    expect(problemsOf(`variables:\n  ${entry}\n`)).toMatchObject([{ code: "site-value", line, message }]);
  });

  test("not a list, and not without end", () => {
    expect(problemsOf("variables: [a]\n")).toMatchObject([
      { line: 4, message: "variables must hold names and values" },
    ]);
    const deep = `${"{ a: ".repeat(12)}1${" }".repeat(12)}`;
    expect(problemsOf(`variables: ${deep}\n`)).toMatchObject([
      { message: "variables.a.a.a.a.a.a.a.a.a.a is nested more than 10 levels deep" },
    ]);
  });
});
