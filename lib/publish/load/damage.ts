/** Loading in spite of damage, for a rebuild or a rollback that replaces what is damaged. */
import { findPending, readAdopted } from "../../state/adopted.ts";
import type { CurrentHead } from "../../state/head.ts";
import { NewerState, StateError } from "../../state/objects.ts";
import type { Catalog } from "../../state/types.ts";
import type { LoadInput } from "./input.ts";
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
  input: Pick<LoadInput, "state" | "site" | "log">,
  head: CurrentHead,
  catalog: Catalog | undefined,
  former: readonly string[],
): Promise<Snapshot> {
  const { state, site } = input;
  const found = await withPending(state, head, catalog);
  const snapshot = snapshotOf(site, found, await readHeadExtrasAnyway(state, found), { catalog, former });
  const adopted = await unlessDamaged(readAdopted(state, snapshot.adoptedKey));
  return adopted ? snapshot : withoutAdopted(input, snapshot);
}

/** A head that was lost may have named ids of a former system, which are still there. */
async function withPending(
  state: LoadInput["state"],
  head: CurrentHead,
  catalog: Catalog | undefined,
): Promise<CurrentHead> {
  if (head.value.catalog !== undefined || head.value.adopted !== undefined) return head;
  const adopted = await findPending(state, catalog ?? {});
  return adopted === undefined ? head : { ...head, value: { ...head.value, adopted } };
}

/** The posts that wait for those ids are given others; all that was published is known. */
export function withoutAdopted({ log }: Pick<LoadInput, "log">, snapshot: Snapshot): Snapshot {
  log(
    `${snapshot.adoptedKey} cannot be read: posts that are not published yet do not get the ids in it; run adopt again`,
  );
  return { ...snapshot, adoptedKey: undefined };
}

/** Without what is damaged: every document is compared anyway, and ids can be given again. */
async function readHeadExtrasAnyway(state: LoadInput["state"], head: CurrentHead): Promise<HeadExtras> {
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
