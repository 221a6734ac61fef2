/** Looks for texts whose cost grows faster than they do. */
import type { Random } from "../bench/random.ts";
import type { Grammar, Source } from "./grammars.ts";
import type { Cost } from "./measure.ts";
import { randomShape, type Shape, simpler, textOf } from "./shapes.ts";
import type { Meter } from "./thread.ts";

const KB = 1024;
/** At first, and then to be sure, in bytes. */
const FIRST = [2 * KB, 16 * KB] as const;
const PROBE = 64 * KB;
const SURE = [32 * KB, 256 * KB] as const;
/** Work of this exponent is taken for superlinear: twice the text is 2.5 times the work. */
export const LIMIT = 1.3;
/** What need not be measured twice. */
const PLAINLY = 1.5;
/** What is looked at again: less is noise, or is linear. */
const SUSPICIOUS = 1.12;
/** Milliseconds of CPU below which nothing is said about growth, and after which work is stopped. */
const FLOOR = 80;
const NOTHING = 8;
const STOP = 5000;
const STOP_FIRST = 2000;
/** Measurements to make one shape simpler. */
const ATTEMPTS = 30;

export type Place = (text: string) => Source;

export interface Growth {
  /** The work grows with this power of the length. */
  readonly exponent: number;
  readonly small: Cost;
  readonly large: Cost;
  readonly sizes: readonly [number, number];
}

/** The growth is that of the shape before it was made simpler. */
export interface Finding extends Growth {
  readonly grammar: string;
  readonly shape: Shape;
  readonly place: Place;
  /** Where the time goes, or how it ended. */
  readonly cause: string;
  /** Does `marked` alone grow as fast? */
  readonly isOfMarked: boolean;
}

type Kind = "ours" | "marked";

const failed = ({ end }: Cost) => end === "stack" || end === "memory" || /\s/.test(end);

export const sourceOf = (shape: Shape, place: Place, size: number) => place(textOf(shape, size));

export async function growthOf(
  meter: Meter,
  source: (size: number) => Source,
  sizes: readonly [number, number],
  { times = 1, stop = STOP, kind = "ours" as Kind } = {},
): Promise<Growth> {
  const least = async (size: number): Promise<Cost> => {
    const text = source(size);
    let best = await meter.cost(text, stop, kind);
    for (let i = 1; i < times && best.end !== "time"; i += 1) {
      const next = await meter.cost(text, stop, kind);
      if (next.ms < best.ms) best = next;
    }
    return best;
  };
  const [small, large] = [await least(sizes[0]), await least(sizes[1])];
  const exponent = Math.log(large.ms / Math.max(small.ms, 0.5)) / Math.log(sizes[1] / sizes[0]);
  return { exponent, small, large, sizes };
}

const isTooMuch = ({ exponent, large }: Growth) => exponent > LIMIT && large.ms > FLOOR;

const isPlainlyTooMuch = ({ exponent, large }: Growth) => exponent > PLAINLY && large.ms > 2 * FLOOR;

/** What one shape costs, if it grows too fast. */
async function measured(meter: Meter, source: (size: number) => Source): Promise<Growth | "too-slow" | undefined> {
  const first = await growthOf(meter, source, FIRST, { stop: STOP_FIRST });
  if (failed(first.small) || failed(first.large)) return first;
  if (first.large.end === "too-slow") return "too-slow";
  if (first.large.end === "time" || isPlainlyTooMuch(first)) return first;
  if (first.large.ms > NOTHING && first.exponent < SUSPICIOUS) return undefined;
  const probe = await meter.cost(source(PROBE), STOP_FIRST);
  if (probe.end === "too-slow") return "too-slow";
  const expected = Math.max(first.large.ms, NOTHING / 2) * (PROBE / FIRST[1]) ** SUSPICIOUS;
  if (!failed(probe) && probe.ms < expected) return undefined;
  const sure = await growthOf(meter, source, SURE, { times: 2 });
  return failed(sure.large) || isTooMuch(sure) ? sure : undefined;
}

/** Sizes at which the shape costs enough to be measured, but not much. */
function handySizes({ sizes, large, small }: Growth): readonly [number, number] {
  const quarter = (size: number): readonly [number, number] => [size / 4, size];
  if (large.ms < 600) return quarter(sizes[1]);
  return small.ms > 40 ? quarter(sizes[0]) : quarter(sizes[1] / 2);
}

/** The shape with as few tokens as grow as fast. */
async function simplified(meter: Meter, shape: Shape, place: Place, found: Growth): Promise<Shape> {
  const sizes = handySizes(found);
  const stop = STOP_FIRST;
  const end = failed(found.large) ? found.large.end : undefined;
  const reference = await meter.cost(sourceOf(shape, place, sizes[1]), stop);
  let attempts = 0;
  const grows = async (candidate: Shape): Promise<boolean> => {
    attempts += 1;
    const { small, large, exponent } = await growthOf(meter, (size) => sourceOf(candidate, place, size), sizes, {
      stop,
    });
    if (end !== undefined) return large.end === end;
    return exponent > LIMIT && large.ms > 0.3 * reference.ms && small.ms > 0;
  };
  let current = shape;
  for (let again = true; again; ) {
    again = false;
    for (const candidate of simpler(current)) {
      if (attempts >= ATTEMPTS) return current;
      if (await grows(candidate)) {
        current = candidate;
        again = true;
        break;
      }
    }
  }
  return current;
}

async function causeOf(meter: Meter, shape: Shape, place: Place, found: Growth): Promise<string> {
  const { end } = found.large;
  if (failed(found.small)) return found.small.end;
  if (failed(found.large)) return end;
  return meter.hottest(sourceOf(shape, place, handySizes(found)[1]), STOP_FIRST);
}

async function isOfMarked(meter: Meter, shape: Shape, place: Place, { sizes, large }: Growth): Promise<boolean> {
  const alone = await growthOf(meter, (size) => sourceOf(shape, place, size), sizes, { kind: "marked" });
  const isStopped = failed(large) || large.end === "time";
  return isTooMuch(alone) || (isStopped && alone.large.end === large.end);
}

export interface Search {
  /** Tries one more shape. */
  next(name: string, grammar: Grammar): Promise<void>;
  readonly findings: readonly Finding[];
  /** How often each cause was found, those that are not among the findings included. */
  readonly counts: ReadonlyMap<string, number>;
  readonly tried: () => { readonly shapes: number; readonly tooSlow: number };
}

/** Of each cause in a grammar. */
const EXAMPLES = 2;

export function search(meter: Meter, random: Random, onFinding: (finding: Finding) => void = () => {}): Search {
  const findings: Finding[] = [];
  const counts = new Map<string, number>();
  let [shapes, tooSlow] = [0, 0];
  const count = (cause: string) => {
    const times = (counts.get(cause) ?? 0) + 1;
    counts.set(cause, times);
    return times;
  };

  async function next(name: string, { tokens, places, isMarkdown = false }: Grammar) {
    shapes += 1;
    const shape = randomShape(tokens, random);
    const place = random.pick(places);
    const found = await measured(meter, (size) => sourceOf(shape, place, size));
    if (found === undefined) return;
    if (found === "too-slow") {
      tooSlow += 1;
      return;
    }
    const cause = await causeOf(meter, shape, place, found);
    if (count(`${name}: ${cause}`) > EXAMPLES) return;
    const simple = await simplified(meter, shape, place, found);
    const simplest = { grammar: name, shape: simple, place, cause: await causeOf(meter, simple, place, found) };
    const finding = {
      ...found,
      ...simplest,
      isOfMarked: isMarkdown && (await isOfMarked(meter, simple, place, found)),
    };
    findings.push(finding);
    onFinding(finding);
  }

  return { next, findings, counts, tried: () => ({ shapes, tooSlow }) };
}
