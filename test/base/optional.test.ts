import { expect, test } from "vitest";
import { present } from "../../lib/base/optional.ts";

test("fields that are undefined are left out, and all others stay in their order", () => {
  const fields = present({ a: 1, b: undefined, c: null, d: "", e: false, f: 0 });
  expect(Object.keys(fields)).toEqual(["a", "c", "d", "e", "f"]);
  expect(fields).toEqual({ a: 1, c: null, d: "", e: false, f: 0 });
});
