/** Texts of any length: a few tokens, some of them repeated. */
import type { Choice, Random } from "../bench/random.ts";

type Tokens = readonly string[];

/**
 * A text of a length that is chosen later: `before`, `unit` as often as there is room, `middle`, `second` as often as
 * `unit`, `after`. As stairs, each repetition begins a line that is indented more than the last; as a grid, `unit` and
 * `second` are repeated as often as there is room for lines of that length, and all of it is such a line.
 */
export interface Shape {
  readonly kind: "row" | "stairs" | "grid";
  readonly before: Tokens;
  readonly unit: Tokens;
  readonly middle: Tokens;
  /** Not in stairs, which have no middle either. */
  readonly second: Tokens;
  readonly after: Tokens;
}

export const PARTS = ["before", "unit", "middle", "second", "after"] as const;

/** In bytes, as far as that is known without making the text; never less than one repetition. */
const times = (length: number, bytes: number) => Math.max(1, Math.floor(length / Math.max(bytes, 1)));

function repeated(unit: string, count: number): string {
  if (!unit.includes("§")) return unit.repeat(count);
  return Array.from({ length: count }, (_, i) => unit.replaceAll("§", String(i))).join("");
}

/** The text of about so many bytes. */
export function textOf(shape: Shape, length: number): string {
  const [before, unit, middle, second, after] = PARTS.map((part) => shape[part].join("")) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const bytes = Buffer.byteLength((unit + second).replaceAll("§", "1000"));
  const row = (count: number) => before + repeated(unit, count) + middle + repeated(second, count) + after;
  if (shape.kind === "row") return row(times(length, bytes));
  if (shape.kind === "stairs") {
    const steps = Math.max(1, Math.floor(Math.sqrt(length)));
    const line = (i: number) => `${" ".repeat(2 * i)}${unit.replaceAll("§", String(i))}`;
    return `${before}${Array.from({ length: steps }, (_, i) => line(i)).join("\n")}${after}`;
  }
  const side = Math.sqrt(length / 3);
  const line = row(times(side, bytes));
  return `${line}\n${repeated(`${middle}${second}\n`, times(length - line.length, Buffer.byteLength(middle + second) + 1))}`;
}

/** A shape as it may be written in a test. */
export function described(shape: Shape): string {
  const [before, unit, middle, second, after] = PARTS.map((part) => shape[part].join(""));
  const counted = (text: string) =>
    text.includes("§") ? `each(${JSON.stringify(text)})` : `${JSON.stringify(text)}.repeat(k)`;
  const parts = [
    before && JSON.stringify(before),
    unit && counted(unit),
    middle && JSON.stringify(middle),
    second && counted(second),
    after && JSON.stringify(after),
  ].filter(Boolean);
  return `${shape.kind === "row" ? "" : `${shape.kind}: `}${parts.join(" + ")}`;
}

export function randomShape(tokens: Choice<string>, random: Random): Shape {
  const some = (least: number, most: number): Tokens => {
    return Array.from({ length: random.between(least, most) }, () => random.pick(tokens));
  };
  const perhaps = (chance: number, most: number): Tokens => (random.chance(chance) ? some(1, most) : []);
  // A unit of one token is the likeliest to be read over and over.
  const unit = random.chance(0.5) ? some(1, 1) : some(2, 4);
  const kind = random.chance(0.9) ? "row" : random.pick<Shape["kind"]>(["stairs", "grid"]);
  const [before, after] = [perhaps(0.4, 2), perhaps(0.4, 2)];
  if (kind === "stairs") return { kind, before, unit, middle: [], second: [], after };
  return { kind, before, unit, middle: perhaps(0.3, 2), second: perhaps(0.25, 2), after };
}

/** The shapes that are simpler by one token. */
export const simpler = (shape: Shape): readonly Shape[] =>
  PARTS.flatMap((part) => shape[part].map((_, i) => ({ ...shape, [part]: shape[part].toSpliced(i, 1) }))).filter(
    ({ kind, unit, second }) => unit.length + (kind === "stairs" ? 0 : second.length) > 0,
  );
