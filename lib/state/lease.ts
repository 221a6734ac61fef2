/** The lease on the head: who may write, proven by compare-and-swap, renewed while work goes on. */
import type { Clock } from "../base/clock.ts";
import { present } from "../base/optional.ts";
import type { Instant } from "../model.ts";
import type { Store } from "../stores/store.ts";
import { putCatalog } from "./catalog.ts";
import { type CurrentHead, readHead, swapHead } from "./head.ts";
import { putIntent } from "./intents.ts";
import { catalogKey, intentKey } from "./objects.ts";
import type { Catalog, Head, Lease, Outbox } from "./types.ts";

/** How long a lease holds without being renewed. */
export const LEASE_MS = 60_000;

/** Another run holds the head now: stop writing and begin again. */
export class LostLease extends Error {
  override readonly name = "LostLease";
}

/** A lease that this run holds. */
export interface HeldLease {
  /** Extends a lease that runs out. Throws `LostLease` when it is gone. */
  renew(): Promise<void>;
  /** The same, before each write to the public store: from now on documents may be half written. */
  beforeWrite(): Promise<void>;
  /** Reads the head itself. Throws `LostLease` when another run holds it. */
  confirm(): Promise<void>;
  /** Names other paths to be written, under the same lease. */
  intend(paths: readonly string[]): Promise<void>;
  /** Takes a path out of the intent: another program's object is there, which a run that takes over must not replace. */
  disown(path: string): void;
  /** Makes the catalog current; with paths to be written `next` the lease goes on, without them it ends. */
  commit(catalog: Catalog, outbox: Outbox, next?: NextPaths): Promise<CurrentHead>;
  /**
   * Gives the head back, if it is still leased. Where documents may be half written the lease stays, but expires now, so
   * that the next run takes over at once.
   */
  release(): Promise<void>;
}

export interface NextPaths {
  readonly paths: readonly string[];
  /** Some of them were left half written by a run before, so that the lease must not be given back without them. */
  readonly areOwed: boolean;
}

export interface LeaseTaker {
  readonly state: Store;
  readonly clock: Clock;
  /** Name of the attempt (the name of the run, and from the second on `-2`, `-3`, …), which its lease, intents and catalogs bear. */
  readonly run: string;
  /** The process of the run, for those that come after it. */
  readonly holder?: { readonly name: string } | undefined;
  readonly log: (line: string) => void;
}

/** Leases the head that was read, to write `paths`. Throws `LostLease` when another run was quicker. */
export async function takeLease(taker: LeaseTaker, read: CurrentHead, paths: readonly string[]): Promise<HeldLease> {
  const { state, clock, run, holder, log } = taker;
  const disowned = new Set<string>();
  let intended = paths;
  let intents = 0;
  let commits = 0;
  /** What the head says when the lease is given back. */
  let settled: Head = read.value;
  let current = await swapped(read, { ...read.value, lease: await leaseFor(paths) });
  let isHalfWritten = false;
  /** One renewal at a time, however many writes are under way. */
  let renewal: Promise<void> | undefined;

  /** What the intent and the catalog of one batch are called. */
  function nameOfBatch(): string {
    return intents === 1 ? run : `${run}.${intents}`;
  }

  async function leaseFor(paths: readonly string[]): Promise<Lease> {
    intents += 1;
    const intent = intentKey(nameOfBatch());
    await putIntent(state, intent, { format: 1, run, paths: paths.filter((path) => !disowned.has(path)) });
    return { run, until: later(clock), ...present({ holder: holder?.name }), intent };
  }

  async function swapped(from: CurrentHead, to: Head): Promise<CurrentHead> {
    const next = await swapHead(state, from, to);
    if (!next) throw new LostLease("another run wrote meanwhile");
    return next;
  }

  /** A failure is only logged: what stays is removed by collection later. */
  async function remove(key: string): Promise<void> {
    await state.delete(key).catch((error: Error) => log(`${key} stays: ${error.message}`));
  }

  async function extend(): Promise<void> {
    const { value: head } = current;
    if (!head.lease) throw new LostLease("the lease is gone");
    current = await swapped(current, { ...head, lease: { ...head.lease, until: later(clock) } });
  }

  async function renew(): Promise<void> {
    const remaining = Date.parse(current.value.lease?.until ?? "") - clock.now().getTime();
    // More than a lease remains where the clock was set back: others would take it for one of a wrong clock.
    if (remaining > LEASE_MS / 2 && remaining <= LEASE_MS) return;
    renewal ??= extend().finally(() => {
      renewal = undefined;
    });
    await renewal;
  }

  return {
    renew,

    async beforeWrite() {
      isHalfWritten = true;
      await renew();
    },

    async confirm() {
      const { value: head } = await readHead(state);
      if (head.lease?.run !== run) throw new LostLease("another run took over");
    },

    async intend(paths) {
      const former = current.value.lease?.intent;
      const lease = await leaseFor(paths);
      await renewal;
      current = await swapped(current, { ...current.value, lease });
      intended = paths;
      // Before a commit the head may become what it was before the lease, and a put that arrives late names the former intent.
      if (former !== undefined && commits > 0) await remove(former);
    },

    disown(path) {
      disowned.add(path);
    },

    async commit(catalog, outbox, next) {
      commits += 1;
      const former = current.value;
      const key = catalogKey(nameOfBatch());
      await putCatalog(state, key, catalog);
      const committed: Head = { format: 1, catalog: key, outbox };
      const to = next ? { ...committed, lease: await leaseFor(next.paths) } : committed;
      await renewal;
      current = await swapped(current, to);
      settled = committed;
      isHalfWritten = next?.areOwed ?? false;
      intended = next?.paths ?? [];
      if (commits > 1 && former.catalog !== undefined) await remove(former.catalog); // half of a run is no version to go back to
      if (next && former.lease) await remove(former.lease.intent);
      return current;
    },

    async release() {
      const { value: head } = current;
      if (!head.lease) return;
      if (!isHalfWritten) {
        // The intent stays, for a put of the lease that arrives late: the head is again what it was before that.
        await swapHead(state, current, settled);
        return;
      }
      const { intent } = head.lease;
      const lease = disowned.size > 0 ? await leaseFor(intended) : head.lease;
      const given = await swapHead(state, current, { ...head, lease: { ...lease, until: LONG_AGO } });
      if (given && lease.intent !== intent) await remove(intent);
    },
  };
}

const LONG_AGO: Instant = "1970-01-01T00:00:00Z";

const later = (clock: Clock): Instant => new Date(clock.now().getTime() + LEASE_MS).toISOString();
