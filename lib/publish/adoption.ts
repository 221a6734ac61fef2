/** Ids of a former system: whether they may still be set, and the setting of them, for `adopt` and `ids import`. */
import { encodeLedger, type Ledger, parseLedger } from "../adopt/ledger.ts";
import type { Clock } from "../base/clock.ts";
import type { Catalog, Refusal } from "../model.ts";
import { foldAdopted, knownLedger, readAdopted, writeAdopted } from "../state/adopted.ts";
import { type CurrentHead, readCatalog } from "../state/head.ts";
import type { Store } from "../stores/store.ts";
import { unlessDamaged } from "./load/damage.ts";
import { waitForHead } from "./load/head.ts";

export interface KnownIds {
  readonly head: CurrentHead;
  readonly catalog: Catalog | undefined;
  /** Of every post, published or not. */
  readonly ledger: Ledger;
}

/** Throws `StateError` when ids that wait cannot be read, unless they are `replaced` anyway. */
export async function loadIds(
  state: Store,
  head: CurrentHead,
  { log, replaced = false }: { readonly log: (line: string) => void; readonly replaced?: boolean },
): Promise<KnownIds> {
  const adopted = async (key: string | undefined) => {
    const ledger = replaced ? await unlessDamaged(readAdopted(state, key)) : await readAdopted(state, key);
    if (!ledger) log(`${key} cannot be read: ids of a former system that it alone held are lost`);
    return ledger ?? new Map();
  };
  const pending = await adopted(head.head.adopted);
  const former = await readCatalog(state, head.head);
  const catalog = former && foldAdopted(former, pending);
  const waiting = head.head.adopted === undefined ? await adopted(catalog?.adopted) : pending;
  return { head, catalog, ledger: knownLedger(catalog, waiting) };
}

const PATIENCE_MS = 90_000;
const ATTEMPTS = 8;

export interface SetIds {
  readonly dryRun: boolean;
  readonly force: boolean;
  readonly clock: Clock;
  /** Takes a line for people who wait. */
  readonly log: (line: string) => void;
  /** A fresh random name. */
  readonly run: string;
  /** What is to be, given what is. */
  readonly next: (known: KnownIds) => Ledger;
}

/** Nothing when the next run will find the ids; else why it was left. Throws `StoreError` and `StateError`. */
export async function setIds(
  state: Store,
  { dryRun, force, clock, log, run, next }: SetIds,
): Promise<Refusal | undefined> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const head = await waitForHead({ state, clock, patience: PATIENCE_MS, dryRun, log });
    if (!head) return BUSY;
    const known = await loadIds(state, head, { log, replaced: force });
    const ledger = next(known);
    const refused = refuseClash(ledger) ?? (force ? undefined : refusePublished(known, ledger));
    if (refused || dryRun) return refused;
    if (await writeAdopted(state, head, ledger, attempt === 1 ? run : `${run}.${attempt}`)) return undefined;
  }
  return BUSY;
}

const BUSY: Refusal = {
  code: "busy",
  message: "another run is writing and did not end in time",
  fix: "try again when it has ended",
};

/** What is set before the first publication changes nothing that anybody has seen. */
function refusePublished({ catalog }: KnownIds, ledger: Ledger): Refusal | undefined {
  if (!catalog) return undefined;
  const published = catalog.records.filter(({ facts }) => facts).length;
  const then = foldAdopted(catalog, ledger).records;
  const changed = then.filter(({ facts }, i) => {
    const before = catalog.records[i]?.facts;
    return JSON.stringify([facts?.id, facts?.ids]) !== JSON.stringify([before?.id, before?.ids]);
  }).length;
  return {
    code: "published",
    message: `the feeds are published already: of ${published} posts in them ${changed} would get another id, and every reader would see ${changed === 1 ? "that one" : "those"} as new`,
    fix: "if nobody reads the new feeds yet, or the former ids are worth it, say --force",
  };
}

/** Two posts with one id are one to readers. */
function refuseClash(ledger: Ledger): Refusal | undefined {
  const [error] = parseLedger(encodeLedger(ledger.values())).errors;
  return error && { code: "id-clash", message: error.message, fix: error.fix };
}
