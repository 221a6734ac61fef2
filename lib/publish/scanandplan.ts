/** From the content to what should be published: scan, reconcile and plan, seen at one moment. */
import type { Post, Problem } from "../model.ts";
import type { Snapshot } from "./load/snapshot.ts";
import { planRun } from "./plan/plan.ts";
import { adoptedIds } from "./reconcile/adopted.ts";
import { reconcilePosts, withoutEntries } from "./reconcile/posts.ts";
import type { Reconciled } from "./reconcile/reconcile.ts";
import type { RoundStart } from "./retry.ts";
import type { Attempt } from "./run.ts";
import { coverProblems } from "./scan/cover.ts";
import { type Drift, findDrift, NO_DRIFT } from "./scan/drift.ts";
import type { Findings } from "./scan/findings.ts";
import { etagsIn, type ScannedEtags } from "./scan/moved.ts";
import type { Objects } from "./scan/objects.ts";
import { scanContent } from "./scan/scan.ts";
import type { Plan } from "./types.ts";

export interface RoundPlan {
  readonly after: Reconciled;
  readonly adoptedKey: string | undefined;
  readonly plan: Plan;
  readonly drift: Drift;
  /** Besides those of records: of posts that could not be read in time, of `ids.jsonl`, and of the podcast's picture. */
  readonly problems: readonly Problem[];
  /** Posts that were read, by key, as many as there is room for. */
  readonly posts: ReadonlyMap<string, Post>;
  readonly listed: Objects | undefined;
  /** The ETags of the keys that were scanned. */
  readonly scanned: ScannedEtags;
}

/** Writes nothing. Without hints the public store is compared with the catalog, too. */
export async function scanAndPlan(
  { content, public: store, state, site, slow, helper, now, warmCache, progress, log }: Attempt,
  snapshot: Snapshot,
  { hints, corrections }: RoundStart,
): Promise<RoundPlan> {
  const { authority, podcastGuid } = snapshot;
  const catalog = snapshot.catalog && withoutEntries(snapshot.catalog, corrections.lostEntries);
  const adopted = adoptedIds({ content, state, key: snapshot.adoptedKey, warmCache });
  const keysOfRenamed = (findings: Findings) => adopted.keysOfRenamed(findings, catalog);

  const drift = hints ? NO_DRIFT : await findDrift(store, snapshot.catalog, now);
  const scan = await scanContent({
    content,
    site,
    catalog,
    now,
    hints,
    corrections,
    keysOfRenamed,
    slow,
    helper,
    progress,
    log,
  });
  const keepsUpdated = snapshot.origin === "former";
  const known = { catalog, authority, now, keepsUpdated };
  const reconciled = await reconcilePosts({ ...known, content, site, slow, log, scan, adopted });
  const { records, gone, adoptedKey } = reconciled;
  const inherited = new Set([...snapshot.inherited, ...drift.late]);
  const given = { site, now, catalog, authority, podcastGuid, inherited, drifted: drift.paths };
  const plan = planRun({ ...given, records, gone });
  // The findings themselves are let go: for a large site they weigh as much as its records.
  const { posts, listed, findings } = reconciled.scan;
  const ofFiles = [...adopted.problems(records), ...(await coverProblems({ content, site, hints }))];
  const problems = [...scan.problems, ...ofFiles];
  const scanned = new Map([...etagsIn(findings), ...adopted.etags()]);
  return { after: { records, gone }, adoptedKey, plan, drift, problems, posts, listed, scanned };
}
