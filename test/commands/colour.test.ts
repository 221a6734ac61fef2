/** Colour: what is written on the command line counts before the environment. */
import { expect, test } from "vitest";
import { takeColour } from "../../lib/commands/colour.ts";

test.each([
  [["check", "--no-color", "--all"], { FORCE_COLOR: "1" }, ["check", "--all"], { NO_COLOR: "1" }],
  [["--color", "check"], { NO_COLOR: "1" }, ["check"], { FORCE_COLOR: "1" }],
  [["check", "--color", "--no-color"], {}, ["check"], { NO_COLOR: "1" }],
  [["check"], { NO_COLOR: "1" }, ["check"], { NO_COLOR: "1" }],
  [["adopt", "--", "--no-color"], {}, ["adopt", "--", "--no-color"], {}],
])("of %j with %j, %j are left, and %j", (words, environment: { [name: string]: string }, left, after) => {
  expect([takeColour(words, environment), environment]).toEqual([left, after]);
});
