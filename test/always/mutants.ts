/** The mutants of this folder, read from `<number>.mutants.ts`. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Mutant } from "./mutant.ts";

export interface NumberedMutant extends Mutant {
  /** Number of the sentence in ARCHITECTURE.md: `01`, `02`, … */
  readonly sentence: string;
}

export async function readMutants(): Promise<readonly NumberedMutant[]> {
  const files = readdirSync(import.meta.dirname).filter((name) => /^\d\d\.mutants\.ts$/.test(name));
  const read = files.sort().map(async (name) => {
    const { MUTANTS }: { readonly MUTANTS: readonly Mutant[] } = await import(join(import.meta.dirname, name));
    return MUTANTS.map((mutant) => ({ ...mutant, sentence: name.slice(0, 2) }));
  });
  return (await Promise.all(read)).flat();
}
