/** Whether a post belongs in documents: decided here once, for every channel. */
import { ofSegments } from "../base/segments.ts";
import type { ListedRecord, PostRecord } from "../model.ts";

/**
 * A public post is listed. So is one that cannot be published as it is now but was before: its last good entry stays.
 */
export function isListed<Candidate extends Pick<PostRecord, "state" | "facts" | "lastGood">>(
  record: Candidate,
): record is Candidate & Pick<ListedRecord, "facts"> {
  const { state, facts, lastGood } = record;
  return (
    facts !== undefined &&
    (state === "public" || (lastGood === true && (state === "broken" || state === "conflicting")))
  );
}

export const countListed = (records: readonly PostRecord[]): number =>
  listedIn(records).reduce((sum, count) => sum + count, 0);

const listedIn = ofSegments((records: readonly PostRecord[]) => records.filter(isListed).length);
