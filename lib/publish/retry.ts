/** What asks for another round of an attempt, for another attempt or for another run, and what a round begins with. */
import type { Etag, Problem } from "../model.ts";
import type { Scanned } from "./types.ts";

/** What a round begins with. */
export interface RoundStart {
  /** Content keys that may have changed; an empty list: look only at what is due; `undefined`: look at every key. */
  readonly hints: readonly string[] | undefined;
  readonly corrections: Corrections;
}

/** What a round learned about posts after its scan; the scan of the next takes it into account. */
export interface Corrections {
  /** Posts that cannot be rendered, by key. */
  readonly failed: ReadonlyMap<string, Failure>;
  /** Keys whose post is no longer what its record says. */
  readonly moved: readonly string[];
  /** Keys of posts whose last good entry is lost. */
  readonly lostEntries: readonly string[];
  /** Keys that changed after they were scanned, once for each time. */
  readonly restless: readonly string[];
}

/** A post that cannot be rendered, as its file was then. */
export interface Failure {
  readonly etag: Etag;
  readonly problem: Problem;
}

export const NO_CORRECTIONS: Corrections = { failed: new Map(), moved: [], lostEntries: [], restless: [] };

/** Both, the later ones last. */
export const mergeCorrections = (a: Corrections, b: Corrections): Corrections => ({
  failed: new Map([...a.failed, ...b.failed]),
  moved: [...a.moved, ...b.moved],
  lostEntries: [...a.lostEntries, ...b.lostEntries],
  restless: [...a.restless, ...b.restless],
});

/** Another attempt is needed, which loads the site and the snapshot again and looks at everything. */
export class BeginAgain extends Error {
  override readonly name = "BeginAgain";
}

/** Time was over before all posts were read: nothing can be planned yet, and the next full run goes on. */
export class OutOfTime extends Error {
  override readonly name = "OutOfTime";
  readonly scanned: Scanned;

  constructor(scanned: Scanned) {
    super(`read ${scanned.read} of ${scanned.total} posts`);
    this.scanned = scanned;
  }
}

/** Another round is needed, from the scan on. The snapshot stays, and so does a lease that is held. */
export class LookAgain extends Error {
  override readonly name = "LookAgain";
  readonly change: Partial<RoundStart>;

  constructor(why: string, change: Partial<RoundStart>) {
    super(why);
    this.change = change;
  }
}

/** What the next round begins with. Throws any error that does not ask for one. */
export function startAfter(error: unknown, { hints, corrections }: RoundStart): RoundStart {
  if (!(error instanceof LookAgain)) throw error;
  const { change } = error;
  return {
    hints: "hints" in change ? change.hints : hints,
    corrections: change.corrections ? mergeCorrections(corrections, change.corrections) : corrections,
  };
}
