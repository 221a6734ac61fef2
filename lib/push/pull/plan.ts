/** The plan of a pull: for each key a pure function of the folder, the store, what the last push put, and what pulls brought before. */
import type { Pushed } from "../manifest.ts";
import { isRemovedByOthers } from "../plan.ts";
import type { Seen } from "../seen.ts";

/** Digests are SHA-256 in hexadecimal; absent where there is no file or no object. */
export interface Sides {
  readonly here: string | undefined;
  readonly there: string | undefined;
  /** What the last push put, or was about to. */
  readonly last: Pushed | undefined;
  /** What a pull brought here, and no push has brought back. */
  readonly seen: Seen | undefined;
  /** Of the object whose text waits aside for a person. */
  readonly aside: string | undefined;
}

export type Conflict = "changed here and there" | "removed here, changed there" | "changed here, removed there";

export type PullStep =
  | { readonly do: "nothing" }
  /** The folder has it as it is. `note`: keep that in mind; `forget`: the manifest says it, or nothing is left. */
  | { readonly do: "note" | "forget" }
  | { readonly do: "bring"; readonly reason: "new" | "changed"; readonly conflict?: Conflict }
  | { readonly do: "remove" }
  /** The file stays, and a person is told. */
  | { readonly do: "keep"; readonly conflict: Conflict }
  /** Both changed: a merge by lines, or the text of the store aside. `base`: digest of what both began with. */
  | { readonly do: "merge"; readonly base: string | undefined }
  /** As before: a person has not dealt with it yet. */
  | { readonly do: "wait" };

const NOTHING: PullStep = { do: "nothing" };

export function planPull(sides: Sides): PullStep {
  const { here, there, last, seen } = sides;
  if (here === there) return planSame(sides);
  if (there === undefined) return planGone(sides);
  if (isOfPush(there, last)) return NOTHING;
  if (there === seen?.digest) {
    // With the note, but without the text: as if it had not been brought.
    return here !== undefined && here === last?.digest ? { do: "bring", reason: "changed" } : NOTHING;
  }
  if (here === undefined) {
    const wasHere = last !== undefined || seen?.digest !== undefined;
    return { do: "bring", reason: "new", ...(wasHere ? { conflict: "removed here, changed there" } : {}) };
  }
  if (here === textPut(last) || here === seen?.digest) return { do: "bring", reason: "changed" };
  return there === sides.aside ? { do: "wait" } : { do: "merge", base: seen?.digest ?? textPut(last) };
}

/** What others changed, if they did: after a push that failed nobody knows whether it was that. */
const textPut = (last: Pushed | undefined): string | undefined => (last?.next === undefined ? last?.digest : undefined);

/** Nobody but a push has touched it, of this checkout or of another: to those that lack it, it comes by git. */
const isOfPush = (there: string | undefined, last: Pushed | undefined): boolean =>
  there !== undefined && (there === last?.digest || there === last?.next);

function planSame({ here, there, last, seen }: Sides): PullStep {
  if (here === undefined) return seen ? { do: "forget" } : NOTHING;
  if (isOfPush(there, last)) return seen ? { do: "forget" } : NOTHING;
  return seen?.digest === there ? NOTHING : { do: "note" };
}

/** What is here and not there is new here, or was removed there. */
function planGone({ here, last, seen }: Sides): PullStep {
  if (!isRemovedByOthers(last, seen)) return NOTHING;
  if (here === textPut(last) || here === seen?.digest) return { do: "remove" };
  return { do: "keep", conflict: "changed here, removed there" };
}
