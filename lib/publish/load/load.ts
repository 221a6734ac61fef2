/** What a run knows when it begins: the state as it is, read back from the public store, or as a former run left it. */
import { DISCOVERY } from "../../formats/files.ts";
import type { Catalog, Refusal } from "../../model.ts";
import { readAdopted } from "../../state/adopted.ts";
import { catalogKey, NewerState, StateError } from "../../state/catalog.ts";
import { type CurrentHead, readCatalog, readHeadAnyway } from "../../state/head.ts";
import { LostLease } from "../../state/lease.ts";
import { isRecovered } from "../../state/unknown.ts";
import type { Store } from "../../stores/store.ts";
import { formerOf, knownFrom, loadCurrent, type Run, readSaid, type Said, type Snapshot } from "../run.ts";
import { type Kept, keptCatalogs, mergeFormer } from "./rollback.ts";

/** Loaded on the day that it is needed. */
const recoverLedger = async (...given: Parameters<typeof import("../../recover/ledger.ts").recoverLedger>) =>
  (await import("../../recover/ledger.ts")).recoverLedger(...given);
const readList = async (...given: Parameters<typeof import("../../recover/ours.ts").readList>) =>
  (await import("../../recover/ours.ts")).readList(...given);

export interface LoadHow {
  readonly rebuild: boolean;
  /** An attempt before this one has begun the rebuild. */
  readonly isBegun?: boolean;
  /** Name of a run; empty: the one before the current. */
  readonly rollback?: string | undefined;
}

/** `again`: what to load by, should somebody else have written meanwhile. */
export type Loaded = { readonly known: Snapshot; readonly again: LoadHow } | { readonly refused: Refusal };

/** Throws `StateError` when the state is damaged and not to be overcome, or a newer Dripfeed's. */
export async function loadSnapshot(run: Run, head: CurrentHead, how: LoadHow): Promise<Loaded> {
  if (how.rollback !== undefined) return loadFormer(run, head, how.rollback);
  if (how.rebuild) return loadLost(run, head, how.isBegun === true);
  const known = await loadCurrent(run, head);
  return (await refuseLost(run, known)) ?? { known, again: how };
}

/** Damage is told with the ways out of it; anything else is thrown as it is. */
export async function explainDamage(error: unknown, state: Store): Promise<never> {
  if (!(error instanceof StateError) || error instanceof NewerState) throw error;
  const [former] = await keptCatalogs(state).catch(() => []);
  const back = former ? `; or go back to an older ledger that is whole: dripfeed rollback --to ${former.run}` : "";
  throw new StateError(
    `${error.message}, or read ids and dates back from the feeds: dripfeed publish --rebuild${back}`,
  );
}

/** No catalog, but documents of ours: to publish now would be to give every post that was renamed a new id. */
async function refuseLost({ force, public: store, state }: Run, known: Snapshot): Promise<Loaded | undefined> {
  // A first run that did not end has left its lease, and names what it was writing.
  if (known.catalog || force || known.inherited.has(DISCOVERY.list.file)) return undefined;
  if (!(await readList(store))) return undefined;
  // Or of a run that was quicker, and knows of them.
  if ((await readHeadAnyway(state)).etag !== known.head.etag) throw new LostLease("another run wrote meanwhile");
  const [former] = await keptCatalogs(state).catch(() => []);
  const back = former ? `; or go back to what it knew once: dripfeed rollback --to ${former.run}` : "";
  return {
    refused: {
      code: "state-lost",
      message: `${store.name} holds feeds that Dripfeed published, but ${state.name} does not know of them: the ledger of ids and dates is lost`,
      fix: `bring back the state store (check --state), or read ids and dates back from the feeds: dripfeed publish --rebuild${back}`,
    },
  };
}

// ── Read back from the public store ────────────────────────────────────────────────────────────────────────────────

async function loadLost(run: Run, head: CurrentHead, isBegun: boolean): Promise<Loaded> {
  const again = { rebuild: true, isBegun: true };
  const there = await unlessDamaged(readCatalog(run.state, head.head));
  const known = there && (await unlessDamaged(loadCurrent(run, head)));
  // What was read back was saved, here or by an attempt that stopped half way: go on with it.
  if (known && isRecovered(there)) return { known: { ...known, loaded: "feeds" }, again };
  if (known && isBegun) return { known, again };
  if (known && !(await unlessDamaged(readAdopted(run.state, known.adopted)))) {
    // The posts that wait for those ids are given others; all that was published is known.
    return { known: { ...known, adopted: undefined }, again: { rebuild: false } };
  }
  if (known && !run.force) return { refused: NOT_LOST };
  const recovered = await recoverLedger({ ...run, run: `${run.run}.recovered` });
  if (there && !run.force) {
    // Only what a run before was about to write is lost: the documents that it began are told by themselves.
    const catalog = { ...there, documents: { ...recovered?.documents, ...there.documents } };
    return { known: await knownBy(run, head, catalog, formerOf(head, there)), again };
  }
  if (!recovered) return { refused: nothingToRebuild(run) };
  const former = formerOf(head, there);
  const readBack = await knownBy(run, head, { ...recovered, former }, [catalogKey(recovered.run), ...former]);
  return { known: { ...readBack, loaded: "feeds" }, again };
}

const NOT_LOST: Refusal = {
  code: "not-lost",
  message: "the ledger of ids and dates is there, and knows more than the feeds do",
  fix: "publish without --rebuild; to read everything back from the feeds all the same, add --force",
};

const nothingToRebuild = ({ public: store }: Run): Refusal => ({
  code: "nothing-to-rebuild",
  message: `${store.name} holds no feed that Dripfeed published, so there is nothing to read back`,
  fix: "check --public; for the first publication, publish without --rebuild",
});

// ── As a former run left it ───────────────────────────────────────────────────────────────────────────────────────

async function loadFormer(run: Run, head: CurrentHead, to: string): Promise<Loaded> {
  const current = await unlessDamaged(readCatalog(run.state, head.head));
  const kept = await keptCatalogs(run.state, head.head, current);
  const target = to === "" ? kept[0] : kept.find((each) => each.run === to);
  if (!target) return { refused: noSuchRun(to, kept) };
  // Nobody knows any more which documents are ours: they say it themselves.
  const published = current ?? (await recoverLedger({ ...run, run: run.run }));
  const catalog = mergeFormer(target.catalog, published, current);
  // What is left is kept as the newest of the former ones, so that a rollback can be taken back.
  const known: Snapshot = { ...(await knownBy(run, head, catalog, formerOf(head, current))), loaded: "former" };
  return { known, again: { rebuild: false, rollback: target.run } };
}

function noSuchRun(to: string, kept: readonly Kept[]): Refusal {
  return {
    code: "no-former",
    message: to === "" ? "no former run is kept" : `no former run ${to} is kept`,
    fix: kept.length > 0 ? `name one of ${kept.map(({ run }) => run).join(", ")}` : "there is nothing to go back to",
  };
}

// ── Both ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Nothing where it is damaged. */
export async function unlessDamaged<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof StateError) || error instanceof NewerState) throw error;
    return undefined;
  }
}

/** As if the head named `catalog`. */
async function knownBy(run: Run, head: CurrentHead, catalog: Catalog, former: readonly string[]): Promise<Snapshot> {
  return knownFrom(run, head, await readSaidAnyway(run.state, head), catalog, former);
}

/** Without what nobody can read any more: every document is compared anyway, and ids can be given again. */
async function readSaidAnyway(state: Store, head: CurrentHead): Promise<Said> {
  const without = (name: "lease" | "adopted"): CurrentHead => {
    const { [name]: _, ...rest } = head.head;
    return { ...head, head: rest };
  };
  const [ofLease, ofAdopted] = await Promise.all([
    unlessDamaged(readSaid(state, without("adopted"))),
    unlessDamaged(readSaid(state, without("lease"))),
  ]);
  return { inherited: ofLease?.inherited ?? new Set(), pending: ofAdopted?.pending ?? new Map() };
}

/** What can be gone back to, newest first. Throws `StateError` of a newer Dripfeed's. */
export async function listKept(state: Store): Promise<readonly Kept[]> {
  const { head } = await readHeadAnyway(state);
  return keptCatalogs(state, head, await unlessDamaged(readCatalog(state, head)));
}
