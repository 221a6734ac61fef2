/** Cases of damage: all of them, or a sample that its seed repeats; and what does not hold in each. */
import { randomOf } from "../../bench/random.ts";
import { isPack } from "../../support/packs.ts";
import { type Damage, damagesOf } from "./kinds.ts";
import { type Expected, expectedOf, type Line, linesOf, outcomeOf } from "./outcome.ts";
import type { Wounded } from "./site.ts";

export interface Case {
  readonly damage: Damage;
  /** Is the run told what changed, instead of looking at everything? */
  readonly hasHints: boolean;
}

/** Each damage once, of which every second meets a run with hints. */
export function allCases({ state }: Wounded): readonly Case[] {
  const damages = [...state.keys()].flatMap((key) => damagesOf(state, key));
  return damages.map((damage, i) => ({ damage, hasHints: i % 2 === 1 }));
}

/** As many of each object, and of each kind. */
export function sampleCases({ state }: Wounded, count: number, seed: number): readonly Case[] {
  const random = randomOf(seed, 0);
  const kinds = [...state.keys()].map((key) => [...Map.groupBy(damagesOf(state, key), ({ kind }) => kind).values()]);
  return Array.from({ length: count }, (_, i): readonly Case[] => {
    const ofKey = kinds[i % kinds.length] ?? [];
    const ofKind = ofKey[Math.floor(random.next() * ofKey.length)] ?? [];
    const damage = ofKind[Math.floor(random.next() * ofKind.length)];
    return damage ? [{ damage, hasHints: random.chance(0.5) }] : [];
  }).flat();
}

/** Lines that say what does not hold; `seen` is called with each way out that was needed. */
export async function failuresOf(
  wounded: Wounded,
  cases: readonly Case[],
  seen: (wayOut: string | undefined) => void,
): Promise<readonly string[]> {
  const whole = await expectedOf(wounded);
  const withoutEntries = new Map<string, Expected>();
  const failures: string[] = [];
  for (const { damage, hasHints } of cases) {
    const { key, how } = damage;
    // An entry that is damaged counts as one that is not there; the others of its pack are not concerned.
    const lost = isPack(key) ? lostWith(wounded, damage) : undefined;
    const name = lost && `${key} ${[...lost].join()}`;
    const expected = lost && name ? (withoutEntries.get(name) ?? (await expectedOf(wounded, key, lost))) : whole;
    if (name) withoutEntries.set(name, expected);
    const { wrong, wayOut } = await outcomeOf(wounded, expected, damage, hasHints ? wounded.hints : undefined);
    seen(wayOut);
    if (wrong.length > 0) failures.push(`${key}, ${how}${hasHints ? ", with hints" : ""}: ${wrong.join("; ")}`);
  }
  return failures;
}

/** The numbers of the lines of a pack that are not what they were. */
function lostWith({ state }: Wounded, { key, bytes }: Damage): ReadonlySet<number> {
  const [whole, damaged] = [state.get(key) ?? new Uint8Array(), bytes() ?? new Uint8Array()];
  const isLost = ({ start, end }: Line) =>
    Buffer.compare(whole.subarray(start, end), damaged.subarray(start, end)) !== 0;
  return new Set(linesOf(whole).flatMap((line, i) => (isLost(line) ? [i] : [])));
}
