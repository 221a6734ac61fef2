/** View: what should be, seen at one moment. Scan, records and plan, and what a run has come to doubt on its way. */
import type { Plan, Post } from "../model.ts";
import { planRun } from "./plan/plan.ts";
import { adoptionOf } from "./reconcile/adopted.ts";
import { forgetEntries, type Reconciled, reconcileRecords } from "./reconcile/reconcile.ts";
import type { Doubts } from "./render/entries.ts";
import type { Run, Snapshot } from "./run.ts";
import { type Drift, findDrift, NO_DRIFT } from "./scan/drift.ts";
import { redate, type Scan, type Scanned, scanContent, scannedIn, withFailures } from "./scan/scan.ts";

export interface View {
  /** The keys that were looked into, to be compared once more under the lease. */
  readonly scanned: Scanned;
  /** The posts that were read, as many as there is room for. */
  readonly posts: ReadonlyMap<string, Post>;
  readonly drift: Drift;
  readonly reconciled: Reconciled;
  readonly plan: Plan;
  /** Key of the ids of a former system for which a post still waits. */
  readonly adopted: string | undefined;
}

/** Without hints the public store is looked at as well. Writes nothing. */
export async function viewContent(
  run: Run,
  known: Snapshot,
  hints: readonly string[] | undefined,
  doubts: Doubts,
): Promise<View> {
  const { content, state, site, now, log } = run;
  const { authority, podcastGuid } = known;
  const drift = hints === undefined ? await findDrift(run.public, known.catalog, now) : NO_DRIFT;
  const inherited = new Set([...known.inherited, ...drift.astray]);
  const catalog = known.catalog && forgetEntries(known.catalog, doubts.forgotten);
  const again = new Set([...doubts.moved, ...doubts.failed.keys()]);
  const adoption = adoptionOf(state, known.adopted);
  const look = (hints?: readonly string[]) => scanContent({ content, site, catalog, now, hints, again, log });
  const hinted = await look(hints);
  // The other trigger of a rename is still to come.
  const beside = hints ? await adoption.beside(hinted.findings, catalog) : [];
  const first = hints && beside.length > 0 ? await look([...hints, ...beside]) : hinted;
  const reconcile = async (scan: Scan) => {
    // A post that cannot be rendered is a problem like any other.
    const findings = withFailures(scan.findings, doubts.failed);
    return reconcileRecords({
      ...{ catalog, findings, authority, now, isCalm: known.loaded === "former" },
      adopted: await adoption.forNew(findings, catalog),
    });
  };
  const { misdated, ...found } = await reconcile(first);
  const scan = misdated.size === 0 ? first : await redate({ content, site, log }, first, misdated);
  const reconciled: Reconciled = scan === first ? found : await reconcile(scan);
  const plan = planRun({
    ...{ ...reconciled, site, now, catalog, authority, podcastGuid, inherited },
    drifted: drift.paths,
  });
  const adopted = adoption.waiting(reconciled.records);
  // Findings as such are let go: of a large site they weigh as much as its records.
  return { scanned: scannedIn(scan), posts: scan.posts, drift, reconciled, plan, adopted };
}
