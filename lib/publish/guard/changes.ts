/** What a run would change in the posts that readers know: records before and after. */
import { differenceOf } from "../../base/segments.ts";
import { countListed, isListed } from "../../channels/listed.ts";
import type { Facts, Instant, ListedRecord } from "../../model.ts";
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
  const { was, is } = differenceOf(before.records, after.records);
  const listed = new Map(is.filter(isListed).map((record) => [record.facts.id, record]));
  const left = was.filter(isListed).filter(({ facts }) => !listed.has(facts.id));

  const known = [...was, ...before.gone].flatMap(({ key, facts }) => (facts ? [{ key, facts }] : []));
  const knownIds = new Set(known.map(({ facts }) => facts.id));
  const ids = new Set(is.map(({ facts }) => facts?.id));
  return {
    of: countListed(before.records),
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

/** It has expired; or it was published as at a later moment than now. */
const isOver = ({ expires, facts }: ListedRecord, now: Instant): boolean =>
  (expires !== undefined && expires <= now) || facts.published > now;
