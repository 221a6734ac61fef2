/** Mutants are kept apart from the code that they alter: here it is noticed at once when the code moves away from them. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { applyEdit } from "./mutant.ts";
import { readMutants } from "./mutants.ts";

const mutants = await readMutants();

describe("mutants", () => {
  test.each(mutants)("$sentence: $name finds what it alters exactly once", ({ edits }) => {
    for (const edit of edits) {
      const text = readFileSync(edit.file, "utf8");
      expect(applyEdit(text, edit)).not.toBe(text);
    }
  });

  test("each has a name of its own and belongs to a sentence that has a test", () => {
    const names = mutants.map(({ sentence, name }) => `${sentence} ${name}`);
    expect(new Set(names).size).toBe(names.length);
    const tests = readdirSync("test/always").filter((name) => /^\d\d-.*\.test\.ts$/.test(name));
    expect([...new Set(mutants.map(({ sentence }) => sentence))]).toEqual(tests.map((name) => name.slice(0, 2)).sort());
  });
});
