/** Loading in spite of damage, for a rebuild or a rollback that replaces what is damaged. */
import type { Site } from "../../site/types.ts";
import type { CurrentHead } from "../../state/head.ts";
import { NewerState, StateError } from "../../state/objects.ts";
import type { Catalog } from "../../state/types.ts";
import type { Store } from "../../stores/store.ts";
import { type HeadExtras, readHeadExtras, type Snapshot, snapshotOf } from "./snapshot.ts";

/** Nothing where the object is damaged or gone; throws when a newer Dripfeed wrote it. */
export async function unlessDamaged<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof StateError) || error instanceof NewerState) throw error;
    return undefined;
  }
}

/** The snapshot as if the head named `catalog`. */
export async function snapshotDespiteDamage(
  { state, site }: { readonly state: Store; readonly site: Site },
  head: CurrentHead,
  catalog: Catalog,
  former: readonly string[],
): Promise<Snapshot> {
  return snapshotOf(site, head, await readHeadExtrasAnyway(state, head), { catalog, former });
}

/** Without what is damaged: every document is compared anyway, and ids can be given again. */
async function readHeadExtrasAnyway(state: Store, head: CurrentHead): Promise<HeadExtras> {
  const without = (name: "lease" | "adopted"): CurrentHead => {
    const { [name]: _, ...rest } = head.value;
    return { ...head, value: rest };
  };
  const [ofLease, ofAdopted] = await Promise.all([
    unlessDamaged(readHeadExtras(state, without("adopted"))),
    unlessDamaged(readHeadExtras(state, without("lease"))),
  ]);
  return { inherited: ofLease?.inherited ?? new Set(), pending: ofAdopted?.pending ?? new Map() };
}
