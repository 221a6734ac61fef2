/** From the content to what should be published: scan, reconcile and plan, seen at one moment. */
import { finderOf } from "../base/finder.ts";
import type { EntryPlace, Post, PostRecord, Problem } from "../model.ts";
import { withRecords } from "../state/records.ts";
import type { Catalog } from "../state/types.ts";
import type { Snapshot } from "./load/snapshot.ts";
import { planRun } from "./plan/plan.ts";
import { type AdoptedIds, adoptedIds } from "./reconcile/adopted.ts";
import { reconcilePosts, withoutEntries } from "./reconcile/posts.ts";
import type { Reconciled } from "./reconcile/reconcile.ts";
import type { RoundStart } from "./retry.ts";
import type { Attempt } from "./run.ts";
import { coverProblems } from "./scan/cover.ts";
import { type Drift, findDrift, NO_DRIFT } from "./scan/drift.ts";
import type { Findings, Scan } from "./scan/findings.ts";
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
export async function scanAndPlan(attempt: Attempt, snapshot: Snapshot, start: RoundStart): Promise<RoundPlan> {
  const { content, public: store, state, site, now, warmCache } = attempt;
  const { hints, corrections } = start;
  const { authority, podcastGuid } = snapshot;
  const catalog = snapshot.catalog && withoutEntries(snapshot.catalog, corrections.lostEntries);
  const adopted = adoptedIds({ content, state, key: snapshot.adoptedKey, warmCache });

  const drift = hints ? NO_DRIFT : await findDrift(store, snapshot.catalog, now);
  const { records, gone, ...found } = await scanAndReconcile(attempt, snapshot, start, { catalog, adopted });
  const inherited = new Set([...snapshot.inherited, ...drift.late]);
  const given = { site, now, catalog, authority, podcastGuid, inherited, drifted: drift.paths };
  const plan = planRun({ ...given, records, gone });
  const ofFiles = [...adopted.problems(records), ...(await coverProblems({ content, site, hints }))];
  const problems = [...found.problems, ...ofFiles];
  const scanned = new Map([...found.etags, ...adopted.etags()]);
  const { adoptedKey, posts, listed } = found;
  return { after: { records, gone }, adoptedKey, plan, drift, problems, posts, listed, scanned };
}

/** Says where entries lie that were rendered beside this run. */
function withPlaces(records: readonly PostRecord[], places: ReadonlyMap<string, EntryPlace>): readonly PostRecord[] {
  const placed = findRendered(records, places.keys()).flatMap((record): PostRecord | readonly [] => {
    const place = record.state === "public" && !record.rendered && places.get(record.facts?.inputHash ?? "");
    return place ? { ...record, rendered: place } : [];
  });
  return placed.length === 0 ? records : withRecords(records, placed);
}

const findRendered = finderOf<PostRecord>(({ facts }) => [facts?.inputHash]);

interface ReconciledScan extends Reconciled, Pick<Scan, "posts" | "listed" | "problems"> {
  readonly adoptedKey: string | undefined;
  readonly etags: ScannedEtags;
}

/** Lets go of the findings themselves, which for a large site weigh as much as its records, before anything is planned. */
async function scanAndReconcile(
  { content, site, slow, reading, helper, now, progress, log }: Attempt,
  { authority, origin }: Snapshot,
  { hints, corrections }: RoundStart,
  { catalog, adopted }: { readonly catalog: Catalog | undefined; readonly adopted: AdoptedIds },
): Promise<ReconciledScan> {
  const keysOfRenamed = (findings: Findings) => adopted.keysOfRenamed(findings, catalog);
  const scanning = {
    content,
    site,
    catalog,
    now,
    hints,
    corrections,
    keysOfRenamed,
    slow,
    reading,
    helper,
    progress,
    log,
  };
  const scan = await scanContent(scanning);
  const known = { catalog, authority, now, keepsUpdated: origin === "former" };
  const reconciled = await reconcilePosts({ ...known, content, site, slow, reading, log, scan, adopted });
  const { gone, adoptedKey } = reconciled;
  const records = withPlaces(reconciled.records, reading.places);
  const { posts, listed, findings } = reconciled.scan;
  return { records, gone, adoptedKey, posts, listed, problems: scan.problems, etags: etagsIn(findings) };
}
