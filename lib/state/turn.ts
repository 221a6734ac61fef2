/** A turn at writing: the claim on the head, proven by compare-and-swap, renewed while work goes on. */
import type { Catalog, Claim, Head, Instant, Outbox } from "../model.ts";
import type { Store } from "../stores/store.ts";
import { catalogKey, decodeJson, intentKey, JSON_TYPE } from "./catalog.ts";
import { type CurrentHead, putCatalog, readHead, readNamed, swapHead } from "./head.ts";

/** How long a claim holds without being renewed. */
export const LEASE_MS = 60_000;

/** Somebody else holds the head now: stop writing and begin again. */
export class LostClaim extends Error {
  override readonly name = "LostClaim";
}

export interface Clock {
  /** The time of day, by which claims expire. */
  now(): Date;
  wait(ms: number): Promise<void>;
}

export interface Turn {
  /** Renews a claim that runs out. Throws `LostClaim` when it is gone. */
  renew(): Promise<void>;
  /** The same, before each write: from now on something may be half done. */
  beforeWrite(): Promise<void>;
  /** Asks the head itself. Throws `LostClaim` when it is somebody else's. */
  confirm(): Promise<void>;
  /** Names other paths to be written, under the same claim. */
  intend(paths: readonly string[]): Promise<void>;
  /** Somebody's object is at a path that was to be written: whoever takes over must not think it ours. */
  leave(path: string): void;
  /** Makes the catalog current; with paths to be written `next` the turn goes on, without it ends. */
  commit(catalog: Catalog, outbox: Outbox, next?: readonly string[]): Promise<CurrentHead>;
  /**
   * Gives the head back, if it is still claimed. Where something may be half done the claim stays, but expires now, so
   * that the next pass takes over at once.
   */
  end(): Promise<void>;
}

/** Until when somebody else is writing; `undefined` when nobody is. */
export function busyUntil({ head }: CurrentHead, clock: Clock): Date | undefined {
  const until = head.claim && new Date(head.claim.until);
  return until && until > clock.now() ? until : undefined;
}

/** Paths that an expired claim may have left half done. */
export async function inheritedPaths(state: Store, { head }: CurrentHead): Promise<ReadonlySet<string>> {
  if (!head.claim) return new Set();
  const { intent } = head.claim;
  const body = await readNamed(state, intent);
  const { paths } = decodeJson<{ readonly paths: readonly string[] }>(intent, body, ["paths"]);
  return new Set(paths);
}

export interface TurnTaker {
  readonly state: Store;
  readonly clock: Clock;
  /** Its fresh random name. */
  readonly pass: string;
  /** Takes a line for people who wait. */
  readonly log: (line: string) => void;
}

/** Claims the head that was read, to write `paths`; `undefined` when somebody else was quicker. */
export async function takeTurn(
  { state, clock, pass, log }: TurnTaker,
  read: CurrentHead,
  paths: readonly string[],
): Promise<Turn | undefined> {
  const left = new Set<string>();
  let intended = paths;
  let intents = 0;
  let commits = 0;
  /** What the head says when the claim is given back. */
  let settled: Head = read.head;
  const first = await swapHead(state, read, { ...read.head, claim: await claimFor(paths) });
  if (!first) return undefined;
  let current = first;
  let isHalfDone = false;
  /** One renewal at a time, however many writes are under way. */
  let renewal: Promise<void> | undefined;

  async function claimFor(paths: readonly string[]): Promise<Claim> {
    intents += 1;
    const intent = intentKey(intents === 1 ? pass : `${pass}.${intents}`);
    const body = new TextEncoder().encode(
      JSON.stringify({ format: 1, pass, paths: paths.filter((path) => !left.has(path)) }),
    );
    await state.put(intent, body, { contentType: JSON_TYPE });
    return { pass, until: later(clock), intent };
  }

  async function swap(next: Head): Promise<void> {
    await renewal;
    const swapped = await swapHead(state, current, next);
    if (!swapped) throw new LostClaim("another pass took over");
    current = swapped;
  }

  /** What is left is collected once. */
  async function tidy(key: string): Promise<void> {
    await state.delete(key).catch((error: Error) => log(`${key} stays: ${error.message}`));
  }

  async function extend(): Promise<void> {
    const { head } = current;
    if (!head.claim) throw new LostClaim("the claim is gone");
    const next = await swapHead(state, current, { ...head, claim: { ...head.claim, until: later(clock) } });
    if (!next) throw new LostClaim("another pass took over");
    current = next;
  }

  async function renew(): Promise<void> {
    const remaining = Date.parse(current.head.claim?.until ?? "") - clock.now().getTime();
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
      if (head.claim?.pass !== pass) throw new LostClaim("another pass took over");
    },

    async intend(paths) {
      const former = current.head.claim?.intent;
      await swap({ ...current.head, claim: await claimFor(paths) });
      intended = paths;
      if (former !== undefined) await tidy(former);
    },

    leave(path) {
      left.add(path);
    },

    async commit(catalog, outbox, next) {
      commits += 1;
      const former = current.head;
      const key = catalogKey(commits === 1 ? pass : `${pass}.${commits}`);
      await putCatalog(state, key, catalog);
      const committed: Head = { format: 1, catalog: key, outbox };
      await swap(next ? { ...committed, claim: await claimFor(next) } : committed);
      settled = committed;
      isHalfDone = false;
      intended = next ?? [];
      if (commits > 1 && former.catalog !== undefined) await tidy(former.catalog); // half of a pass is no version
      if (next && former.claim) await tidy(former.claim.intent);
      return current;
    },

    async end() {
      const { head } = current;
      if (!head.claim) return;
      if (!isHalfDone) {
        await swapHead(state, current, settled);
        return;
      }
      const claim = left.size > 0 ? await claimFor(intended) : head.claim;
      await swapHead(state, current, { ...head, claim: { ...claim, until: LONG_AGO } });
    },
  };
}

const LONG_AGO: Instant = "1970-01-01T00:00:00Z";

const later = (clock: Clock): Instant => new Date(clock.now().getTime() + LEASE_MS).toISOString();
