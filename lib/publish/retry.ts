/** What asks for another attempt, and what that attempt begins with. */
import type { Etag, Problem } from "../model.ts";
import { LostLease } from "../state/lease.ts";
import type { LoadFrom } from "./load/input.ts";

/** What an attempt begins with. */
export interface Start {
  /** Content keys that may have changed; an empty list: look only at what is due; `undefined`: look at every key. */
  readonly hints: readonly string[] | undefined;
  readonly load: LoadFrom;
  readonly corrections: Corrections;
}

/** What an attempt learned about posts as it rendered them; the next scan takes it into account. */
export interface Corrections {
  /** Posts that cannot be rendered, by key. */
  readonly failed: ReadonlyMap<string, Failure>;
  /** Keys whose post is no longer what its record says. */
  readonly moved: readonly string[];
  /** Keys of posts whose last good entry is lost. */
  readonly lostEntries: readonly string[];
}

/** A post that cannot be rendered, as its file was then. */
export interface Failure {
  readonly etag: Etag;
  readonly problem: Problem;
}

export const NO_CORRECTIONS: Corrections = { failed: new Map(), moved: [], lostEntries: [] };

/** Both, the later ones last. */
export const mergeCorrections = (a: Corrections, b: Corrections): Corrections => ({
  failed: new Map([...a.failed, ...b.failed]),
  moved: [...a.moved, ...b.moved],
  lostEntries: [...a.lostEntries, ...b.lostEntries],
});

/** The attempt came to nothing; the next begins with what this one changes. */
export class TryAgain extends Error {
  override readonly name = "TryAgain";
  readonly change: Partial<Start>;

  constructor(why: string, change: Partial<Start>) {
    super(why);
    this.change = change;
  }
}

/**
 * What the next attempt begins with. After a lost lease it looks at everything, since another run wrote. Throws any error
 * that asks for no other attempt.
 */
export function startAfter(error: unknown, { hints, load, corrections }: Start): Start {
  if (error instanceof LostLease) return { hints: undefined, load, corrections: NO_CORRECTIONS };
  if (!(error instanceof TryAgain)) throw error;
  const { change } = error;
  return {
    hints: "hints" in change ? change.hints : hints,
    load: change.load ?? load,
    corrections: change.corrections ? mergeCorrections(corrections, change.corrections) : corrections,
  };
}
