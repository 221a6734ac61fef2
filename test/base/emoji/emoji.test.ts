import { expect, test } from "vitest";
import { emojiOf } from "../../../lib/base/emoji/emoji.ts";

/** A package without types. */
const MODULE: string = "markdown-it-emoji/lib/data/full.mjs";

test("every name that markdown-it-emoji knows is that emoji", async () => {
  const { default: full } = (await import(MODULE)) as { readonly default: { readonly [name: string]: string } };
  const expected = Object.entries(full);
  expect(expected.length).toBeGreaterThan(1_800);
  expect(expected.map(([name]) => [name, emojiOf(name)])).toEqual(expected);
});

test.each(["river", "constructor", "", "TADA"])("%s is none", (name) => expect(emojiOf(name)).toBeUndefined());
