/** The ways in which an object of the state store is damaged. */
import { sealJson } from "../../../lib/state/sealed.ts";
import type { Objects } from "./site.ts";

/** What is there instead of the object; `undefined`: nothing. */
export interface Damage {
  readonly key: string;
  readonly kind: "removed" | "flipped" | "cut" | "swapped" | "of another shape" | "altered";
  /** For messages. */
  readonly how: string;
  bytes(): Uint8Array | undefined;
}

const TEXTS = ["", "{}", "null", "[]", '"x"', "1", '{"format":1}', '{"__proto__":{"format":1}}', "[".repeat(9999)];
const SCRIPT = "<script>alert(1)</script>";
const SHAPES: readonly object[] = [
  { a: 1 },
  { format: 1 },
  { format: 1, outbox: [], taken: {}, paths: 1 },
  { title: "A", language: "en", authors: [], html: [SCRIPT] },
  { html: SCRIPT },
];

/** Of a long object only every so many bytes are damaged: each byte of each is damaged in `test/state/sealed.test.ts`. */
const LONG = 1000;
const STEP = 7;

/** Each byte with one bit flipped, each length, each other object in its place, JSON of another shape, other words. */
export function damagesOf(state: Objects, key: string): readonly Damage[] {
  const original = state.get(key) ?? new Uint8Array();
  const text = new TextDecoder().decode(original);
  const positions = [...original.keys()].filter((at) => original.length < LONG || at % STEP === 0);
  const others = [...state].filter(([other]) => other !== key);
  const damage = (kind: Damage["kind"], how: string, bytes: Damage["bytes"]): Damage => ({ key, kind, how, bytes });
  return [
    damage("removed", "removed", () => undefined),
    ...positions.map((at) => damage("flipped", `bit ${at % 8} of byte ${at} flipped`, () => flipped(original, at))),
    ...positions.map((length) => damage("cut", `cut to ${length} bytes`, () => original.slice(0, length))),
    ...others.map(([other, bytes]) => damage("swapped", `replaced by ${other}`, () => bytes)),
    ...TEXTS.map((each) => damage("of another shape", `replaced by ${each.slice(0, 40)}`, () => bytesOf(each))),
    ...SHAPES.map((shape) =>
      damage("of another shape", `sealed as ${JSON.stringify(shape)}`, () => sealJson(key, shape)),
    ),
    ...(text.includes("words")
      ? [damage("altered", "other words", () => bytesOf(text.replaceAll("words", SCRIPT)))]
      : []),
  ];
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function flipped(original: Uint8Array, at: number): Uint8Array {
  const bytes = original.slice();
  bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
  return bytes;
}
