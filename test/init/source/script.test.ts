/** Source of a configuration → the values that stand in it literally. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memberAt } from "../../../lib/init/source/literal.ts";
import { readScript } from "../../../lib/init/source/script.ts";
import { folderOf } from "../sample.ts";

const readIt = async (expression: string, others: { readonly [path: string]: string } = {}) => {
  const folder = folderOf(new Map([["a.ts", expression], ...Object.entries(others)]));
  return memberAt((await readScript(folder, "a.ts"))?.exported.get("default")?.value, "it")?.value;
};

describe("a value that stands in the source", () => {
  test.each([
    ['"text"', "text"],
    [`\`a \${NAME} b\``, "a Quay b"],
    ['NAME + "!"', "Quay!"],
    ['process.env.X ?? "b"', "b"],
    ["process.env.X || NAME", "Quay"],
    ['("x" as const) satisfies string', "x"],
    ["DEEP.one.two", 2],
    ["[1, 'b', null]", [1, "b", null]],
  ])("%s", async (expression, value) => {
    const source = `const NAME: string = "Quay"; const DEEP = { one: { two: 2 } }; export default { it: ${expression} }`;
    expect(await readIt(source)).toEqual(value);
  });

  test.each(["process.env.X", "f()", "await g()", `\`\${h()}\``, "X", "[...a].length", "new Date()", "a[b]"])(
    "is unknown where only running it would tell: %s",
    async (expression) => {
      expect(await readIt(`export default { it: ${expression} }`)).toBeUndefined();
    },
  );

  test("may come from another file, by any kind of import, and from files that import each other", async () => {
    const both = { "src/b.ts": 'import "../a"; export const B = "b"; export default { C: "c" }' };
    expect(await readIt('import { B } from "../src/b"; export default { it: B }', both)).toBe("b");
    expect(await readIt('import * as all from "@/b"; export default { it: all.B }', both)).toBe("b");
    expect(await readIt('import b from "~/b.js"; export default { it: b.C }', both)).toBe("c");
    expect(
      await readIt('const b = require("./c"); module.exports = { it: b.X }', { "c.js": "module.exports = { X: 1 }" }),
    ).toBe(1);
  });

  test("is what a function gives at its end", async () => {
    expect(await readIt('module.exports = function (config) { config.go(); return { it: "end" }; };')).toBe("end");
    expect(await readIt('export default defineConfig(() => ({ it: "end" }))')).toBe("end");
  });
});

describe("what would take too much", () => {
  test("names that double a text, or name themselves, are unknown", async () => {
    const doubled = Array.from({ length: 40 }, (_, i) => `const a${i + 1} = a${i} + a${i};`).join("");
    expect(await readIt(`const a0 = "${"x".repeat(100)}"; ${doubled} export default { it: a40 }`)).toBeUndefined();
    expect(await readIt("const a = b; const b = a; export default { it: a }")).toBeUndefined();
  });

  test("deep nesting throws nothing", async () => {
    expect(await readIt(`export default { it: ${"[".repeat(50_000)} }`)).toBeUndefined();
    expect(await readIt(`export default { it: ${"(".repeat(5_000)}1${")".repeat(5_000)} }`)).toBeOneOf([1, undefined]);
  });
});

test("source of any bytes throws nothing", async () => {
  const piece = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("import a from './a';", "export default {", "it:", "}", "=>", "<", "`${"),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 10 }), async (pieces) => {
      await readIt(pieces.join(" "));
    }),
    { numRuns: 300 },
  );
});
