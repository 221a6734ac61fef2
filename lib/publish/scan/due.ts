/** Records that change by themselves: the posts that must be read again though no file changed. */
import { ofSegments } from "../../base/segments.ts";
import type { Instant, PostRecord } from "../../model.ts";

/** Its time has come, or not yet after all, or it waits for another post to go. */
export function mustBeReadAgain({ due, state, facts }: PostRecord, now: Instant): boolean {
  if (state === "public" && facts && facts.published > now) return true;
  return state === "conflicting" || (due !== undefined && due <= now);
}

/** Looks only into segments in which there may be one. */
export function dueIn(records: readonly PostRecord[], now: Instant): readonly PostRecord[] {
  return boundsOf(records)
    .flatMap(({ waits, latest, due, segment }) =>
      waits || latest > now || (due !== undefined && due <= now) ? segment : [],
    )
    .filter((record) => mustBeReadAgain(record, now));
}

/** Whether a post of a segment waits for another, when the latest of its public ones was published, and when the first is due. */
const boundsOf = ofSegments((segment: readonly PostRecord[]) => ({
  segment,
  waits: segment.some(({ state }) => state === "conflicting"),
  latest: segment.reduce((last, { state, facts }) => {
    return state === "public" && facts && facts.published > last ? facts.published : last;
  }, ""),
  due: segment.reduce<Instant | undefined>(
    (first, { due }) => (due && (!first || due < first) ? due : first),
    undefined,
  ),
}));
