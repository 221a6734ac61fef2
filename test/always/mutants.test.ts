/** Every mutant still finds the code that it alters: without this a change of the code would only show in `npm run test:mutations`. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { applyEdit } from "./mutant.ts";
import { readMutants } from "./mutants.ts";
import { TESTS } from "./seen.mutants.ts";

const mutants = await readMutants();
const seen = TESTS.flatMap((test) => test.mutants.map((mutant) => ({ ...mutant, sentence: "seen" })));

describe("mutants", () => {
  test.each([...mutants, ...seen])(
    "$sentence: the code that is altered for '$name' occurs exactly once",
    ({ edits }) => {
      for (const edit of edits) {
        const text = readFileSync(edit.file, "utf8");
        expect(applyEdit(text, edit)).not.toBe(text);
      }
    },
  );

  test("have unique names, and each belongs to a sentence that has a test", () => {
    const names = [...mutants, ...seen].map(({ sentence, name }) => `${sentence} ${name}`);
    expect(new Set(names).size).toBe(names.length);
    const tests = readdirSync("test/always").filter((name) => /^\d\d-.*\.test\.ts$/.test(name));
    expect([...new Set(mutants.map(({ sentence }) => sentence))]).toEqual(tests.map((name) => name.slice(0, 2)).sort());
  });
});
