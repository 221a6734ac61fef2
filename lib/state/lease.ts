/** A turn at writing: the lease on the head, proven by compare-and-swap, renewed while work goes on. */
import type { Clock } from "../base/clock.ts";
import type { Catalog, Head, Instant, Lease, Outbox } from "../model.ts";
import type { Store } from "../stores/store.ts";
import { catalogKey, decodeJson, intentKey, JSON_TYPE } from "./catalog.ts";
import { type CurrentHead, putCatalog, readHead, readNamed, swapHead } from "./head.ts";

/** How long a lease holds without being renewed. */
export const LEASE_MS = 60_000;

/** Somebody else holds the head now: stop writing and begin again. */
export class LostLease extends Error {
  override readonly name = "LostLease";
}

export interface HeldLease {
  /** Renews a lease that runs out. Throws `LostLease` when it is gone. */
  renew(): Promise<void>;
  /** The same, before each write: from now on something may be half done. */
  beforeWrite(): Promise<void>;
  /** Asks the head itself. Throws `LostLease` when it is somebody else's. */
  confirm(): Promise<void>;
  /** Names other paths to be written, under the same lease. */
  intend(paths: readonly string[]): Promise<void>;
  /** Somebody's object is at a path that was to be written: whoever takes over must not think it ours. */
  leave(path: string): void;
  /** Makes the catalog current; with paths to be written `next` the turn goes on, without it ends. */
  commit(catalog: Catalog, outbox: Outbox, next?: readonly string[]): Promise<CurrentHead>;
  /**
   * Gives the head back, if it is still leased. Where something may be half done the lease stays, but expires now, so
   * that the next run takes over at once.
   */
  end(): Promise<void>;
}

/** Until when somebody else is writing; `undefined` when nobody is. */
export function busyUntil({ head }: CurrentHead, clock: Clock): Date | undefined {
  const until = head.lease && new Date(head.lease.until);
  return until && until > clock.now() ? until : undefined;
}

/** Paths that an expired lease may have left half done. */
export async function inheritedPaths(state: Store, { head }: CurrentHead): Promise<ReadonlySet<string>> {
  if (!head.lease) return new Set();
  const { intent } = head.lease;
  const body = await readNamed(state, intent);
  const { paths } = decodeJson<{ readonly paths: readonly string[] }>(intent, body, ["paths"]);
  return new Set(paths);
}

export interface LeaseTaker {
  readonly state: Store;
  readonly clock: Clock;
  /** Its fresh random name. */
  readonly run: string;
  /** Takes a line for people who wait. */
  readonly log: (line: string) => void;
}

/** Claims the head that was read, to write `paths`; `undefined` when somebody else was quicker. */
export async function takeLease(
  { state, clock, run, log }: LeaseTaker,
  read: CurrentHead,
  paths: readonly string[],
): Promise<HeldLease | undefined> {
  const left = new Set<string>();
  let intended = paths;
  let intents = 0;
  let commits = 0;
  /** What the head says when the lease is given back. */
  let settled: Head = read.head;
  const first = await swapHead(state, read, { ...read.head, lease: await leaseFor(paths) });
  if (!first) return undefined;
  let current = first;
  let isHalfDone = false;
  /** One renewal at a time, however many writes are under way. */
  let renewal: Promise<void> | undefined;

  async function leaseFor(paths: readonly string[]): Promise<Lease> {
    intents += 1;
    const intent = intentKey(intents === 1 ? run : `${run}.${intents}`);
    const body = new TextEncoder().encode(
      JSON.stringify({ format: 1, run, paths: paths.filter((path) => !left.has(path)) }),
    );
    await state.put(intent, body, { contentType: JSON_TYPE });
    return { run, until: later(clock), intent };
  }

  async function swap(next: Head): Promise<void> {
    await renewal;
    const swapped = await swapHead(state, current, next);
    if (!swapped) throw new LostLease("another run took over");
    current = swapped;
  }

  /** What is left is collected once. */
  async function tidy(key: string): Promise<void> {
    await state.delete(key).catch((error: Error) => log(`${key} stays: ${error.message}`));
  }

  async function extend(): Promise<void> {
    const { head } = current;
    if (!head.lease) throw new LostLease("the lease is gone");
    const next = await swapHead(state, current, { ...head, lease: { ...head.lease, until: later(clock) } });
    if (!next) throw new LostLease("another run took over");
    current = next;
  }

  async function renew(): Promise<void> {
    const remaining = Date.parse(current.head.lease?.until ?? "") - clock.now().getTime();
    if (remaining > LEASE_MS / 2) return;
    renewal ??= extend().finally(() => {
      renewal = undefined;
    });
    await renewal;
  }

  return {
    renew,

    async beforeWrite() {
      isHalfDone = true;
      await renew();
    },

    async confirm() {
      const { head } = await readHead(state);
      if (head.lease?.run !== run) throw new LostLease("another run took over");
    },

    async intend(paths) {
      const former = current.head.lease?.intent;
      await swap({ ...current.head, lease: await leaseFor(paths) });
      intended = paths;
      if (former !== undefined) await tidy(former);
    },

    leave(path) {
      left.add(path);
    },

    async commit(catalog, outbox, next) {
      commits += 1;
      const former = current.head;
      const key = catalogKey(commits === 1 ? run : `${run}.${commits}`);
      await putCatalog(state, key, catalog);
      const committed: Head = { format: 1, catalog: key, outbox };
      await swap(next ? { ...committed, lease: await leaseFor(next) } : committed);
      settled = committed;
      isHalfDone = false;
      intended = next ?? [];
      if (commits > 1 && former.catalog !== undefined) await tidy(former.catalog); // half of a run is no version
      if (next && former.lease) await tidy(former.lease.intent);
      return current;
    },

    async end() {
      const { head } = current;
      if (!head.lease) return;
      if (!isHalfDone) {
        await swapHead(state, current, settled);
        return;
      }
      const lease = left.size > 0 ? await leaseFor(intended) : head.lease;
      await swapHead(state, current, { ...head, lease: { ...lease, until: LONG_AGO } });
    },
  };
}

const LONG_AGO: Instant = "1970-01-01T00:00:00Z";

const later = (clock: Clock): Instant => new Date(clock.now().getTime() + LEASE_MS).toISOString();
