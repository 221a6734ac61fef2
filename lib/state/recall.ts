/** What a pass knows when it begins: the state as it is, read back from the public store, or as a former pass left it. */
import { DISCOVERY } from "../formats/formats.ts";
import type { Catalog, Refusal } from "../model.ts";
import type { Store } from "../stores/store.ts";
import { readAdopted } from "./adopted.ts";
import { catalogKey, NewerState, StateError } from "./catalog.ts";
import { type CurrentHead, readCatalog, readHeadAnyway } from "./head.ts";
import { formerOf, type Known, knownFrom, type Pass, readSaid, recallState, type Said } from "./pass.ts";
import { type Kept, keptCatalogs, mergeFormer } from "./rollback.ts";
import { LostClaim } from "./turn.ts";
import { isRecovered } from "./unknown.ts";

/** Loaded on the day that it is needed. */
const recoverLedger = async (...given: Parameters<typeof import("./recover/ledger.ts").recoverLedger>) =>
  (await import("./recover/ledger.ts")).recoverLedger(...given);
const readList = async (...given: Parameters<typeof import("./recover/ours.ts").readList>) =>
  (await import("./recover/ours.ts")).readList(...given);

export interface Recalling {
  readonly rebuild: boolean;
  /** An attempt before this one has begun the rebuild. */
  readonly isBegun?: boolean;
  /** Name of a pass; empty: the one before the current. */
  readonly rollback?: string | undefined;
}

/** `again`: what to recall by, should somebody else have written meanwhile. */
export type Recalled = { readonly known: Known; readonly again: Recalling } | { readonly refused: Refusal };

/** Throws `StateError` when the state is damaged and not to be overcome, or a newer Dripfeed's. */
export async function recallKnown(pass: Pass, head: CurrentHead, recalling: Recalling): Promise<Recalled> {
  if (recalling.rollback !== undefined) return recallFormer(pass, head, recalling.rollback);
  if (recalling.rebuild) return recallLost(pass, head, recalling.isBegun === true);
  const known = await recallState(pass, head);
  return (await refuseLost(pass, known)) ?? { known, again: recalling };
}

/** Damage is told with the ways out of it; anything else is thrown as it is. */
export async function explainDamage(error: unknown, state: Store): Promise<never> {
  if (!(error instanceof StateError) || error instanceof NewerState) throw error;
  const [former] = await keptCatalogs(state).catch(() => []);
  const back = former ? `; or go back to an older ledger that is whole: dripfeed rollback --to ${former.pass}` : "";
  throw new StateError(
    `${error.message}, or read ids and dates back from the feeds: dripfeed publish --rebuild${back}`,
  );
}

/** No catalog, but documents of ours: to publish now would be to give every post that was renamed a new id. */
async function refuseLost({ force, public: store, state }: Pass, known: Known): Promise<Recalled | undefined> {
  // A first pass that did not end has left its claim, and names what it was writing.
  if (known.catalog || force || known.inherited.has(DISCOVERY.list.file)) return undefined;
  if (!(await readList(store))) return undefined;
  // Or of a pass that was quicker, and knows of them.
  if ((await readHeadAnyway(state)).etag !== known.head.etag) throw new LostClaim("another pass wrote meanwhile");
  const [former] = await keptCatalogs(state).catch(() => []);
  const back = former ? `; or go back to what it knew once: dripfeed rollback --to ${former.pass}` : "";
  return {
    refused: {
      code: "state-lost",
      message: `${store.name} holds feeds that Dripfeed published, but ${state.name} does not know of them: the ledger of ids and dates is lost`,
      mend: `bring back the state store (check --state), or read ids and dates back from the feeds: dripfeed publish --rebuild${back}`,
    },
  };
}

// ── Read back from the public store ────────────────────────────────────────────────────────────────────────────────

async function recallLost(pass: Pass, head: CurrentHead, isBegun: boolean): Promise<Recalled> {
  const again = { rebuild: true, isBegun: true };
  const there = await unlessDamaged(readCatalog(pass.state, head.head));
  const known = there && (await unlessDamaged(recallState(pass, head)));
  // What was read back was saved, here or by an attempt that stopped half way: go on with it.
  if (known && isRecovered(there)) return { known: { ...known, recalled: "feeds" }, again };
  if (known && isBegun) return { known, again };
  if (known && !(await unlessDamaged(readAdopted(pass.state, known.adopted)))) {
    // The posts that wait for those ids are given others; all that was published is known.
    return { known: { ...known, adopted: undefined }, again: { rebuild: false } };
  }
  if (known && !pass.force) return { refused: NOT_LOST };
  const recovered = await recoverLedger({ ...pass, pass: `${pass.pass}.recovered` });
  if (there && !pass.force) {
    // Only what a pass before was about to write is lost: the documents that it began are told by themselves.
    const catalog = { ...there, documents: { ...recovered?.documents, ...there.documents } };
    return { known: await knownBy(pass, head, catalog, formerOf(head, there)), again };
  }
  if (!recovered) return { refused: nothingToRebuild(pass) };
  const former = formerOf(head, there);
  const readBack = await knownBy(pass, head, { ...recovered, former }, [catalogKey(recovered.pass), ...former]);
  return { known: { ...readBack, recalled: "feeds" }, again };
}

const NOT_LOST: Refusal = {
  code: "not-lost",
  message: "the ledger of ids and dates is there, and knows more than the feeds do",
  mend: "publish without --rebuild; to read everything back from the feeds all the same, add --force",
};

const nothingToRebuild = ({ public: store }: Pass): Refusal => ({
  code: "nothing-to-rebuild",
  message: `${store.name} holds no feed that Dripfeed published, so there is nothing to read back`,
  mend: "check --public; for the first publication, publish without --rebuild",
});

// ── As a former pass left it ───────────────────────────────────────────────────────────────────────────────────────

async function recallFormer(pass: Pass, head: CurrentHead, to: string): Promise<Recalled> {
  const current = await unlessDamaged(readCatalog(pass.state, head.head));
  const kept = await keptCatalogs(pass.state, head.head, current);
  const target = to === "" ? kept[0] : kept.find((each) => each.pass === to);
  if (!target) return { refused: noSuchPass(to, kept) };
  // Nobody knows any more which documents are ours: they say it themselves.
  const published = current ?? (await recoverLedger({ ...pass, pass: pass.pass }));
  const catalog = mergeFormer(target.catalog, published, current);
  // What is left is kept as the newest of the former ones, so that a rollback can be taken back.
  const known: Known = { ...(await knownBy(pass, head, catalog, formerOf(head, current))), recalled: "former" };
  return { known, again: { rebuild: false, rollback: target.pass } };
}

function noSuchPass(to: string, kept: readonly Kept[]): Refusal {
  return {
    code: "no-former",
    message: to === "" ? "no former pass is kept" : `no former pass ${to} is kept`,
    mend: kept.length > 0 ? `name one of ${kept.map(({ pass }) => pass).join(", ")}` : "there is nothing to go back to",
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
async function knownBy(pass: Pass, head: CurrentHead, catalog: Catalog, former: readonly string[]): Promise<Known> {
  return knownFrom(pass, head, await readSaidAnyway(pass.state, head), catalog, former);
}

/** Without what nobody can read any more: every document is compared anyway, and ids can be given again. */
async function readSaidAnyway(state: Store, head: CurrentHead): Promise<Said> {
  const without = (name: "claim" | "adopted"): CurrentHead => {
    const { [name]: _, ...rest } = head.head;
    return { ...head, head: rest };
  };
  const [ofClaim, ofAdopted] = await Promise.all([
    unlessDamaged(readSaid(state, without("adopted"))),
    unlessDamaged(readSaid(state, without("claim"))),
  ]);
  return { inherited: ofClaim?.inherited ?? new Set(), pending: ofAdopted?.pending ?? new Map() };
}

/** What can be gone back to, newest first. Throws `StateError` of a newer Dripfeed's. */
export async function listKept(state: Store): Promise<readonly Kept[]> {
  const { head } = await readHeadAnyway(state);
  return keptCatalogs(state, head, await unlessDamaged(readCatalog(state, head)));
}
