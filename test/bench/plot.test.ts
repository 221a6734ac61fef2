/** The picture of what the bench measured. */
import fc from "fast-check";
import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import { type Line, plotOf, ticksOf } from "./plot.ts";

interface Element {
  readonly name: string;
  readonly attributes: { readonly [name: string]: string };
}

/** Throws if it is not well-formed. */
function elementsOf(svg: string): readonly Element[] {
  const elements: Element[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) =>
    elements.push({ name, attributes: attributes as Element["attributes"] }),
  );
  parser.write(svg).close();
  return elements;
}

const plotted = (...lines: readonly Line[]) =>
  plotOf("A title", "A & B", "posts", [{ title: "time", lines, step: 10, shown: (y) => `${y} s` }]);

/** Places of the marks within the panel. */
function marksIn(svg: string): readonly (readonly [x: number, y: number])[] {
  const marks = elementsOf(svg).filter(({ attributes }) => attributes["class"]?.startsWith("mark "));
  return marks.map(({ attributes }) => {
    const [, x = "", y = ""] = /^translate\(([\d.]+),([\d.]+)\)$/.exec(attributes["transform"] ?? "") ?? [];
    return [Number(x), Number(y)];
  });
}

const textsIn = (svg: string) => [...svg.matchAll(/<text [^>]*>([^<]*)</g)].map(([, text]) => text);

const amount = fc.double({ min: 0.001, max: 1e6, noNaN: true });

describe("a plot", () => {
  test("has its title, each line in the legend, and numbers with units on both axes", () => {
    const svg = plotted({ name: "a <b>", points: [[100, 0.5]] }, { name: "c", points: [[10_000, 20]] });
    const texts = ["A title", "a &lt;b&gt;", "c", "time", "posts", "100", "10,000", "0.1 s", "1 s", "10 s", "100 s"];
    expect(textsIn(svg).toSorted()).toEqual(texts.toSorted());
    expect(svg).toContain("<title>A &amp; B</title>");
  });

  test("has the places of all numbers within its axes, more posts further right, more of the amount higher up", () => {
    const points = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 1e6 }), amount), {
      minLength: 1,
      maxLength: 6,
      selector: ([posts]) => posts,
    });
    fc.assert(
      fc.property(points, (points) => {
        const [, ...places] = marksIn(plotted({ name: "a", points }));
        expect(places.length).toBe(points.length);
        for (const [i, [x, y]] of places.entries()) {
          expect(x > 0 && x < 350 && y >= 0 && y <= 270).toBe(true);
          for (const [j, [otherX, otherY]] of places.entries()) {
            const [[posts, n], [otherPosts, otherN]] = [points[i] ?? [0, 0], points[j] ?? [0, 0]];
            if (posts < otherPosts) expect(x).toBeLessThanOrEqual(otherX);
            if (n < otherN) expect(y).toBeGreaterThanOrEqual(otherY);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  test("leaves out what was not measured, and stands without anything", () => {
    const svg = plotted({
      name: "a",
      points: [
        [100, Number.NaN],
        [1000, 2],
      ],
    });
    expect(marksIn(svg).length).toBe(2);
    expect(marksIn(plotted({ name: "a", points: [] })).length).toBe(1);
    expect(svg).not.toContain("NaN");
  });

  test("has other colours for readers who prefer dark", () => {
    const [light = "", dark = ""] = plotted().split("@media (prefers-color-scheme: dark)");
    const coloursIn = (style: string) => [...style.matchAll(/#[0-9a-f]{6}/g)].map(([colour]) => colour);
    expect(coloursIn(light).length).toBe(coloursIn(dark).length);
    expect(coloursIn(light).filter((colour) => coloursIn(dark).includes(colour))).toEqual([]);
  });
});

test("ticks are powers around the numbers", () => {
  expect(ticksOf([0.3, 25], 10)).toEqual([0.1, 1, 10, 100]);
  expect(ticksOf([64, 100], 2)).toEqual([64, 128]);
  expect(ticksOf([10], 10)).toEqual([10, 100]);
  expect(ticksOf([1000], 10)).toEqual([1000, 10_000]);
  fc.assert(
    fc.property(fc.array(amount, { minLength: 1 }), fc.constantFrom(2, 10), (numbers, step) => {
      const ticks = ticksOf(numbers, step);
      expect(ticks.length).toBeGreaterThan(1);
      expect((ticks[0] ?? Number.NaN) / (1 + 1e-6)).toBeLessThanOrEqual(Math.min(...numbers));
      expect((ticks.at(-1) ?? Number.NaN) * (1 + 1e-6)).toBeGreaterThanOrEqual(Math.max(...numbers));
    }),
  );
});
