/** Guard: refuses what looks like an accident, before anything is written. A refusal is a result. */
import type { Instant, Refusal } from "../../model.ts";
import type { Site } from "../../site/types.ts";
import { type CurrentHead, readHead } from "../../state/head.ts";
import { type HeldLease, LostLease } from "../../state/lease.ts";
import type { Catalog } from "../../state/types.ts";
import type { Store } from "../../stores/store.ts";
import type { Batches } from "../plan/batches.ts";
import type { Reconciled } from "../reconcile/reconcile.ts";
import type { RenderWanted } from "../render/render.ts";
import type { Plan } from "../types.ts";
import { refuseAmounts } from "./amounts.ts";
import { type ExistingObjects, findExisting, findIdentical, refuseForeign } from "./existing.ts";
import { joined, refusalsOf } from "./refusals.ts";
import { estimateSizes, type SizedDocument, unsureOf } from "./sizes.ts";

export interface GuardInput {
  readonly public: Store;
  readonly state: Store;
  readonly site: Site;
  readonly now: Instant;
  readonly dryRun: boolean;
  readonly force: boolean;
  readonly head: CurrentHead;
  /** If it is held already. */
  readonly lease: HeldLease | undefined;
  /** What is published. */
  readonly catalog: Catalog | undefined;
  /** The records that would be. */
  readonly after: Reconciled;
  readonly plan: Plan;
  readonly batches: Batches;
  /** Paths of documents that were altered since they were published. */
  readonly drifted: ReadonlySet<string>;
  readonly renderWanted: RenderWanted;
}

export interface Guarded {
  readonly existing: ExistingObjects;
  readonly refused?: Refusal | undefined;
  /** What would be refused without `force`. */
  readonly forced?: Refusal | undefined;
}

/** Throws `LostLease` when what looks foreign may be what another run has just written. */
export async function guardPlan(input: GuardInput): Promise<Guarded> {
  const { force, dryRun, site, now, catalog, after } = input;
  const found = await findExisting(input);
  // Only for a dry run, since rendering every document twice takes its time; a run that writes sees it then.
  const compared = dryRun ? await findIdentical(input) : [];
  if (found.foreign.length > 0 && !force) await confirmAlone(input);
  const foreign = refuseForeign(found.foreign, catalog, input.public.name);
  const sizes = await sizesOf(input);
  const accidents = refusalsOf({ before: catalog, after, sizes, site, now });
  const amounts = refuseAmounts({ catalog, records: after.records, plan: input.plan, sizes, site });
  const refusal = joined([...accidents, ...amounts, ...(foreign ? [foreign] : [])]);
  const existing = { ...found, identical: [...found.identical, ...compared] };
  return { existing, ...(force ? { forced: refusal } : { refused: refusal }) };
}

/** What looks foreign may be what another run has just written. */
async function confirmAlone({ state, head, lease }: GuardInput): Promise<void> {
  if (lease) await lease.confirm();
  else if ((await readHead(state)).etag !== head.etag) throw new LostLease("another run wrote meanwhile");
}

/** Exact where it matters and the entries are in memory, which are those of the first batch; else estimated. */
async function sizesOf({ plan, batches, site, renderWanted }: GuardInput): Promise<readonly SizedDocument[]> {
  const estimates = estimateSizes(plan.put, site);
  const unsure = new Set(unsureOf(estimates, site));
  if (unsure.size === 0) return estimates;
  const first = new Set(batches[0].put.map(({ document }) => document.path));
  const exact = new Map<string, number>();
  for await (const [path, body] of renderWanted(({ document: { path } }) => first.has(path) && unsure.has(path))) {
    exact.set(path, body.length);
  }
  return estimates.map((document) => {
    const bytes = exact.get(document.path);
    return bytes === undefined ? document : { ...document, bytes, isExact: true };
  });
}
