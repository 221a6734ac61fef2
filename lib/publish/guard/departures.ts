/** Mass disappearance: posts that readers lose, counted over a day, so that many small removals are noticed as well. */

import { dayBefore } from "../../base/instant.ts";
import { isListed } from "../../channels/listed.ts";
import type { Instant, Refusal } from "../../model.ts";
import type { Allowance } from "../../site/types.ts";
import type { Catalog } from "../../state/types.ts";
import type { Reconciled } from "../reconcile/reconcile.ts";
import type { Changes, FormerPost } from "./changes.ts";
import { isMany, named } from "./thresholds.ts";

/** Counts what goes now and what went in the day before, of all that were public then. A run that removes none is never refused. */
export function refuseGone(
  { of, lost, expired }: Changes,
  after: Reconciled,
  acceptedUntil: Instant | undefined,
  allowance: Allowance,
  now: Instant,
): Refusal | undefined {
  if (lost.length === 0) return undefined;
  const taken = new Set([...lost, ...expired].map(({ facts }) => facts.id));
  const accepted = acceptedUntil !== undefined && acceptedUntil <= now ? acceptedUntil : ""; // not of a clock that was ahead
  const since = [dayBefore(now), accepted].reduce((a, b) => (a > b ? a : b));
  const earlier = departed(after, since, now).filter(({ facts }) => !taken.has(facts.id));
  const [count, total] = [lost.length + earlier.length, of + earlier.length];
  if (!isMany(count, total, allowance)) return undefined;
  const within = earlier.length > 0 ? ` within a day, ${lost.length} of them now` : "";
  return {
    code: "many-gone",
    message: `${count} of ${total} posts would be gone${within} (${named(lost.map(({ key }) => key))})`,
    fix: "check --content, and posts, include and exclude in site.yaml; if it is meant, publish with --force",
  };
}

/** An expired post is counted only in the run in which it expires: later its record does not say why it left. */
function departed({ records, gone }: Reconciled, since: Instant, now: Instant): readonly FormerPost[] {
  const isRecent = (when: Instant | undefined) => when !== undefined && when > since && when <= now;
  const withdrawn = records.flatMap((record) => {
    const { key, facts, left, state } = record;
    return facts && isRecent(left) && state !== "expired" && !isListed(record) ? [{ key, facts }] : [];
  });
  return [...withdrawn, ...gone.filter(({ since }) => isRecent(since))];
}

/** The moment of a forced run, before which departures are not counted, as long as that matters. */
export function departuresAccepted(
  force: boolean,
  now: Instant,
  former: Catalog | undefined,
): Pick<Catalog, "departuresAcceptedUntil"> {
  const until = force ? now : former?.departuresAcceptedUntil;
  return until !== undefined && until > dayBefore(now) && until <= now ? { departuresAcceptedUntil: until } : {};
}
