/** Ids of a former system, for `adopt` and `ids import`: sets them, unless that changes ids that readers know. */

import { readIdsFile, renewIdsFile } from "../adopt/idsfile.ts";
import { encodeLedger, haveSameIds, type Ledger, mergeLedgers, parseLedger } from "../adopt/ledger.ts";
import type { Clock } from "../base/clock.ts";
import type { Problem, Refusal } from "../model.ts";
import { foldAdopted, knownLedger, readAdopted, writeAdopted } from "../state/adopted.ts";
import type { Holder } from "../state/busy.ts";
import { readCatalog } from "../state/catalog.ts";
import { type CurrentHead, readHead } from "../state/head.ts";
import type { Catalog } from "../state/types.ts";
import type { Store } from "../stores/store.ts";
import { unlessDamaged } from "./load/damage.ts";
import { explainDamage } from "./load/load.ts";
import { waitForHead } from "./load/waitforhead.ts";
import { BUSY } from "./refusals.ts";

export interface KnownIds {
  readonly head: CurrentHead;
  readonly catalog: Catalog | undefined;
  /** The ids of every post, published or not. */
  readonly ledger: Ledger;
}

/** Throws `StateError` if adopted ids that no run has used yet cannot be read, unless they are `replaced` anyway. */
export async function loadIds(
  state: Store,
  head: CurrentHead,
  { log, replaced = false }: { readonly log: (line: string) => void; readonly replaced?: boolean },
): Promise<KnownIds> {
  const adopted = async (key: string | undefined) => {
    const ledger = replaced ? await unlessDamaged(readAdopted(state, key)) : await readAdopted(state, key);
    if (!ledger)
      log(
        `${key} cannot be read: ids of a former system that only it contained are lost; run adopt again with every former feed`,
      );
    return ledger ?? new Map();
  };
  const pending = await adopted(head.value.adopted);
  const former = await readCatalog(state, head.value);
  const catalog = former && foldAdopted(former, pending);
  const unused = head.value.adopted === undefined ? await adopted(catalog?.adopted) : pending;
  return { head, catalog, ledger: knownLedger(catalog, unused) };
}

const PATIENCE_MS = 90_000;
const ATTEMPTS = 8;

export interface SetIds {
  readonly dryRun: boolean;
  readonly force: boolean;
  readonly clock: Clock;
  readonly holder?: Holder | undefined;
  /** Prints a line of progress. */
  readonly log: (line: string) => void;
  /** The id of this run, random. */
  readonly run: string;
  /** The ids to set, given the present ones. */
  readonly next: (known: KnownIds) => Ledger;
  /** Those of posts that wait are kept elsewhere. */
  readonly ofKnownAlone?: boolean;
}

/** What `adopt` came to. */
export interface Adoption {
  readonly refused?: Refusal | undefined;
  /** Errors of `ids.jsonl`, which stays as it is. */
  readonly problems: readonly Problem[];
}

/**
 * Adds the ids to `ids.jsonl` in the content. Before the first publication that is enough; after it the records, which count
 * before the file, are given them too.
 */
export async function adoptIds(
  { content, state }: { readonly content: Store; readonly state: Store },
  ledger: Ledger,
  input: Omit<SetIds, "next">,
): Promise<Adoption> {
  const { posts, errors } = await readIdsFile(content);
  if (errors.length > 0) return { problems: errors };
  const refused =
    refuseClash(mergeLedgers(posts, ledger)) ??
    ((await hasIds(state))
      ? await setIds(state, { ...input, ofKnownAlone: true, next: (known) => mergeLedgers(known.ledger, ledger) })
      : undefined);
  if (refused || input.dryRun) return { refused, problems: [] };
  return { problems: await renewIdsFile(content, (now) => mergeLedgers(now, ledger)) };
}

async function hasIds(state: Store): Promise<boolean> {
  const { value } = await readHead(state).catch((error) => explainDamage(error, state));
  return value.catalog !== undefined || value.adopted !== undefined;
}

/** Nothing when the ids are set and the next run uses them; else the refusal. Throws `StoreError` and `StateError`. */
export const setIds = (state: Store, input: SetIds): Promise<Refusal | undefined> =>
  trySetIds(state, input).catch((error) => explainDamage(error, state));

async function trySetIds(
  state: Store,
  { dryRun, force, clock, holder, log, run, next, ofKnownAlone = false }: SetIds,
): Promise<Refusal | undefined> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const head = await waitForHead({ state, clock, holder, patience: PATIENCE_MS, dryRun, log });
    if (!head) return BUSY;
    const known = await loadIds(state, head, { log, replaced: force });
    const ledger = next(known);
    const refused = refuseClash(ledger) ?? (force ? undefined : refusePublished(known, ledger));
    if (refused || dryRun || (ofKnownAlone && !changesAny(known.ledger, ledger))) return refused;
    if (head.etag === undefined) await state.probe?.();
    if (await writeAdopted(state, head, ledger, attempt === 1 ? run : `${run}.${attempt}`)) return undefined;
  }
  return BUSY;
}

const changesAny = (known: Ledger, next: Ledger): boolean =>
  [...known].some(([key, post]) => !haveSameIds(post, next.get(key)));

/** Before the first publication no reader knows any id, so every change is allowed. */
function refusePublished({ catalog }: KnownIds, ledger: Ledger): Refusal | undefined {
  if (!catalog) return undefined;
  const published = catalog.records.filter(({ facts }) => facts).length;
  const count = `${published} ${published === 1 ? "post" : "posts"}`;
  const after = foldAdopted(catalog, ledger).records;
  const changed = after.filter(({ facts }, i) => !haveSameIds(facts, catalog.records[i]?.facts)).length;
  if (changed === 0) return undefined;
  return {
    code: "published",
    message: `the feeds are published already: ${changed} of their ${count} would get another id, and every reader would see ${changed === 1 ? "it" : "them"} as new`,
    fix: "add --force if nobody reads the new feeds yet, or if the former ids matter more",
  };
}

/** Readers take two posts with one id for one. */
function refuseClash(ledger: Ledger): Refusal | undefined {
  const [error] = parseLedger(encodeLedger(ledger.values())).errors;
  return error && { code: "id-clash", message: error.message, fix: error.fix };
}
