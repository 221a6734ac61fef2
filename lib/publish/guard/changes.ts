/** What a run would change in the posts that readers know: records before and after. */
import { isListed } from "../../channels/listed.ts";
import type { Facts, Instant, ListedRecord, PostRecord } from "../../model.ts";
import { compareKeys } from "../../stores/store.ts";
import type { Reconciled } from "../reconcile/reconcile.ts";

/** A post that was public once. */
export interface FormerPost {
  readonly key: string;
  readonly facts: Facts;
}

export interface Changes {
  /** How many posts were public. */
  readonly of: number;
  /** Public before and after, and not quite the same. */
  readonly kept: readonly { readonly before: ListedRecord; readonly after: ListedRecord }[];
  /** Public before and not after, though they had not expired. */
  readonly lost: readonly ListedRecord[];
  /** Public before and not after, because they expired. */
  readonly expired: readonly ListedRecord[];
  /** Public after, under an id that is new. */
  readonly strangers: readonly ListedRecord[];
  /** Posts that were public once and are in no record now. */
  readonly missing: readonly FormerPost[];
}

export function changesOf(before: Reconciled, after: Reconciled, now: Instant): Changes {
  const { was, is } = unlike(before.records, after.records);
  const listed = new Map(is.filter(isListed).map((record) => [record.facts.id, record]));
  const left = was.filter(isListed).filter(({ facts }) => !listed.has(facts.id));

  const known = [...was, ...before.gone].flatMap(({ key, facts }) => (facts ? [{ key, facts }] : []));
  const knownIds = new Set(known.map(({ facts }) => facts.id));
  const ids = new Set(is.map(({ facts }) => facts?.id));
  return {
    of: before.records.filter(isListed).length,
    kept: was.filter(isListed).flatMap((before) => {
      const after = listed.get(before.facts.id);
      return after ? [{ before, after }] : [];
    }),
    lost: left.filter((record) => !isOver(record, now)),
    expired: left.filter((record) => isOver(record, now)),
    strangers: [...listed.values()].filter(({ facts }) => !knownIds.has(facts.id)),
    missing: known.filter(({ facts }) => !ids.has(facts.id)),
  };
}

interface Unlike {
  readonly was: readonly PostRecord[];
  readonly is: readonly PostRecord[];
}

/** What two lists, sorted by key, do not share. A record that a run leaves alone is the very same object, and most are. */
function unlike(before: readonly PostRecord[], after: readonly PostRecord[]): Unlike {
  const was: PostRecord[] = [];
  const is: PostRecord[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [former, present] = [before[i], after[j]];
    const order = former === present ? 0 : former && present ? compareKeys(former.key, present.key) : former ? -1 : 1;
    if (former && former !== present && order <= 0) was.push(former);
    if (present && former !== present && order >= 0) is.push(present);
    if (order <= 0) i += 1;
    if (order >= 0) j += 1;
  }
  return { was, is };
}

/** It has expired; or it was published as at a later moment than now. */
const isOver = ({ expires, facts }: ListedRecord, now: Instant): boolean =>
  (expires !== undefined && expires <= now) || facts.published > now;
