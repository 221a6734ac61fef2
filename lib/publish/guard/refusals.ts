/** Records before and after → what looks like an accident. Pure. */
import { countListed } from "../../channels/listed.ts";
import type { Instant, Refusal } from "../../model.ts";
import type { Site } from "../../site/types.ts";
import type { Catalog } from "../../state/types.ts";
import type { Reconciled } from "../reconcile/reconcile.ts";
import { type Changes, changesOf } from "./changes.ts";
import { refuseGone } from "./departures.ts";
import { refuseIds, refusePublished, refuseUpdated } from "./moves.ts";
import { refuseTooLarge, type SizedDocument } from "./sizes.ts";

export interface RefusalInput {
  /** Nothing before the first publication, of which only documents can be too large. */
  readonly before: Pick<Catalog, "records" | "gone" | "departuresAcceptedUntil"> | undefined;
  readonly after: Reconciled;
  /** Of what would be put. */
  readonly sizes: readonly SizedDocument[];
  readonly site: Site;
  readonly now: Instant;
}

/** All that apply, the gravest first. */
export function refusalsOf({ before, after, sizes, site, now }: RefusalInput): readonly Refusal[] {
  const tooLarge = refuseTooLarge(sizes, site);
  return [...(before ? accidents(before, after, site, now) : []), ...(tooLarge ? [tooLarge] : [])];
}

function accidents(
  before: NonNullable<RefusalInput["before"]>,
  after: Reconciled,
  site: Site,
  now: Instant,
): readonly Refusal[] {
  const changes = changesOf(before, after, now);
  const { gone, ids, updated, published } = site.guard;
  const empty = refuseEmpty(changes, after, now);
  return [
    empty ?? (gone && refuseGone(changes, after, before.departuresAcceptedUntil, gone, now)),
    ids && refuseIds(changes, ids),
    updated && refuseUpdated(changes, updated, now),
    published && refusePublished(changes, published, site),
  ].filter((refusal) => refusal !== undefined);
}

/**
 * The site's feed is never replaced by an empty one without being told to: by `--force`, or by the authors themselves,
 * if every post that was left has expired.
 */
function refuseEmpty(
  { of: before, lost, expired }: Changes,
  { records }: Reconciled,
  now: Instant,
): Refusal | undefined {
  if (before === 0 || countListed(records) > 0) return undefined;
  if (lost.length === 0 && expired.every(({ expires }) => expires !== undefined && expires <= now)) return undefined;
  return {
    code: "empty-site",
    message: `no post is public now, where ${before} ${before === 1 ? "was" : "were"}: the feeds would become empty`,
    fix: "check --content and the `posts:` globs of site.yaml; if it is meant, publish with --force",
  };
}

/** Several refusals as one: the first, with the others beside it. */
export function joined([first, ...also]: readonly Refusal[]): Refusal | undefined {
  return first && also.length > 0 ? { ...first, also } : first;
}
