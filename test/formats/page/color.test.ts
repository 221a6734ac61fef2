/** The owner's colour: every colour can be read on pages, and one that could be read already stays. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { contrast, DARK_PANEL, LIGHT_PANEL, paletteOf } from "../../../lib/formats/page/color.ts";
import { styleOf } from "../../../lib/formats/page/style.ts";

test("contrast is that of WCAG", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
  expect(contrast("#ffffff", "#0000ff")).toBeCloseTo(8.59, 2);
});

test("a colour that can be read stays; another gets darker on light ground, and lighter on dark ground", () => {
  expect(paletteOf("#0b6a58").light).toBe("#0b6a58");
  expect(paletteOf("#74d0b7").dark).toBe("#74d0b7");
  expect(paletteOf("#f5d90a").dark).toBe("#f5d90a");
  expect(paletteOf("#f5d90a").light).toBe("#7f7000");
});

test("text in every colour can be read on pages, and text on it as well, in both schemes", () => {
  const digits = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, "0")}`);
  fc.assert(
    fc.property(digits, (color) => {
      const { light, dark } = paletteOf(color);
      const [onLight, onDark] = [...styleOf(color).matchAll(/--on-water:(#\w+)/g)].map(([, found = ""]) => found);
      for (const ground of [LIGHT_PANEL, "#fbfcfa", onLight ?? ""])
        expect(contrast(light, ground)).toBeGreaterThanOrEqual(4.5);
      for (const ground of [DARK_PANEL, "#111715", onDark ?? ""])
        expect(contrast(dark, ground)).toBeGreaterThanOrEqual(4.5);
    }),
    { examples: [["#000000"], ["#ffffff"], ["#ffff00"], ["#0000ff"], ["#808080"]] },
  );
});
