/** Slugs: readable, and different for different names. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldName } from "../../lib/base/text.ts";
import { slugOf } from "../../lib/channels/slug.ts";
import { expectLinear } from "../support/growth.ts";

const bytes = (text: string) => Buffer.byteLength(text);

describe("a slug", () => {
  test.each([
    ["Machine Learning", "machine-learning"],
    ["machine-learning", "machine-learning"],
    ["machine_learning", "machine-learning"],
    ["  MACHINE \t learning ", "machine-learning"],
    ["C", "c"],
    ["2024", "2024"],
    ["हिन्दी", "हिन्दी"],
    ["滴灌", "滴灌"],
    ["Ελληνικά", "ελληνικά"],
    ["ภาษาไทย", "ภาษาไทย"],
    ["ÉTÉ", "été"],
  ])("of %j is %j", (name, slug) => expect(slugOf(name)).toBe(slug.normalize("NFC")));

  test("is the same for composed and decomposed characters", () => {
    expect(slugOf("e\u0301te\u0301")).toBe(slugOf("été"));
    expect(slugOf("がんばる".normalize("NFD"))).toBe("がんばる");
  });

  test("is different for C, C# and C++", () => {
    expect(new Set(["C", "C#", "C++", "C/", ".C"].map(slugOf)).size).toBe(5);
    expect(slugOf("C++")).toMatch(/^c-[0-9a-f]{10}$/);
    expect(slugOf("c++")).toBe(slugOf("C++"));
  });

  test.each(["🌾", "👩‍🌾", "#", "-", "_", "…"])(
    "of %s, which has no character that a folder's name can have, is a hash",
    (name) => expect(slugOf(name)).toMatch(/^[0-9a-f]{10}$/),
  );

  test("of a long name costs in proportion to it, dashes included", () => {
    expect(slugOf("-a--")).toMatch(/^a-[0-9a-f]{10}$/);
    expectLinear((size) => () => slugOf(`a${"-".repeat(size)}b`));
  });

  test("is different for different symbols", () =>
    expect(new Set(["🌾", "🌽", "#", "-", "…"].map(slugOf)).size).toBe(5));

  test("depends only on the name, and never changes", () => {
    expect(slugOf("C++")).toBe(slugOf("C++"));
    expect([slugOf("C#"), slugOf("🌾")]).toEqual(["c-951a4d36e0", "f571e6ba9d"]);
  });

  test("of a name that ends like a hash gets a hash too", () => {
    const hashed = slugOf("C++");
    expect(slugOf(hashed)).not.toBe(hashed);
    expect(slugOf("0123456789")).not.toBe("0123456789");
  });

  test("has at most 200 bytes, and is different for different long names", () => {
    const long = "滴".repeat(100);
    expect(bytes(slugOf(long))).toBeLessThanOrEqual(200);
    expect(slugOf(long)).toMatch(/^滴+-[0-9a-f]{10}$/);
    expect(slugOf(`${long}灌`)).not.toBe(slugOf(long));
    expect(slugOf("滴".repeat(66))).toBe("滴".repeat(66));
    expect(slugOf("x".repeat(200))).toBe("x".repeat(200));
    expect(slugOf("x".repeat(201))).toMatch(/^x{189}-[0-9a-f]{10}$/);
  });
});

describe("for all names", () => {
  const name = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.string({ unit: "binary" }),
    fc.string({ unit: "grapheme", minLength: 60, maxLength: 200 }),
    fc
      .array(fc.constantFrom("c", "C", " ", "-", "_", "+", "#", "é", "e\u0301", "İ", "Σ", "ß", "字"), { maxLength: 6 })
      .map((each) => each.join("")),
    fc.stringMatching(/^[a-c]?-?[0-9a-f]{10}$/),
  );
  const pair = fc.oneof(
    fc.tuple(name, name),
    name.chain((one) =>
      fc.tuple(
        fc.constant(one),
        fc.constantFrom(
          one.toUpperCase(),
          one.normalize("NFD"),
          ` ${one}`,
          one.replaceAll(" ", "_"),
          `${one}+`,
          slugOf(one),
        ),
      ),
    ),
  );

  test("two names have the same slug exactly when they fold to the same name", () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        expect(slugOf(a) === slugOf(b)).toBe(foldName(a) === foldName(b));
      }),
      { numRuns: 1_000 },
    );
  });

  test("a slug is the name of a folder: not empty, without slashes, dots and invisible characters, at most 200 bytes", () => {
    fc.assert(
      fc.property(name, (each) => {
        const slug = slugOf(each);
        expect(slug).toMatch(/^[\p{L}\p{M}\p{N}-]+$/u);
        expect(slug).toBe(slug.normalize("NFC"));
        expect(bytes(slug)).toBeLessThanOrEqual(200);
      }),
      { numRuns: 1_000, examples: [["\ufb1d\u2adc"]] },
    );
  });

  test("folding is idempotent", () => {
    fc.assert(
      fc.property(name, (each) => {
        expect(foldName(foldName(each))).toBe(foldName(each));
      }),
      { numRuns: 1_000 },
    );
  });
});
