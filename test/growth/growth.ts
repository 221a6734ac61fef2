/**
 * Looks for texts whose cost grows faster than they do: `npm run test:growth -- --minutes 10 --seed 7 --grammar html`.
 * With `--shapes`, so many of each grammar. Exits with 1 if any is found that is not of `marked` alone.
 */
import { parseArgs } from "node:util";
import { randomOf } from "../bench/random.ts";
import { GRAMMARS } from "./grammars.ts";
import { type Finding, search, sourceOf } from "./search.ts";
import { described } from "./shapes.ts";
import { meter } from "./thread.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    minutes: { type: "string" },
    shapes: { type: "string" },
    grammar: { type: "string" },
  },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
const shapes = Number(values.shapes ?? Number.POSITIVE_INFINITY);
const until = performance.now() + Number(values.minutes ?? (values.shapes ? 60 : 2.5)) * 60_000;
const grammars = Object.entries(GRAMMARS).filter(([name]) => (values.grammar ?? name).split(",").includes(name));
if (grammars.length === 0) throw new Error(`no such grammar; there are ${Object.keys(GRAMMARS).join(", ")}`);

/** The file, with the shape as `…`. */
function standing({ place }: Finding): string {
  const { key, text, dialect } = place("…");
  return `${dialect} ${key} ${JSON.stringify(text)}`;
}

function report(finding: Finding): void {
  const { grammar, shape, exponent, small, large, sizes, cause, isOfMarked } = finding;
  const [from, to] = sizes.map((size) => `${size / 1024} KB`);
  const times = `${small.ms.toFixed(0)} ms at ${from}, ${large.ms.toFixed(0)} ms at ${to}${large.end === "time" ? " and more" : ""}`;
  console.log(`${grammar}: ${cause}${isOfMarked ? " (marked's own)" : ""}\n    ${described(shape)}`);
  console.log(
    `    before it was made simpler, n^${exponent.toFixed(2)}: ${times}; ends as ${large.end}\n    in ${standing(finding)}`,
  );
}

const measure = meter();
try {
  console.log(`seed ${seed}\n`);
  const { next, findings, counts, tried } = search(measure, randomOf(seed, 0), report);
  // The first measurements would be those of code that is not compiled yet.
  for (const [, { places }] of grammars) {
    const plain = { kind: "row", before: [], unit: ["a *b* "], middle: [], second: [], after: [] } as const;
    for (let i = 0; i < 3; i += 1) await measure.cost(sourceOf(plain, places[0], 32 * 1024), 5000);
  }
  for (let i = 0; i < shapes && performance.now() < until; i += 1) {
    for (const [name, grammar] of grammars) if (performance.now() < until) await next(name, grammar);
  }
  const ours = findings.filter(({ isOfMarked }) => !isOfMarked);
  console.log(`\n${tried().shapes} shapes, ${tried().tooSlow} beyond the budget of a post; how often each was found:`);
  for (const [cause, times] of [...counts].sort((a, b) => b[1] - a[1]))
    console.log(`${String(times).padStart(5)}  ${cause}`);
  process.exitCode = ours.length > 0 ? 1 : 0;
} finally {
  await measure.close();
}
