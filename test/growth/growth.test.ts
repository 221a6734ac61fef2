/** A sample of what `npm run test:growth` tries: no text of any grammar costs grossly more than its size accounts for. */
import { describe, expect, test } from "vitest";
import { randomOf } from "../bench/random.ts";
import { GRAMMARS } from "./grammars.ts";
import { costOf, hottest } from "./measure.ts";
import { type Growth, growthOf, sourceOf } from "./search.ts";
import { described, randomShape, textOf } from "./shapes.ts";
import type { Meter } from "./thread.ts";

const SEED = 3;
const SHAPES = 10;
const SIZES = [4096, 32_768] as const;
/** Quadratic work is of exponent 2; what takes less CPU than this (ms) is not measured well enough beside other work. */
const [GROSS, FLOOR, STOP] = [1.6, 150, 5000];

const isAbove = ({ exponent, large }: Growth) => large.end === "stack" || (exponent > GROSS && large.ms > FLOOR);

const here: Meter = {
  cost: async (source, limit, kind) => costOf(source, limit, { isMarked: kind === "marked" }),
  hottest: async (source, limit) => hottest(source, limit),
  close: async () => {},
};

describe("twice the text takes about twice the work, in a sample of", () => {
  test.each(Object.entries(GRAMMARS))("%s", async (_, { tokens, places, isMarkdown = false }) => {
    const random = randomOf(SEED, 0);
    for (let i = 0; i < SHAPES; i += 1) {
      const shape = randomShape(tokens, random);
      const place = random.pick(places);
      const source = (size: number) => sourceOf(shape, place, size);
      const isGross = async (kind: "ours" | "marked") => {
        const once = await growthOf(here, source, SIZES, { stop: STOP, kind });
        if (!isAbove(once)) return false;
        return isAbove(await growthOf(here, source, SIZES, { stop: STOP, kind, times: 2 }));
      };
      // Where `marked` alone is as slow, a post's budget ends it.
      const isSlow = (await isGross("ours")) && !(isMarkdown && (await isGross("marked")));
      expect(isSlow, `${described(shape)} in ${JSON.stringify(place("…"))}`).toBe(false);
    }
  });
});

test("a shape is written as it is made", () => {
  const shape = { kind: "row", before: ["a"], unit: ["b§", "c"], middle: ["-"], second: ["d"], after: ["e"] } as const;
  expect(textOf(shape, 10)).toBe("ab0c-de");
  expect(textOf(shape, 14)).toBe("ab0cb1c-dde");
  expect(described(shape)).toBe('"a" + each("b§c") + "-" + "d".repeat(k) + "e"');
  expect(textOf({ ...shape, kind: "stairs", second: [] }, 9)).toBe("ab0c\n  b1c\n    b2ce");
});
