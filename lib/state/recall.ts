/** What a pass knows when it begins: the state as it is, read back from the public store, or as a former pass left it. */
import { DISCOVERY } from "../formats/formats.ts";
import type { Catalog, Head, Refusal } from "../model.ts";
import type { Store } from "../stores/store.ts";
import { catalogKey, NewerState, StateError } from "./catalog.ts";
import { type CurrentHead, readCatalog, readHeadAnyway } from "./head.ts";
import { mintPodcastGuid } from "./ids.ts";
import { type Known, type Pass, podcastFeed, recallState } from "./pass.ts";
import { recoverLedger } from "./recover/ledger.ts";
import { readList } from "./recover/ours.ts";
import { type Kept, keptCatalogs, mergeFormer } from "./rollback.ts";
import { LostClaim } from "./turn.ts";
import { isRecovered } from "./unknown.ts";

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
  const known = await recallState(pass, head).catch((error: unknown) => explainDamage(error, pass.state));
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
async function unlessDamaged<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof StateError) || error instanceof NewerState) throw error;
    return undefined;
  }
}

/** Keys of what is kept beside a catalog that comes after the one that the head names, if that can be read. */
const formerOf = ({ head }: CurrentHead, current: Catalog | undefined): readonly string[] =>
  current && head.catalog !== undefined ? [head.catalog, ...current.former] : [];

/** As if the head named `catalog`. */
async function knownBy(pass: Pass, head: CurrentHead, catalog: Catalog, former: readonly string[]): Promise<Known> {
  const { catalog: _, claim: __, ...rest } = head.head;
  const without = (claimed: Partial<Head>): CurrentHead => ({ ...head, head: { ...rest, ...claimed } });
  const { claim } = head.head;
  // What an expired claim names may be half done; where nobody can read that any more, every document is compared anyway.
  const base =
    (await unlessDamaged(recallState(pass, without(claim ? { claim } : {})))) ?? (await recallState(pass, without({})));
  const { authority, since, podcast } = catalog;
  return {
    ...{ ...base, head, catalog, former, authority: { authority, since } },
    podcastGuid: pass.site.podcast?.guid ?? podcast ?? mintPodcastGuid(podcastFeed(pass.site)),
  };
}

/** What can be gone back to, newest first. Throws `StateError` of a newer Dripfeed's. */
export async function listKept(state: Store): Promise<readonly Kept[]> {
  const { head } = await readHeadAnyway(state);
  return keptCatalogs(state, head, await unlessDamaged(readCatalog(state, head)));
}
